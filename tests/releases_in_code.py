"""Small releases and submissions, made in code."""

from __future__ import annotations

import json
from typing import Any

from autograder.records import Cell, Check, Limits, Release


def answer(name: str, solution: str = "pass") -> Cell:
    """An answer cell of a release."""
    return Cell(name, "answer", solution, "raise NotImplementedError")


def grade_cell(name: str, source: str, exercise: str, points: float = 1.0, hidden: bool = False) -> Cell:
    """A grade cell with one check."""
    return Cell(name, "test", source, "" if hidden else source, points, exercise, (Check(name, name, points),))


def given(name: str, source: str) -> Cell:
    """A read-only cell."""
    return Cell(name, "given", source, source)


def small_release(*cells: Cell, files: tuple[tuple[str, bytes], ...] = (), limits: Limits | None = None) -> Release:
    """A release of these cells."""
    return Release("small", "0" * 64, cells, files, limits or Limits())


def handed_in(release: Release, answers: dict[str, str], extra: tuple[str, ...] = ()) -> bytes:
    """The bytes of a submission: the release's cells with these answers, then cells of the student's own."""
    cells: list[dict[str, Any]] = []
    for cell in release.cells:
        marks = {
            "grade_id": cell.id,
            "grade": cell.kind == "test",
            "solution": cell.kind == "answer",
            "locked": cell.kind != "answer",
        }
        source = answers.get(cell.id, cell.student_source)
        kind = "markdown" if cell.kind == "text" else "code"
        cells.append({"cell_type": kind, "source": source, "metadata": {"nbgrader": marks}, "outputs": []})
    cells += [{"cell_type": "code", "source": source, "metadata": {}, "outputs": []} for source in extra]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
