"""The whole day on a class of sixty, on every platform, with the commands that an instructor types."""

from __future__ import annotations

import json
import zipfile

import pytest
from nbgrader.api import Gradebook

from autograder.deliver.feedback import feedback_name
from tests.day.downloads import FORMS, cells
from tests.day.klass import BY_HAND, CLASS, LATE
from tests.day.play import EXPORTS, SLUG

pytestmark = [
    pytest.mark.slow,  # fifty commands; six hundred notebooks graded
    pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning"),  # nbgrader's own way of adding rows
]
TIMED = ("gradescope", "nbgrader")
"""Platforms whose downloads say when something was handed in."""

HANDED_IN = [one for one in CLASS if one.odd not in ("report", "nothing")]
STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@pytest.fixture(params=FORMS)
def day(request, days):
    """One platform's day, over."""
    return days[request.param][0]


@pytest.mark.parametrize("form", FORMS)
def test_golden_of_the_day(form, days, golden):
    """What was recognised, refused and found, who moved, and what was written: read by eye."""
    said = "\n".join(days[form][1])
    golden(f"{form}.txt", (said + "\n").encode())


@pytest.mark.parametrize("when", ["before", "after"])
def test_golden_of_the_marks(day, when, golden):
    """What the instructor uploads, byte for byte; of Gradescope's files the points."""
    path = day.folder / f"{when}.{EXPORTS[day.form]}"
    if day.form == "gradescope":
        golden(f"gradescope_{when}.txt", "".join(f"{line}\n" for line in gradescope_points(path)).encode())
    else:
        golden(f"{day.form}_{when}{path.suffix}", path.read_bytes())


def gradescope_points(path):
    """One line for each student: the score, what was said, and the points of each test."""
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            table = json.loads(archive.read(name))
            tests = " ".join(f"{test['score']:g}" for test in table["tests"])
            yield f"{name.split('/')[0]}  {table['score']:.2f}  {tests}  {table['output'].splitlines()[-1:]}"


def test_everybody_gets_what_their_answers_are_worth(day):
    """The points of each student are those that the rules of marking give, worked out by hand answer by answer."""
    results = day.results()
    assert results.keys() == {day.student(one) for one in HANDED_IN}
    for one in HANDED_IN:
        found = results[day.student(one)]
        if one.odd == "unreadable":
            assert (found["status"], found["score"]) == ("unreadable", None)
        else:
            assert (found["status"], found["score"]) == ("graded", one.points_afterwards), one.login


def test_the_table_of_results_before_is_kept(day):
    """What held until noon lies beside what holds now."""
    (before,) = day.run.glob("results-*.json")
    table = {one["student"]: one["score"] for one in json.loads(before.read_text())["submissions"]}
    for one in HANDED_IN:
        if one.odd != "unreadable":
            assert table[day.student(one)] == one.points, one.login


def test_what_leaves_the_house_is_points_by_hand_and_lateness_included(day):
    """Tests, the text answer that a person marked, and two points less for who was late where the time is known."""
    marks = exported_marks(day)
    for one in HANDED_IN:
        if one.odd != "unreadable":
            late = 2.0 * (one.login in LATE and day.form in TIMED)
            wanted = one.points_afterwards + BY_HAND.get(one.login, 0.0) - min(late, one.points_afterwards)
            assert marks[day.student(one)] == f"{wanted:.2f}", one.login


def exported_marks(day):
    """The marks that were exported last, by student, read as whoever takes the file reads it."""
    path = day.folder / f"after.{EXPORTS[day.form]}"
    if day.form == "gradescope":
        with zipfile.ZipFile(path) as archive:
            return {name.split("/")[0]: f"{json.loads(archive.read(name))['score']:.2f}" for name in archive.namelist()}
    if day.form == "folders":
        table = json.loads(path.read_text(encoding="utf-8"))
        return {one["student"]: f"{one['points'] or 0:.2f}" for one in table["students"]}
    rows = list(cells(path))
    columns = {
        "canvas": ("ID", "Initialization (12)"),
        "moodle": ("ID", "Bewertung"),
        "nbgrader": ("student", "points"),
    }
    key, mark = (rows[0].index(name) for name in columns[day.form])
    students = {day.student(one): one for one in CLASS}
    ids = {
        "canvas": {one.canvas: name for name, one in students.items()},
        "moodle": {f"Teilnehmer/in{one.participant}": name for name, one in students.items()},
        "nbgrader": {name.replace("=", "'=").replace("@h", "'@h").replace("+p", "'+p"): name for name in students},
    }[day.form]
    return {ids[row[key]]: row[mark].replace(",", ".") for row in rows[1:] if row[key] in ids}


def test_no_cell_that_we_wrote_is_a_formula(day):
    """Whoever is called or calls themselves =1+1, +cmd, -1+1, @SUM, tab or return: a spreadsheet computes nothing."""
    if EXPORTS[day.form] != "csv":
        pytest.skip("no spreadsheet opens this form")
    theirs = set() if day.download.template is None else {cell for row in cells(day.download.template) for cell in row}
    for when in ("before", "after"):
        ours = {cell for row in cells(day.folder / f"{when}.csv") for cell in row} - theirs
        assert ours
        assert not [cell for cell in ours if cell.lstrip(" ").startswith(STARTS)]


def test_pages_for_everybody_and_for_the_class(day):
    """Feedback for each who handed in, under a name that is safe; the report counts who was late where it is known."""
    for one in HANDED_IN:
        page = (day.run / "feedback" / f"{feedback_name(day.student(one))}.html").read_text(encoding="utf-8")
        assert ("points are taken off the mark" in page) == (one.login in LATE and day.form in TIMED), one.login
        assert ("from your instructor" in page) == (one.login in BY_HAND), one.login
    assert len(list((day.run / "feedback").glob("*.html"))) == len(HANDED_IN)
    report = (day.run / "report.html").read_text(encoding="utf-8")
    assert ("late, among these" in report) == (day.form in (*TIMED, "canvas"))
    for one in HANDED_IN:
        assert one.login not in report or len(one.login) < 8  # anonymous


def test_the_gradebook_holds_the_same(day):
    """nbgrader's own reading of its database: tests, manual marks and penalties, after the regrade."""
    with Gradebook(day.book) as gradebook:
        for one in HANDED_IN:
            found = gradebook.find_submission(SLUG, day.student(one))
            if one.odd != "unreadable":
                assert found.score == one.points_afterwards + BY_HAND.get(one.login, 0.0), one.login
                assert bool(found.late_submission_penalty) == (one.login in LATE and day.form in TIMED)
