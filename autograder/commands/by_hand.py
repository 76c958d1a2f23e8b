"""What people gave in formgrader, put beside what the judge found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from autograder.deliver.feedback_page import LATE
from autograder.gradebook.reader import ByHand
from autograder.records import CheckResult, ExerciseResult, ManualQuestion, Notice, Result

NAME, TITLE = "by-hand", "Points that your instructor gave or took by hand."


def with_hand_given(result: Result, given: ByHand) -> Result:
    """The result with the scores that people gave, as nbgrader counts them, and a word about a late penalty.

    A score for a question counts in place of None. A score for a test cell counts in place of the judge's: the
    difference is a check of its own. A submission that was held is graded once a person has decided all that was open.
    """
    exercises = tuple(exercise(one, given.scores) for one in result.exercises)
    open_still = any(check.outcome == "error" for one in exercises for check in one.checks)
    decided = result.status == "held" and result.exercises and not open_still
    late = Notice(LATE, f"Handed in late: {given.penalty:g} points are taken off the mark for it.")
    return replace(
        with_questions_marked(result, given),
        exercises=exercises,
        status="graded" if decided else result.status,
        notices=(*result.notices, *([late] if given.penalty else [])),
    )


def with_questions_marked(result: Result, given: ByHand) -> Result:
    """The result with the scores that people gave for questions."""
    return replace(result, manual=tuple(question(one, given.scores) for one in result.manual))


def question(one: ManualQuestion, scores: Mapping[str, tuple[float | None, float]]) -> ManualQuestion:
    """One question with the score that a person gave."""
    score, extra = scores.get(one.name, (None, 0.0))
    return one if score is None else replace(one, score=score + extra, code="")


def exercise(one: ExerciseResult, scores: Mapping[str, tuple[float | None, float]]) -> ExerciseResult:
    """One exercise, with a check for each of its test cells whose points a person changed."""
    pairs: list[tuple[CheckResult, str]] = []
    for cell in dict.fromkeys(one.cells):
        own = [check for check, name in zip(one.checks, one.cells, strict=True) if name == cell]
        pairs += [(check, cell) for check in changed(own, *scores.get(cell, (None, 0.0)))]
    return ExerciseResult(one.name, tuple(check for check, _ in pairs), tuple(cell for _, cell in pairs))


def changed(own: list[CheckResult], score: float | None, extra: float) -> Iterator[CheckResult]:
    """The checks of one test cell, and the difference to what a person gave, where there is one."""
    decided = own if score is None else [settled(check) for check in own]
    yield from decided
    difference = extra + (0.0 if score is None else score - sum(check.points for check in decided))
    if difference > 0:
        yield CheckResult(NAME, TITLE, "passed", difference, 0.0)
    elif difference < 0:
        yield CheckResult(NAME, TITLE, "failed", difference, 0.0, NAME)


def settled(check: CheckResult) -> CheckResult:
    """A check that could not be decided, once a person has given its cell a score."""
    return replace(check, outcome="failed", points=0.0, code=NAME, message="") if check.outcome == "error" else check
