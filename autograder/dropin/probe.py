"""Which test cells of a course cannot be split between judge and box, found by trying them on the course's own answers.

A test may do what cannot cross to the box: subclass a class of the student's, read the source of a function. Whoever
fails such a test has not shown to be wrong. So each release is first tried on its own answer key: a test cell that
fails there in the judge, and passes when it is run inside the box as nbgrader would run it, can refuse nobody. A course
may have such a cell run inside, by name; then it is as open to the student's code as it is under nbgrader.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace

from autograder import judge as judging
from autograder.execute import Zygote
from autograder.judge.trusted import Trusted
from autograder.records import Box, CheckResult, Graded, Notebook, Notice, Release, Step

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
    return passing_inside(key, zygote.box(), failing) if failing else failing


def passing_inside(notebook: Notebook, box: Box, cells: frozenset[str]) -> frozenset[str]:
    """Run a whole notebook in the box, these test cells too, and name those that nothing went wrong in."""
    passing = set()
    with contextlib.closing(box):
        box.furnish(notebook.files)
        for step in notebook.steps:
            if step.type != "code" or step.kind in ("text", "demonstration"):
                continue
            if step.kind != "test" or step.id in cells:
                run = box.run_cell(step.source)
                if step.id in cells and not run.raised and not run.stop:
                    passing.add(step.id)
    return frozenset(passing)


def decided_inside(graded: Graded, cells: frozenset[str], open_box: Callable[[], Box]) -> Graded:
    """Judge these test cells as nbgrader would, in the student's own process, and say so."""
    if graded.notebook is None:
        return graded
    passing = passing_inside(graded.notebook, open_box(), cells)

    def decided(check: CheckResult, cell: str) -> CheckResult:
        if cell in passing:
            return replace(check, outcome="passed", points=check.max_points, code="", message="")
        return replace(check, outcome="failed", points=0.0, code="raises", message="The test did not pass.")

    changed = each(graded, lambda check, cell: decided(check, cell) if cell in cells else check)
    names = ", ".join(sorted(cells))
    notice = Notice("inside", f"Run where the student's own code can reach it, and not protected: {names}")
    return replace(changed, result=replace(changed.result, notices=(*changed.result.notices, notice)))


def undecided_refusals(graded: Graded, cells: frozenset[str]) -> Graded:
    """Turn every failure in these cells into a fault of ours."""

    def doubted(check: CheckResult, cell: str) -> CheckResult:
        if cell not in cells or check.outcome != "failed":
            return check
        return replace(check, outcome="error", points=0.0, code="fault", message=SAID)

    return each(graded, doubted)


def each(graded: Graded, change: Callable[[CheckResult, str], CheckResult]) -> Graded:
    """Change each check, given its cell, and with the checks whether the submission is held."""
    if graded.notebook is None:
        return graded
    exercises = tuple(replace(one, checks=tuple(map(change, one.checks, one.cells))) for one in graded.result.exercises)
    held = any(check.outcome == "error" for one in exercises for check in one.checks)
    return replace(graded, result=replace(graded.result, exercises=exercises, status="held" if held else "graded"))
