"""Being late costs the same whether `nbgrader autograde` or `autograder grade` marks a class."""

from __future__ import annotations

import csv
import shutil
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.gradebook.reader import late_students
from autograder.release.gate import answer_key
from tests.nbgrader.commands import environment, run_nbgrader
from tests.nbgrader.conftest import SLUG, put

pytestmark = [
    pytest.mark.slow,  # starts nbgrader and boxes
    pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning"),  # nbgrader's own way of adding rows
]

DUE = "2026-03-01T12:00:00"
PLUGIN = """
import math

from nbgrader.plugins import LateSubmissionPlugin


class TenPercentADay(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        days = math.ceil(total_seconds_late / 86400)
        return None if student_id == "excused" else 0.1 * days * score


c.AssignLatePenalties.plugin_class = TenPercentADay
"""
TIMES = {
    "punctual": "2026-03-01 11:59:59 UTC",
    "elsewhere": "2026-03-01T13:30:00+02:00",  # half past eleven in UTC
    "hours": "2026-03-01 15:00:00 UTC",
    "days": "2026-03-03 12:00:01.000000 UTC",
    "weeks": "2026-04-01 12:00:00 UTC",  # 31 days cost more than there is
    "extended": "2026-03-02 11:00:00 UTC",
    "overdrawn": "2026-03-02 13:00:00 UTC",
    "excused": "2026-03-02 12:00:00 UTC",
    "unreadable": "2026-03-02 12:00:00 UTC",
    "untimed": None,
}
EXTENDED = ("extended", "overdrawn")
SHARE = {"hours": 0.1, "days": 0.3, "weeks": 1.0, "overdrawn": 0.1}
"""What is taken of each mark; of the others nothing."""


@pytest.fixture(scope="module")
def course(released, tmp_path_factory):
    """A class that handed in at all times, with a due date and extensions, not graded yet."""
    repository = shutil.copytree(released.repository, tmp_path_factory.mktemp("late") / "repository")
    root = repository / "build" / "course"
    for folder in (repository, root):
        with (folder / "nbgrader_config.py").open("a") as settings:
            settings.write(PLUGIN)
    run_nbgrader(root, f"db assignment add {SLUG} --duedate={DUE}")
    untouched = (root / "release" / SLUG / f"{SLUG}.ipynb").read_bytes()
    key = answer_key(released.release, untouched)
    for student, time in TIMES.items():
        files = {f"{SLUG}.ipynb": b"{" if student == "unreadable" else key}
        put(root / "submitted" / student / SLUG, files | ({"timestamp.txt": time.encode()} if time else {}))
    with Gradebook(url(root / "gradebook.db")) as gradebook:
        for student in EXTENDED:
            gradebook.update_or_create_student(student)
            gradebook.update_or_create_submission(SLUG, student)
            gradebook.grant_extension(SLUG, student, days=1)
    return root


@pytest.fixture(scope="module")
def books(course):
    """The gradebooks that the two routes fill, each from the same one."""
    ours, theirs = course / "ours.db", course / "gradebook.db"
    shutil.copy(theirs, ours)
    run_nbgrader(course, f"autograde {SLUG}")
    assert grade(course, ours).returncode == 1  # one cannot be read
    return ours, theirs


def grade(course, book, *words):
    """Grade the class as a user would."""
    return autograder(course, "grade", "submitted", "--out", "run", "--gradebook", url(book), *words)


def autograder(course, *words):
    """Run our command in the course's folder."""
    command = [str(Path(sys.executable).parent / "autograder"), "--root", "../..", *map(str, words)]
    return subprocess.run(command, cwd=course, env=environment(course), capture_output=True, text=True, check=False)


def url(book):
    """The gradebook's address."""
    return f"sqlite:///{book}"


def penalties(book):
    """What each student loses."""
    with sqlite3.connect(book) as database:
        return dict(
            database.execute(
                """select s.student_id, n.late_submission_penalty from submitted_notebook n
                   join submitted_assignment s on n.assignment_id = s.id"""
            )
        )


def test_both_routes_take_the_same(course, books):
    """Late by hours, days or weeks, with an extension and beyond it, excused, without a time, and unreadable."""
    ours, theirs = (penalties(book) for book in books)
    assert ours == theirs
    full = 30.0
    for student in TIMES.keys() - {"unreadable"}:
        assert ours[student] == (pytest.approx(SHARE[student] * full) if student in SHARE else None), student


def test_the_export_takes_it_off(course, books):
    """What leaves for the learning platform is the mark less the penalty, and never less than nothing."""
    out = course / "marks.csv"
    done = autograder(course, "export", "run", "--to", "csv", "--out", out, "--gradebook", url(books[0]))
    assert done.returncode == 1, done.stderr  # as above
    with out.open(newline="", encoding="utf-8-sig") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    for student in TIMES.keys() - {"unreadable"}:
        assert float(rows[student]["points"]) == pytest.approx(30 * (1 - SHARE.get(student, 0))), student
        assert float(rows[student]["late penalty"] or 0) == pytest.approx(30 * SHARE.get(student, 0)), student
    assert rows["unreadable"]["points"] == ""


def test_who_was_late_is_known(course, books):
    """The class report counts who handed in after the due date and their own extension of it."""
    assert late_students(url(books[0]), SLUG) == {"hours", "days", "weeks", "overdrawn", "excused", "unreadable"}


def test_a_later_extension_takes_a_penalty_back(course, books):
    """Grading once more is all that it takes."""
    again = course / "again.db"
    shutil.copy(books[0], again)
    with Gradebook(url(again)) as gradebook:
        assert (
            gradebook.find_submission(SLUG, "days").total_seconds_late == timedelta(days=2, seconds=1).total_seconds()
        )
        gradebook.grant_extension(SLUG, "days", days=3)
    assert grade(course, again, "--out", "again", "--student", "days").returncode == 0
    before, after = penalties(books[0]), penalties(again)
    assert after == before | {"days": None}
