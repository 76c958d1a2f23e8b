"""Try answers in the real box and judge, and compare with what a plain run of the cells said.

Each answer is graded in a notebook of its own that holds what it needs: the given cells, the answers up to its own, and
the test cells of its exercise. Demonstrations are left out, since no mark depends on them and each trains a network.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder import execute
from autograder.audit.report import Difference, Entry, Trial
from autograder.grader import Grader
from autograder.records import Cell, CheckResult, Release, Submission


def try_in_boxes(
    release: Release, trials: Sequence[Trial], count: int | None, level: Any
) -> tuple[int, tuple[Difference, ...]]:
    """Try `count` of the bank's answers, or all of them.

    Returns
    -------
    int
        How many were tried.
    tuple of Difference
        Every check whose outcome is not that of the plain run.
    """
    chosen = spread([trial for trial in trials if trial.entry.kind != "mutant"], count)
    limits = replace(release.limits, cell_seconds=10.0, call_seconds=2.0)
    light = replace(release, limits=limits)
    found: list[Difference] = []
    with execute.Zygote(release.files, limits, level) as zygote:
        for exercise in dict.fromkeys(trial.entry.exercise for trial in chosen):
            part = only(light, exercise)
            with Grader(part, level, zygote=zygote) as grader:
                for trial in chosen:
                    if trial.entry.exercise == exercise:
                        found += differences(trial, graded(grader, part, trial.entry))
    return len(chosen), tuple(found)


def spread(trials: Sequence[Trial], count: int | None) -> list[Trial]:
    """So many trials, evenly from all."""
    if count is None or count >= len(trials):
        return list(trials)
    return [trials[place * len(trials) // count] for place in range(count)]


def only(release: Release, exercise: str) -> Release:
    """The release with the test cells of one exercise alone, and nothing that it does not need."""
    own = next(place for place, cell in enumerate(release.cells) if cell.id == exercise)
    cells = [
        cell
        for place, cell in enumerate(release.cells)
        if cell.kind == "given" or (cell.kind == "answer" and place <= own) or cell.exercise == exercise
    ]
    return replace(release, cells=tuple(cells))


def graded(grader: Grader, release: Release, entry: Entry) -> tuple[CheckResult, ...]:
    """Grade one answer; the outcome of each check."""
    submission = Submission("audit", Path(f"{entry.name}.ipynb"))
    result = grader.grade_bytes(submission, notebook(release, entry), "audit").result
    return tuple(check for exercise in result.exercises for check in exercise.checks)


def notebook(release: Release, entry: Entry) -> bytes:
    """The notebook of a student who has everything right but this one answer."""
    cells: list[dict[str, Any]] = []
    for cell in release.cells:
        if cell.id == entry.exercise:
            cells += answer_cells(cell, entry)
        else:
            cells.append(as_json(cell.source if cell.kind == "answer" else cell.student_source, marks(cell)))
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}).encode()


def answer_cells(cell: Cell, entry: Entry) -> Iterator[dict[str, Any]]:
    """The answer, and the student's own cells before and after it."""
    for place, source in enumerate(entry.cells):
        yield as_json(source, marks(cell) if place == entry.answer else {})


def marks(cell: Cell) -> dict[str, Any]:
    """nbgrader's marks of a cell."""
    flags = {"grade": cell.kind == "test", "solution": cell.kind == "answer", "locked": cell.kind != "answer"}
    return {"nbgrader": {"grade_id": cell.id, "schema_version": 3, "task": False, **flags}} if cell.id else {}


def as_json(source: str, metadata: dict[str, Any]) -> dict[str, Any]:
    """A code cell as it stands in a file."""
    return {"cell_type": "code", "metadata": metadata, "source": source, "outputs": [], "execution_count": None}


def differences(trial: Trial, boxed: tuple[CheckResult, ...]) -> Iterator[Difference]:
    """The checks that came out otherwise; a diagnosis may differ, as random lists do."""
    for plain, check in zip(trial.visible + trial.hidden, boxed, strict=True):
        if plain.outcome != check.outcome:
            said = (f"{one.outcome} {one.code}".strip() for one in (plain, check))
            yield Difference(trial.entry.exercise, trial.entry.name, check.name, *said)
