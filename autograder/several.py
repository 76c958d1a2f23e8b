"""Assignments of several notebooks: each is graded by itself, and a student's results are put together.

Names of cells and exercises are nbgrader's, which keeps them apart within a notebook only; together they are called
`notebook/name`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.records import (
    Cell,
    CheckResult,
    ExerciseResult,
    Graded,
    ManualQuestion,
    Notebook,
    Notice,
    Release,
    Result,
    Status,
)

GONE = "missing-notebook"
"""Code of a check whose notebook was not handed in, while another one was."""


def together(releases: Sequence[Release]) -> Release:
    """One release of all notebooks of an assignment, to draw pages by."""
    first = releases[0]
    cells = tuple(in_notebook(release.notebook, cell) for release in releases for cell in release.cells)
    digest = hashlib.sha256("\n".join(release.id for release in releases).encode()).hexdigest()
    return Release(first.assignment, digest, cells, first.files, first.limits, first.assignment)


def in_notebook(notebook: str, cell: Cell) -> Cell:
    """A cell under its full name."""
    return replace(cell, id=full(notebook, cell.id), exercise=full(notebook, cell.exercise))


def full(notebook: str, name: str) -> str:
    """The name of something of one notebook; of nothing, nothing."""
    return f"{notebook}/{name}" if name else ""


def combined(releases: Sequence[Release], found: Mapping[str, Result]) -> Result:
    """The result of one student: the sum over the notebooks.

    A notebook that is missing, while another one was handed in, earns nothing, as nbgrader has it. Where one cannot be
    marked, the sum is not known yet.
    """
    results = [found[release.notebook] for release in releases]
    status = worst(results)
    if status != "missing":
        results = [filled(release, one) for release, one in zip(releases, results, strict=True)]
    parts = list(zip(releases, results, strict=True))
    return Result(
        student=results[0].student,
        file=str(Path(results[0].file).parent),
        sha256=hashlib.sha256("\n".join(one.sha256 for one in results).encode()).hexdigest(),
        status=status,
        exercises=tuple(in_full(release.notebook, one) for release, part in parts for one in part.exercises),
        manual=tuple(replace(m, name=full(r.notebook, m.name)) for r, part in parts for m in part.manual),
        notices=tuple(replace(n, message=f"{r.notebook}: {n.message}") for r, part in parts for n in part.notices),
        isolation=next((one.isolation for one in results if one.isolation), None),
        seconds=sum(one.seconds for one in results),
        seed=results[0].seed,
        max_score=sum(release.max_score for release in releases),
    )


def worst(results: Sequence[Result]) -> Status:
    """What becomes of the whole."""
    found = {result.status for result in results}
    for status in ("held", "unreadable", "graded"):
        if status in found:
            return status
    return "missing"


def in_full(notebook: str, exercise: ExerciseResult) -> ExerciseResult:
    """An exercise under its full name."""
    return ExerciseResult(
        full(notebook, exercise.name), exercise.checks, tuple(full(notebook, cell) for cell in exercise.cells)
    )


def filled(release: Release, result: Result) -> Result:
    """The result, with nothing earned where the notebook is missing."""
    if result.status != "missing":
        return result
    said = f"{release.notebook}.ipynb was not handed in."
    return replace(
        result,
        exercises=tuple(exercises_of(release, said)),
        manual=tuple(ManualQuestion(cell.id, cell.points, 0.0) for cell in release.cells if cell.kind == "manual"),
        notices=(Notice(GONE, said),),
    )


def exercises_of(release: Release, said: str) -> Iterator[ExerciseResult]:
    """Every exercise, with every check failed for one reason."""
    tests = [cell for cell in release.cells if cell.kind == "test"]
    for name in dict.fromkeys(cell.exercise or cell.id for cell in tests):
        pairs = [(check, cell.id) for cell in tests if name == (cell.exercise or cell.id) for check in cell.checks]
        checks = (CheckResult(c.name, c.title, "failed", 0.0, c.max_points, GONE, said) for c, _ in pairs)
        yield ExerciseResult(name, tuple(checks), tuple(cell for _, cell in pairs))


def shown_together(result: Result, graded: Mapping[str, Graded]) -> Graded:
    """The combined result with the steps of all notebooks, one after the other, for a page."""
    steps = [
        replace(step, id=full(name, step.id), index=None)
        for name, one in graded.items()
        for step in (one.notebook.steps if one.notebook else ())
    ]
    return Graded(result, Notebook(tuple(steps)) if steps else None)
