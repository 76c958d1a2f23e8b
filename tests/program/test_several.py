"""What the results of several notebooks come to, put together."""

from __future__ import annotations

import pytest

from autograder.commands.by_hand import with_hand_given
from autograder.gradebook.reader import ByHand
from autograder.records import Cell, Check, CheckResult, ExerciseResult, ManualQuestion, Notice, Release, Result
from autograder.several import combined, together

CELLS = (
    Cell("area", "answer", "def area(): ...", "..."),
    Cell("test", "test", "assert area()", "", 2.0, "area", (Check("test", "It works.", 2.0),)),
    Cell("why", "manual", "Because.", "?", 4.0),
)
RELEASES = tuple(Release("shapes", name[0] * 64, CELLS, notebook=name) for name in ("circle", "square"))


def part(name, status, outcome="passed"):
    """The result of one notebook; what could not be looked at lists nothing."""
    check = CheckResult("test", "It works.", outcome, 2.0 * (outcome == "passed"), 2.0)
    listed = {"exercises": (ExerciseResult("area", (check,), ("test",)),), "manual": (ManualQuestion("why", 4.0),)}
    notices = (Notice("code", "said"),)
    path = f"submitted/ada/shapes/{name}.ipynb"
    return Result("ada", path, name, status, notices=notices, max_score=2.0, **(listed if status == "graded" else {}))


def put_together(circle, square):
    """The sum of two notebooks, each given by its status."""
    return combined(RELEASES, {"circle": part("circle", circle), "square": part("square", square)})


@pytest.mark.parametrize(
    ("circle", "square", "status", "score"),
    [
        ("graded", "graded", "graded", 4),
        ("graded", "held", "held", None),
        ("unreadable", "graded", "unreadable", None),
        ("held", "unreadable", "unreadable", None),
        ("graded", "missing", "missing", None),
        ("missing", "missing", "missing", None),
    ],
)
def test_a_sum_is_as_certain_as_its_least_certain_part(circle, square, status, score):
    """One notebook without a mark leaves the sum without one; what can be earned stays the same."""
    found = put_together(circle, square)
    assert (found.status, found.score, found.max_score) == (status, score, 4)
    assert (found.file, found.student) == ("submitted/ada/shapes", "ada")


def test_everything_bears_the_name_of_its_notebook():
    """Exercises, cells, questions and notices; a release of all has the same names."""
    found = put_together("graded", "graded")
    assert [(one.name, one.cells) for one in found.exercises] == [
        ("circle/area", ("circle/test",)),
        ("square/area", ("square/test",)),
    ]
    assert [one.name for one in found.manual] == ["circle/why", "square/why"]
    assert [one.message for one in found.notices] == ["circle: said", "square: said"]
    cells = together(RELEASES, ("1", "2")).cells
    assert [(cell.id, cell.exercise) for cell in cells if cell.kind == "test"] == [
        ("circle/test", "circle/area"),
        ("square/test", "square/area"),
    ]


def test_a_person_closes_a_held_sum_only_by_marking_what_was_held():
    """A fault of ours that left no check behind is not forgotten beside the other notebook's checks."""
    found = put_together("graded", "held")
    other = with_hand_given(found, ByHand({"circle/test": (1.0, 0.0), "circle/why": (4.0, 0.0)}))
    assert (other.status, other.score) == ("held", None)
    whole = with_hand_given(found, ByHand({"square/test": (1.5, 0.0)}))
    assert (whole.status, whole.score) == ("graded", 3.5)
    assert [(one.name, one.score) for one in whole.manual] == [("circle/why", None), ("square/why", None)]


def test_a_person_cannot_close_a_sum_with_an_unreadable_notebook():
    """Its points are not known, whatever was decided in the one that was held."""
    found = put_together("held", "unreadable")
    assert with_hand_given(found, ByHand({"circle/test": (2.0, 0.0)})).score is None


def test_the_release_of_all_is_another_when_one_of_them_is():
    """Pages are drawn only by what a run was graded by."""
    ids = {together(RELEASES, ids).id for ids in (("1", "2"), ("1", "3"), ("12", ""))}
    assert len(ids) == 3
