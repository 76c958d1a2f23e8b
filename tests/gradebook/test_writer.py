"""Our rows in nbgrader's gradebook are the rows that nbgrader's own API writes."""

from __future__ import annotations

import sqlite3
from datetime import datetime

import pytest
from nbgrader.api import Gradebook

from autograder.gradebook.backup import KEPT, back_up
from autograder.gradebook.errors import GradebookError
from autograder.gradebook.reader import ByHand, by_hand
from autograder.gradebook.writer import GradebookWriter
from autograder.records import CheckResult, ExerciseResult, Result

pytestmark = pytest.mark.slow  # starts nbgrader

TABLES = ("student", "submitted_assignment", "submitted_notebook", "grade", "comment")


def result(student, public="passed", hidden="passed", status="graded"):
    """A result with one check in each test cell."""
    outcomes = ((public, "f_public"), (hidden, "f_hidden"))
    checks = tuple(CheckResult(cell, cell, outcome, 4.0 * (outcome == "passed"), 4.0) for outcome, cell in outcomes)
    exercises = (ExerciseResult("f", checks, ("f_public", "f_hidden")),) if status in ("graded", "held") else ()
    return Result(student, "f.ipynb", "0" * 64, status, exercises)


def write(url, *results, submitted=None):
    """Write results as a batch does."""
    with GradebookWriter(url, "small") as writer:
        for one in results:
            writer.write(one, submitted)


def rows(url):
    """Every row of the tables that a submission fills, without the random ids."""
    with sqlite3.connect(url.removeprefix("sqlite:///")) as database:
        database.row_factory = sqlite3.Row
        names = {row["id"]: row["name"] for row in database.execute("select id, name from base_cell")}
        found = {}
        for table in TABLES:
            kept = []
            for row in database.execute(f"select * from {table}"):
                fields = {key: names.get(row[key], row[key]) for key in row.keys()}  # noqa: SIM118 - a Row is no mapping
                kept.append({k: v for k, v in fields.items() if k in ("cell_id", "student_id") or not k.endswith("id")})
            found[table] = sorted(kept, key=repr)
    return found


def written_by_nbgrader(url, scores):
    """What nbgrader's own autograder does for one submission, through its API."""
    with Gradebook(url) as gradebook:
        gradebook.update_or_create_student("ada")
        gradebook.update_or_create_submission("small", "ada", timestamp="2026-11-02 12:00")
        for name, score in scores.items():
            grade = gradebook.find_grade(name, "small", "small", "ada")
            grade.auto_score = score
            grade.needs_manual_grade = score is None
            gradebook.db.commit()


@pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")  # nbgrader's own way of adding rows
def test_the_rows_are_those_of_nbgraders_api(url, tmp_path):
    """Same tables, same values, apart from random ids."""
    write(url, result("ada", hidden="failed"), submitted=datetime(2026, 11, 2, 12))  # noqa: DTZ001 - nbgrader keeps naive UTC
    ours = rows(url)
    with Gradebook(url) as gradebook:
        gradebook.remove_submission("small", "ada")
        gradebook.remove_student("ada")
    written_by_nbgrader(url, {"f_public": 4.0, "f_hidden": 0.0, "why": None})
    assert ours == rows(url)


def test_writing_twice_is_writing_once(url):
    """The same result again changes nothing and adds nothing."""
    write(url, result("ada"))
    once = rows(url)
    write(url, result("ada"))
    assert rows(url) == once


def test_what_a_person_gave_stays(url):
    """A manual score, its comment and extra credit survive every grading; only the automatic score changes."""
    write(url, result("ada"))
    with Gradebook(url) as gradebook:
        grade = gradebook.find_grade("why", "small", "small", "ada")
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 3.0, 1.0, False
        gradebook.find_comment("why", "small", "small", "ada").manual_comment = "well said"
        gradebook.db.commit()
    write(url, result("ada", public="failed"))
    with Gradebook(url) as gradebook:
        grade = gradebook.find_grade("why", "small", "small", "ada")
        assert (grade.manual_score, grade.extra_credit, grade.needs_manual_grade) == (3.0, 1.0, False)
        assert gradebook.find_comment("why", "small", "small", "ada").comment == "well said"
        assert gradebook.find_grade("f_public", "small", "small", "ada").auto_score == 0
    assert by_hand(url, "small") == {"ada": ByHand({"why": (3.0, 1.0)}, {"why": "well said"})}


def test_a_held_check_has_no_score_and_waits_for_a_person(url):
    """Never a silent zero: the undecided cell is empty and marked, the decided one counts."""
    write(url, result("ada", hidden="error", status="held"), result("bob", status="unreadable"))
    with Gradebook(url) as gradebook:
        held = gradebook.find_grade("f_hidden", "small", "small", "ada")
        assert (held.auto_score, held.needs_manual_grade) == (None, True)
        assert gradebook.find_grade("f_public", "small", "small", "ada").auto_score == 4
        for cell in ("f_public", "f_hidden"):
            unread = gradebook.find_grade(cell, "small", "small", "bob")
            assert (unread.auto_score, unread.needs_manual_grade) == (None, True)


def test_a_missing_submission_leaves_no_row(url):
    """Nobody who handed nothing in is listed as graded."""
    write(url, result("ada", status="missing"))
    assert rows(url)["submitted_assignment"] == []


def test_an_unknown_assignment_says_what_to_type(url):
    """The gradebook does not know it before the release has entered it."""
    with pytest.raises(GradebookError, match="autograder release other"):
        GradebookWriter(url, "other")


def test_the_gradebook_is_copied_before_it_is_written(url, tmp_path):
    """The copy can be opened, and only the latest ones are kept."""
    write(url, result("ada"))
    copies = [back_up(url) for _ in range(KEPT + 3)]
    assert len(list((tmp_path / "backups").iterdir())) == KEPT
    with sqlite3.connect(copies[-1]) as copy:
        assert copy.execute("select count(*) from grade").fetchone() == (3,)
