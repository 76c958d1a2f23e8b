"""What must hold before students get anything."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from autograder.records import Release, Result
from autograder.release.leaks import leaked_lines

Grade = Callable[[Release, bytes], Result]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason not to release: a stable code and the sentence that an author reads."""

    code: str
    message: str


def gate(release: Release, student: bytes, files: Mapping[str, bytes], grade: Grade) -> tuple[Refusal, ...]:
    """Try the answer key and the untouched notebook, and look for secrets in what students are to be given.

    Parameters
    ----------
    release
        What is to be released.
    student
        The student notebook.
    files
        Everything that students are to be given, by name.
    grade
        Marks one notebook.
    """
    return (
        *_worth_something(release),
        *_key_earns_all(release, grade(release, answer_key(release, student))),
        *_untouched_earns_nothing(grade(release, student)),
        *(Refusal("leak", f"{name} gives away this line: {line}") for name, line in leaked_lines(release, files)),
    )


def answer_key(release: Release, student: bytes) -> bytes:
    """Fill the instructor's answers into the student notebook."""
    notebook: dict[str, Any] = json.loads(student)
    for cell, full in zip(notebook["cells"], release.cells, strict=True):
        if full.kind in ("answer", "manual"):
            cell["source"] = full.source
    return json.dumps(notebook).encode()


def _worth_something(release: Release) -> Iterator[Refusal]:
    if release.max_score <= 0:
        yield Refusal("points", "no grade cell is worth a point.")


def _key_earns_all(release: Release, result: Result) -> Iterator[Refusal]:
    if result.score is None:
        undecided = [check.message for one in result.exercises for check in one.checks if check.outcome == "error"]
        why = "".join(f": {message}" for message in dict.fromkeys(undecided)) or _notices(result)
        yield Refusal("key", f"the answer key could not be graded ({result.status}){why}.")
        return
    for exercise in result.exercises:
        for check in exercise.checks:
            if check.points < check.max_points:
                reason = f": {check.message}" if check.message else ""
                yield Refusal("key", f"the answer key fails {exercise.name}/{check.name} ({check.title}){reason}")
    if abs(result.score - release.max_score) > 1e-9:
        yield Refusal("key", f"the answer key earns {result.score:g} of {release.max_score:g} points.")


def _untouched_earns_nothing(result: Result) -> Iterator[Refusal]:
    if result.score is None:
        yield Refusal("untouched", f"the untouched notebook could not be graded ({result.status}){_notices(result)}.")
    for exercise in result.exercises:
        for check in exercise.checks:
            if check.points > 0:
                what = f"{check.points:g} for {exercise.name}/{check.name}"
                yield Refusal("untouched", f"the untouched notebook earns {what}.")


def _notices(result: Result) -> str:
    return "".join(f": {notice.message}" for notice in result.notices)
