"""Which test cells of a course cannot be split between judge and box, found by trying them on the course's own answers.

A test may do what cannot cross to the box: subclass a class of the student's, read the source of a function. Whoever
fails such a test has not shown to be wrong. So each release is first tried on its own answer key: a test cell that
fails there in the judge, and passes when it is run inside the box as nbgrader would run it, can refuse nobody.
"""

from __future__ import annotations

from dataclasses import replace

from autograder import judge as judging
from autograder.execute import Zygote
from autograder.judge.trusted import Trusted
from autograder.records import Box, CheckResult, Graded, Notebook, Release, Step

SAID = (
    "This test cannot be split between judge and box: it does not accept the course's own answer either. "
    "A person has to mark it."
)


def unsplittable(release: Release, zygote: Zygote, trusted: Trusted) -> frozenset[str]:
    """Name the test cells that only work where the student's code runs."""
    key = Notebook(tuple(Step(cell.id, cell.kind, cell.source, place) for place, cell in enumerate(release.cells)))
    judged = judging.judge(release, key, zygote.box, trusted, "key")
    pairs = [pair for exercise in judged.exercises for pair in zip(exercise.checks, exercise.cells, strict=True)]
    failing = frozenset(cell for check, cell in pairs if check.outcome != "passed" and check.code != "partial")
    return failing & passing_inside(key, zygote.box()) if failing else failing


def passing_inside(key: Notebook, box: Box) -> frozenset[str]:
    """Run a whole notebook in the box, its tests too; it is the course's own, so there is nobody to hide them from."""
    try:
        runs = [(step, box.run_cell(step.source)) for step in key.steps if step.kind not in ("text", "demonstration")]
    finally:
        box.close()
    return frozenset(step.id for step, run in runs if step.kind == "test" and not run.raised and not run.stop)


def without_refusals(graded: Graded, cells: frozenset[str]) -> Graded:
    """Turn every failure in these cells into a fault of ours."""
    if graded.notebook is None or not cells:
        return graded
    exercises = tuple(
        replace(
            one, checks=tuple(doubted(check, cell in cells) for check, cell in zip(one.checks, one.cells, strict=True))
        )
        for one in graded.result.exercises
    )
    held = any(check.outcome == "error" for one in exercises for check in one.checks)
    result = replace(graded.result, exercises=exercises, status="held" if held else "graded")
    return replace(graded, result=result)


def doubted(check: CheckResult, unsure: bool) -> CheckResult:
    """One check, undecided if it failed in a cell that can refuse nobody."""
    if not unsure or check.outcome != "failed":
        return check
    return replace(check, outcome="error", points=0.0, code="fault", message=SAID)
