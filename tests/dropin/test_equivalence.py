"""nbgrader's own example course gets the same marks from us as from plain nbgrader."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.gradebook.reader import cell_scores
from autograder.grader import Grader
from autograder.records import Submission
from autograder.release.read import read_release_notebook
from tests.dropin.conftest import INSIDE, STUDENTS
from tests.dropin.idioms import HELD, IDIOMS

pytestmark = pytest.mark.slow  # starts nbgrader and kernels


BOTH = [*((student, "problem1") for student in STUDENTS), ("half", "problem2"), ("untouched", "problem2")]


@pytest.mark.parametrize(("student", "notebook"), BOTH)
def test_the_example_course_gets_nbgraders_marks(plain, ours, student, notebook):
    """Cell by cell, what is marked by hand included."""
    expected = plain.scores("ps1", notebook, student)
    assert ours.scores("ps1", notebook, student) == expected
    assert ours.waiting("ps1", notebook, student) == plain.waiting("ps1", notebook, student)


def test_the_students_differ(plain):
    """The comparison means something: each of them earns another sum."""
    sums = {
        student: sum(value or 0 for value in plain.scores("ps1", "problem1", student).values()) for student in STUDENTS
    }
    assert sums == {"complete": 3.0, "half": 2.5, "wrong": 0.5, "untouched": 0.0}


def test_grading_without_nbgrader_gives_the_same(plain, example, monkeypatch):
    """`Grader` alone, with the release read from the course's source."""
    monkeypatch.chdir(example.root)  # the course's settings name its header from there
    release = read_release_notebook(Path("source/ps1/problem1.ipynb"), Path("nbgrader_config.py"))
    with Grader(release) as grader:
        for student in STUDENTS:
            path = example.root / "submitted" / student / "ps1" / "problem1.ipynb"
            scores = cell_scores(grader.grade(Submission(student, path)).result)
            expected = plain.scores("ps1", "problem1", student)
            assert scores == {name: expected[name] for name in scores}


@pytest.mark.parametrize("place", range(len(IDIOMS)), ids=list(IDIOMS))
def test_each_way_to_write_a_test_means_the_same(plain, ours, place):
    """A right and a wrong answer earn what nbgrader gives them; what cannot be split waits for a person, and is no zero."""
    cell, held = f"test-{place}", is_held(place)
    for student, right in (("complete", True), ("wrong", False)):
        expected, found = (course.scores("idioms", "idioms", student)[cell] for course in (plain, ours))
        assert (expected == 0) == (not right)
        assert found == (None if held else expected)
        assert (cell in ours.waiting("idioms", "idioms", student)) == held


def is_held(place: int) -> bool:
    """Whether this test cannot be split, and the course has not declared it."""
    return list(IDIOMS)[place] in HELD and place != INSIDE


def test_the_course_is_told_what_was_not_protected(ours):
    """A cell that ran in the student's process is named."""
    assert f"complete: Run where the student's own code can reach it, and not protected: test-{INSIDE}" in ours.said
