"""Assignments of several notebooks: each is graded by itself, and a student's results are put together.

Names of cells and exercises are nbgrader's, which keeps them apart within a notebook only; together they are called
`notebook/name`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.records import (
    Cell,
    CheckResult,
    ExerciseResult,
    Graded,
    ManualQuestion,
    Notebook,
    Outcome,
    Release,
    Result,
    Status,
)

GONE = "missing-notebook"
"""Code of what was not earned because a notebook was not handed in, while another one was."""


def together(releases: Sequence[Release], ids: Iterable[str]) -> Release:
    """One release of all notebooks of an assignment, to draw pages by; `ids` are those that they were graded by."""
    first = releases[0]
    cells = tuple(in_notebook(release.notebook, cell) for release in releases for cell in release.cells)
    digest = hashlib.sha256("\n".join(ids).encode()).hexdigest()
    return Release(first.assignment, digest, cells, first.files, first.limits, first.assignment)


def in_notebook(notebook: str, cell: Cell) -> Cell:
    """A cell under its full name."""
    return replace(cell, id=full(notebook, cell.id), exercise=full(notebook, cell.exercise))


def full(notebook: str, name: str) -> str:
    """The name of something of one notebook; of nothing, nothing."""
    return f"{notebook}/{name}" if name else ""


def combined(releases: Sequence[Release], found: Mapping[str, Result]) -> Result:
    """The result of one student: the sum over the notebooks.

    Where one of them cannot be marked, the sum is not known yet.
    """
    results = [filled(release, found[release.notebook]) for release in releases]
    parts = [in_full(release.notebook, one) for release, one in zip(releases, results, strict=True)]
    ran = next((one for one in results if one.isolation), results[0])
    return Result(
        student=ran.student,
        file=str(Path(ran.file).parent),
        sha256=hashlib.sha256("\n".join(one.sha256 for one in results).encode()).hexdigest(),
        status=worst(results),
        exercises=tuple(exercise for part in parts for exercise in part.exercises),
        manual=tuple(question for part in parts for question in part.manual),
        notices=tuple(notice for part in parts for notice in part.notices),
        isolation=ran.isolation,
        seconds=sum(one.seconds for one in results),
        seed=ran.seed,
        max_score=sum(one.max_score for one in results),
        files=ran.files,
    )


def worst(results: Sequence[Result]) -> Status:
    """What becomes of the whole. A person can decide what is held; what is unreadable stays open all the same."""
    found = {result.status for result in results}
    order: tuple[Status, ...] = ("unreadable", "held", "missing", "graded")
    return next(status for status in order if status in found)


def in_full(notebook: str, result: Result) -> Result:
    """The result of one notebook, with everything under its full name."""
    exercises = tuple(
        ExerciseResult(full(notebook, one.name), one.checks, tuple(full(notebook, cell) for cell in one.cells))
        for one in result.exercises
    )
    manual = tuple(replace(one, name=full(notebook, one.name)) for one in result.manual)
    notices = tuple(replace(one, message=f"{notebook}: {one.message}") for one in result.notices)
    return replace(result, exercises=exercises, manual=manual, notices=notices)


def filled(release: Release, result: Result) -> Result:
    """The result with all that it would list and that is open, where nothing could be looked at."""
    if result.exercises or result.manual or result.status not in ("held", "unreadable"):
        return result
    exercises = tuple(exercises_of(release, "error", "fault", "")) if result.status == "held" else ()
    return replace(result, exercises=exercises, manual=questions_of(release, None, ""))


def not_handed_in(release: Release) -> tuple[tuple[ExerciseResult, ...], tuple[ManualQuestion, ...]]:
    """What a notebook earns that is missing while another one was handed in: nothing, as nbgrader has it."""
    said = f"{release.notebook}.ipynb was not handed in."
    return tuple(exercises_of(release, "failed", GONE, said)), questions_of(release, 0.0, GONE)


def exercises_of(release: Release, outcome: Outcome, code: str, said: str) -> Iterator[ExerciseResult]:
    """Every exercise, with one outcome for every check."""
    tests = [cell for cell in release.cells if cell.kind == "test"]
    for name in dict.fromkeys(cell.exercise or cell.id for cell in tests):
        pairs = [(check, cell.id) for cell in tests if name == (cell.exercise or cell.id) for check in cell.checks]
        checks = (CheckResult(c.name, c.title, outcome, 0.0, c.max_points, code, said) for c, _ in pairs)
        yield ExerciseResult(name, tuple(checks), tuple(cell for _, cell in pairs))


def questions_of(release: Release, score: float | None, code: str) -> tuple[ManualQuestion, ...]:
    """Every question that a person marks."""
    cells = [cell for cell in release.cells if cell.kind in ("manual", "task")]
    return tuple(ManualQuestion(cell.id, cell.points, score, code) for cell in cells)


def shown_together(result: Result, graded: Mapping[str, Graded]) -> Graded:
    """The combined result with the steps of all notebooks, one after the other, for a page."""
    steps = [
        replace(step, id=full(name, step.id), notebook=name)
        for name, one in graded.items()
        for step in (one.notebook.steps if one.notebook else ())
    ]
    return Graded(result, Notebook(tuple(steps)) if steps else None)
