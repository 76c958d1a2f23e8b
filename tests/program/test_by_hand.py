"""What a person gives in formgrader counts in the marks and is shown to the student."""

from __future__ import annotations

import pytest

from autograder.commands.by_hand import NAME, with_hand_given
from autograder.gradebook.reader import ByHand
from autograder.records import CheckResult, ExerciseResult, ManualQuestion, Result


def result(*outcomes, status="graded"):
    """A result with two checks in a test cell, one in another, and a question."""
    cells = ("f_public", "f_public", "f_hidden")
    checks = tuple(
        CheckResult(f"c{place}", "A sentence.", outcome, 2.0 * (outcome == "passed"), 2.0)
        for place, outcome in enumerate(outcomes)
    )
    return Result(
        "ada",
        "ada.ipynb",
        "0" * 64,
        status,
        (ExerciseResult("f", checks, cells),),
        (ManualQuestion("why", 5.0),),
        max_score=6.0,
    )


GRADED = result("passed", "failed", "passed")


@pytest.mark.parametrize(
    ("scores", "score", "question", "by_hand"),
    [
        ({}, 4, None, []),
        ({"why": (3.0, 0.5)}, 4, 3.5, []),
        ({"why": (None, 0.5)}, 4, None, []),
        ({"f_public": (3.5, 0.0)}, 5.5, None, [("f_public", 1.5)]),
        ({"f_hidden": (0.0, 0.0)}, 2, None, [("f_hidden", -2.0)]),
        ({"f_hidden": (None, 1.0), "f_public": (4.0, 0.0)}, 7, None, [("f_public", 2.0), ("f_hidden", 1.0)]),
        ({"f_public": (2.0, 0.0)}, 4, None, []),
        ({"elsewhere": (9.0, 9.0)}, 4, None, []),
    ],
)
def test_scores_count_as_nbgrader_counts_them(scores, score, question, by_hand):
    """A manual score in place of the automatic one, extra credit on top; the difference stands beside the checks."""
    found = with_hand_given(GRADED, ByHand(scores))
    (exercise,) = found.exercises
    own = [(cell, check) for cell, check in zip(exercise.cells, exercise.checks, strict=True) if check.name == NAME]
    assert (found.score, found.manual[0].score) == (score, question)
    assert [(cell, check.points) for cell, check in own] == by_hand
    assert list(exercise.cells) == sorted(exercise.cells, reverse=True)  # f_public before f_hidden
    assert [check for check in exercise.checks if check.name != NAME] == list(GRADED.exercises[0].checks)


def test_a_held_submission_is_graded_when_a_person_has_decided_what_was_open():
    """The judge's fault is no longer in the way of a mark; while something is open there is none."""
    held = result("passed", "error", "error", status="held")
    half = with_hand_given(held, ByHand({"f_public": (3.0, 0.0)}))
    whole = with_hand_given(held, ByHand({"f_public": (3.0, 0.0), "f_hidden": (2.0, 0.0)}))
    assert (half.status, half.score) == ("held", None)
    assert (whole.status, whole.score) == ("graded", 5)


def test_a_late_penalty_is_said_to_the_student():
    """The page shows the mark before it, and says what is taken off."""
    (notice,) = with_hand_given(GRADED, ByHand(penalty=1.5)).notices
    assert (notice.code, "1.5 points" in notice.message) == ("late-penalty", True)
