"""The class report: right numbers, pictures with tables, nobody named unless it is wished."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from autograder.deliver.report import class_report
from autograder.deliver.report_numbers import SMALLEST, items, numbers
from autograder.deliver.report_view import manual_rows
from autograder.records import ManualQuestion
from tests.deliver.class_in_code import RELEASE, SECRET, a_class, exercise

pytestmark = pytest.mark.slow  # draws plots


def words(page: str) -> str:
    """Give the text of a page, in one line."""
    return " ".join(re.sub(r"(?s)<style>.*?</style>|<[^>]*>", " ", page).split())


@pytest.mark.parametrize(("students", "names"), [(60, False), (60, True), (5, False), (0, False)])
def test_report_is_the_golden_one(students, names, golden):
    """It reads as it was reviewed: large and small, with names and without."""
    late = {"Student 3", "Student 7"} if names else None
    golden(f"report_{students}{'_names' * names}.html", class_report(RELEASE, a_class(students), names, late))


def test_states_are_counted():
    """Each submission is counted once, by its state."""
    gathered = numbers(a_class(60), late={"Student 3", "nobody"})
    assert dict(gathered.statuses) == {"graded": 52, "unreadable": 7, "held": 1}
    assert gathered.late == 1


def test_a_question_that_was_left_unanswered_is_counted_apart():
    """A zero that nobody had to give is neither marked nor in the mean."""
    given = [("", 2.0), ("", None), ("not-answered", 0.0), ("", 1.0)]
    results = [
        replace(one, manual=(ManualQuestion("why_it_works", 3.0, score, code),))
        for one, (code, score) in zip(a_class(4), given, strict=True)
    ]
    assert manual_rows(numbers(results, None)) == [("why_it_works", 1, 2, 3, "1.5")]


def test_facility_and_discrimination_are_those_of_the_textbook():
    """The two numbers of a check agree with a plain calculation."""
    results = [result for result in a_class(60) if result.status == "graded"]
    value = np.array([float(result.exercises[0].checks[1].outcome == "passed") for result in results])
    rest = np.array([result.score for result in results]) - value
    (item,) = [one for one in items(numbers(results, None)) if one.key == ("double", "double_public", "value")]
    assert item.facility == pytest.approx(value.mean())
    assert item.discrimination == pytest.approx(np.corrcoef(value, rest)[0, 1])
    assert item.passed == value.sum()


def test_a_check_that_all_pass_has_no_discrimination():
    """What never differs tells nobody apart, and divides by nothing."""
    right = [replace(result, exercises=(exercise(("passed",) * 3),), status="graded") for result in a_class(30)]
    assert {one.discrimination for one in items(numbers(right, None))} == {None}
    assert {one.facility for one in items(numbers(right, None))} == {1.0}


def test_a_small_class_shows_no_facility():
    """Below twenty marks, shares say more about persons than about checks."""
    graded = [result for result in a_class(60) if result.status == "graded"]
    assert "discrimination " in words(class_report(RELEASE, graded[:SMALLEST]))
    few = words(class_report(RELEASE, graded[: SMALLEST - 1]))
    assert "%" not in few.partition("Exercises and checks")[2]
    assert "are shown from 20 graded students on" in few


def test_nobody_is_named_unless_it_is_wished():
    """A report can be shown to a class."""
    assert "Student 3" not in class_report(RELEASE, a_class(60))
    assert "Student 3" in class_report(RELEASE, a_class(60), names=True)


def test_misconceptions_are_counted_once_for_each_student_with_their_message():
    """A cause that fails a public and a hidden check is one student's."""
    gathered = numbers(a_class(60), None)
    by_code = {code: cause.students for (_, code), cause in gathered.causes.items()}
    squares = sum(1 for result in a_class(60) if result.status == "graded" and result.exercises[0].score < 4)
    assert by_code["square"] == squares
    assert "That is the square" in class_report(RELEASE, a_class(60))


@pytest.mark.parametrize("order", [("raises", "double/raises"), ("double/raises", "raises")])
def test_one_cause_has_one_name_whichever_cell_found_it(order):
    """The judge's own codes do not name the exercise; they are counted and called as those of the tests are."""
    one = exercise(("failed", "passed", "failed"))
    checks = tuple(replace(check, code=code) for check, code in zip(one.checks, (order[0], "", order[1]), strict=True))
    wrong = replace(next(a_class(1)), exercises=(replace(one, checks=checks),), status="graded")
    page = class_report(RELEASE, [wrong, replace(wrong, student="other")])
    assert len(numbers([wrong], None).causes) == 1
    assert page.count("<code>double: raises</code>") == 1
    assert "2 (100%)" in page


def test_same_wrong_behaviour_is_one_group():
    """Submissions that fail the same checks for the same reasons stand together."""
    sizes = sorted(one.students for one in numbers(a_class(60), None).behaviours.values())
    assert sizes == [8, 17]


def test_every_picture_has_words_and_a_table():
    """Who cannot see a chart reads its numbers."""
    page = class_report(RELEASE, a_class(60))
    pictures = re.findall(r"<img [^>]*>", page)
    assert len(pictures) == 4
    assert all('alt="' in picture and "table" in picture for picture in pictures)
    assert all(re.search(r"(?s)^.*?<table", part) for part in page.split("</figure>")[1:])


def test_no_hidden_test_is_in_it():
    """A report may be shown to students."""
    assert SECRET not in class_report(RELEASE, a_class(60), names=True)


def test_ten_thousand_results_are_read_once_and_not_kept():
    """A stream is enough, however long."""
    stream = (replace(result) for result in a_class(7) for _ in range(1_500))
    page = class_report(RELEASE, stream)
    assert "10500" in words(page)
    assert next(stream, None) is None
