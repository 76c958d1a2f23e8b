"""The notebook that formgrader and `nbgrader generate_feedback` show: what was run, and what the checks said.

It holds no hidden test, no output of the student's and no markup that could come alive.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.deliver.feedback import feedback_name
from autograder.deliver.feedback_view import findings, groups, points
from autograder.deliver.inert import inert_markdown, typed
from autograder.deliver.visible import shortened, visible
from autograder.records import Cell, CellKind, ExerciseResult, Graded, Release, Step

SCHEMA = 3  # of nbgrader's cell metadata
GONE = "*There is no such cell in the notebook that was handed in.*"


def autograded_notebook(release: Release, graded: Graded) -> bytes:
    """Make the notebook; for a file that could not be read, one cell says why.

    Parameters
    ----------
    release
        What the submission was graded against.
    graded
        The result, and the restored notebook.

    Returns
    -------
    bytes
        JSON of notebook format 4.5, the same for the same arguments.
    """
    cells = list(about(graded)) + (list(restored(release, graded)) if graded.notebook else [])
    for place, cell in enumerate(cells):
        cell["id"] = f"cell-{place}"
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "seedbed": {"assignment": release.assignment, "release": release.id[:12]},
    }
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(notebook) + "\n").encode()  # on one line: indenting takes ten times as long


def about(graded: Graded) -> Iterator[dict[str, Any]]:
    """Say first what is odd about this submission, if anything is."""
    said = [notice.message for notice in graded.result.notices]
    if graded.result.status != "graded":
        said.insert(0, f"This submission is {graded.result.status}: it has no mark, which is not a zero.")
    if said:
        yield markdown(typed(visible("\n".join(dict.fromkeys(said)))), {})


def restored(release: Release, graded: Graded) -> Iterator[dict[str, Any]]:
    """Give every step in order, then a place for each question to mark whose cell is gone."""
    cells = {cell.id: cell for cell in release.cells if cell.id}
    trusted = {cell.student_source for cell in release.cells}
    steps = graded.notebook.steps if graded.notebook else ()
    for step in steps:
        yield cell_of(step, cells.get(step.id), trusted, graded)
    seen = {step.id for step in steps}
    for cell in release.cells:
        if cell.kind in ("manual", "task") and cell.id not in seen:
            yield markdown(GONE, marks(cell, "markdown"))


def cell_of(step: Step, cell: Cell | None, trusted: set[str], graded: Graded) -> dict[str, Any]:
    """Turn one step into a cell; of a cell that the release fixes, only what students were given is shown."""
    fixed = cell is not None and step.kind in ("test", "given", "demonstration")
    source = cell.student_source if cell is not None and fixed else step.source
    metadata = marks(cell, step.type) if cell is not None else {}
    if step.type == "markdown":
        return markdown(source if source in trusted else inert_markdown(source), metadata)
    if not fixed:
        source = shortened(visible(source))
    said = test_output(graded, step.id) if step.kind == "test" else ""
    outputs = [{"name": "stdout", "output_type": "stream", "text": lines(said)}] if said else []
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": metadata,
        "outputs": outputs,
        "source": lines(source),
    }


def test_output(graded: Graded, name: str) -> str:
    """Say what the checks of one test cell found, and the points that they gave."""
    for exercise in graded.result.exercises:
        own = part(exercise, name)
        if own.checks:
            return own_output(graded, own)
    return ""


def own_output(graded: Graded, own: ExerciseResult) -> str:
    """Write the messages, each once, the checks and the points."""
    said: list[str] = []
    for found in findings(own):
        said += [f"✗ {found.headline}", *(f"  {label:<10} {text}".rstrip() for label, text in found.lines), ""]
    for group in groups(Release("", "", ()), own):
        said += [f"{check.sign} {check.word}: {check.title}" for check in group.checks]
    said.append(f"points: {points(own.score)} of {points(own.max_score)}")
    if graded.result.status == "held":
        said.append("held: this is not the mark yet")
    return "\n".join(said) + "\n"


def part(exercise: ExerciseResult, name: str) -> ExerciseResult:
    """Give the part of an exercise that one test cell checks."""
    own = tuple(check for check, cell in zip(exercise.checks, exercise.cells, strict=True) if cell == name)
    return ExerciseResult(exercise.name, own, (name,) * len(own))


def markdown(source: str, metadata: dict[str, Any]) -> dict[str, Any]:
    """Give a markdown cell."""
    return {"cell_type": "markdown", "metadata": metadata, "source": lines(source)}


def lines(text: str) -> list[str]:
    """Give a text as notebooks hold it, so that a change shows as a line."""
    return text.splitlines(keepends=True)


FLAGS: dict[CellKind, tuple[bool, bool, bool]] = {
    "answer": (False, True, False),
    "manual": (True, True, False),
    "task": (False, False, True),
    "test": (True, False, True),
    "given": (False, False, True),
    "demonstration": (False, False, True),
    "text": (False, False, True),
}
"""nbgrader's grade, solution and locked of each kind; a free cell has no such metadata."""


def marks(cell: Cell, cell_type: str) -> dict[str, Any]:
    """Give nbgrader's metadata of a cell."""
    if not cell.id or cell.kind not in FLAGS:
        return {}
    grade, solution, locked = FLAGS[cell.kind]
    table: dict[str, Any] = {
        "cell_type": cell_type,
        "grade": grade,
        "grade_id": cell.id,
        "locked": locked,
        "schema_version": SCHEMA,
        "solution": solution,
        "task": cell.kind == "task",
    }
    return {"nbgrader": {**table, "points": cell.points} if grade or table["task"] else table}


def write_autograded(folder: Path, release: Release, graded: Graded) -> Path:
    """Write the notebook where nbgrader looks for it: `<folder>/<student>/<assignment>/<notebook>.ipynb`."""
    student = graded.result.student
    name = student if student not in ("", ".", "..") and Path(student).name == student else feedback_name(student)
    path = folder / name / release.assignment / f"{release.notebook_name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.new")
    unfinished.write_bytes(autograded_notebook(release, graded))
    unfinished.replace(path)
    return path
