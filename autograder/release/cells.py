"""What each cell of a release is for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from autograder.records import Cell, CellKind, Check
from autograder.release.errors import ReleaseError

Checks = Mapping[str, tuple[Check, ...]]


def release_cells(
    instructor: Sequence[Mapping[str, Any]], student: Sequence[Mapping[str, Any]], checks: Checks
) -> tuple[Cell, ...]:
    """Pair each cell with its student version, and each test cell with its checks and the exercise that it marks."""
    cells: list[Cell] = []
    exercise = ""
    for full, given in zip(instructor, student, strict=True):
        cell = _cell(full, given, exercise, checks)
        exercise = cell.id if cell.kind == "answer" else exercise
        cells.append(cell)
    unused = set(checks) - {cell.id for cell in cells if cell.kind == "test"}
    if unused:
        raise ReleaseError(f"CHECKS names cells that are no grade cells: {', '.join(sorted(unused))}.")
    return tuple(cells)


def _cell(full: Mapping[str, Any], given: Mapping[str, Any], exercise: str, checks: Checks) -> Cell:
    marks = full["metadata"].get("nbgrader", {})
    kind = cell_kind(full)
    name = marks.get("grade_id", "") if marks else ""
    cell = Cell(name, kind, full["source"], given["source"], float(marks.get("points", 0) or 0))
    if kind != "test":
        return cell
    return Cell(name, kind, cell.source, cell.student_source, cell.points, exercise or name, _cell_checks(cell, checks))


def cell_kind(cell: Mapping[str, Any]) -> CellKind:
    """Say what a cell is for, by its type, its tags and nbgrader's metadata."""
    marks = cell["metadata"].get("nbgrader", {})
    grade, solution = marks.get("grade", False), marks.get("solution", False)
    if marks.get("task", False):
        return "task"
    if grade and solution:
        return "manual"
    if cell["cell_type"] != "code":
        return "text"
    if solution or grade:
        return "answer" if solution else "test"
    if marks.get("locked", False):
        return "demonstration" if "demonstration" in cell["metadata"].get("tags", ()) else "given"
    return "free"


def _cell_checks(cell: Cell, checks: Checks) -> tuple[Check, ...]:
    found = checks.get(cell.id)
    if found is None:
        return (Check(cell.id, _title(cell), cell.points),)
    total = sum(check.max_points for check in found)
    if abs(total - cell.points) > 1e-9:
        raise ReleaseError(f"The checks of {cell.id!r} are worth {total:g} points, the cell {cell.points:g}.")
    return found


def _title(cell: Cell) -> str:
    """Give the first comment or docstring line that a student sees in the cell, or else its name."""
    for line in cell.student_source.splitlines():
        text = line.strip().removeprefix("#").strip("#\"' ")
        if text and line.strip()[0] in "#\"'":
            return text
    return cell.id
