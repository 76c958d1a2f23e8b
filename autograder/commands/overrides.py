"""Points that an instructor set by hand for one check, each with its reason, kept beside the results."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from autograder.commands.run import RunError
from autograder.records import CheckResult, ExerciseResult, Outcome, Result


@dataclass(frozen=True, slots=True)
class Override:
    """One check of one student, its points, and why."""

    student: str
    exercise: str
    cell: str
    check: str
    points: float
    reason: str
    when: str


def parse_override(text: str, reason: str, when: str) -> Override:
    """Read `STUDENT/CELL/CHECK=POINTS`.

    Raises
    ------
    RunError
        If it is not of that form, or there is no reason.
    """
    target, _, points = text.rpartition("=")
    parts = target.rsplit("/", 2)
    try:
        student, cell, check = parts
        value = float(points)
    except ValueError as error:
        example = "ada/initialize_parameters_he_hidden/weights=3.5"
        raise RunError(f"{text!r} should be STUDENT/CELL/CHECK=POINTS, for instance {example}") from error
    if not reason.strip():
        raise RunError("An override needs a reason, which is kept with it: --reason 'Why these points'")
    return Override(student, cell.rpartition("_")[0], cell, check, value, reason.strip(), when)


def load_overrides(folder: Path) -> list[Override]:
    """The overrides of a run, the oldest first."""
    path = folder / "overrides.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [Override(**json.loads(line)) for line in lines]


def keep_override(folder: Path, override: Override) -> None:
    """Add one to the record; none is ever removed from it."""
    with (folder / "overrides.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(override), ensure_ascii=False) + "\n")


def with_overrides(result: Result, overrides: Iterable[Override]) -> Result:
    """The result with the points that were set by hand.

    Raises
    ------
    RunError
        If one names a check that is not there, or more points than it has.
    """
    for override in overrides:
        if override.student == result.student and result.status in ("graded", "held"):
            found = tuple(overridden(exercise, override) for exercise in result.exercises)
            if found == result.exercises:
                cells = sorted(
                    {f"{cell}/{c.name}" for e in result.exercises for c, cell in zip(e.checks, e.cells, strict=True)}
                )
                raise RunError(
                    f"There is no check {override.cell}/{override.check}, or it was set to just that before. "
                    f"There are: {', '.join(cells)}. What no longer holds, take out of overrides.jsonl in the run."
                )
            held = any(check.outcome == "error" for exercise in found for check in exercise.checks)
            result = replace(result, exercises=found, status="held" if held else "graded")
    return result


def overridden(exercise: ExerciseResult, override: Override) -> ExerciseResult:
    """The exercise with one check set by hand."""
    pairs = zip(exercise.checks, exercise.cells, strict=True)
    return replace(exercise, checks=tuple(set_by_hand(check, cell, override) for check, cell in pairs))


def set_by_hand(check: CheckResult, cell: str, override: Override) -> CheckResult:
    """One check, changed if it is the one."""
    if (cell, check.name) != (override.cell, override.check):
        return check
    if not 0 <= override.points <= check.max_points:
        raise RunError(f"{cell}/{check.name} has at most {check.max_points:g} points, not {override.points:g}.")
    outcome: Outcome = "passed" if override.points == check.max_points else "failed"
    message = f"Set to {override.points:g} points by the instructor: {override.reason}"
    return replace(check, outcome=outcome, points=override.points, code="override", message=message)
