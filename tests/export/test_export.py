"""Marks reach the row of whom they belong to, or nobody's; what is in the way is said before anything is written."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from rich.console import Console

from autograder.deliver.export import ExportError, export, exported_to_json, feedback_zip, gradescope_results, render
from autograder.deliver.export.match import match
from autograder.records import Person
from tests.export.klass import CANVAS, MOODLE, PEOPLE, RESULTS, result


@pytest.fixture
def gradebook(tmp_path):
    """Give a teacher's gradebook of Canvas."""
    path = tmp_path / "gradebook.csv"
    path.write_bytes(CANVAS.encode())
    return path


def test_missing_column_is_refused_with_all_that_there_are(gradebook, tmp_path):
    """The message lists the columns for marks, without those that Canvas computes."""
    with pytest.raises(ExportError, match="No column is called 'initialization'") as error:
        export(RESULTS, "canvas", gradebook, tmp_path / "out.csv", assignment="initialization")
    assert "Warm-up (11)" in str(error.value)
    assert 'Initialization, part "1" (12)' in str(error.value)
    assert "Score" not in str(error.value)
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    "column", ["12", 'Initialization, part "1"', "initialization part 1", 'Initialization, part "1" (12)']
)
def test_column_is_found_by_id_title_or_header(column, gradebook, tmp_path):
    """Capitals and punctuation do not matter where one column alone is called so."""
    report = export(RESULTS, "canvas", gradebook, tmp_path / "out.csv", assignment="x", column=column)
    assert report.column.endswith("(12)")


def test_columns_of_the_same_title_must_be_told_apart_by_id(tmp_path):
    """Two assignments of one title are a question, not a guess."""
    path = tmp_path / "g.csv"
    path.write_text("Student,ID,Section,quiz (1),quiz (2)\n    Points Possible,,,1,1\nAda,101,x,,\n")
    with pytest.raises(ExportError, match="Several columns"):
        export(RESULTS[:1], "canvas", path, tmp_path / "o.csv", assignment="quiz", people=PEOPLE)
    assert (
        export(RESULTS[:1], "canvas", path, tmp_path / "o.csv", assignment="quiz", column="2", people=PEOPLE).filled
        == 1
    )
    assert (tmp_path / "o.csv").read_text().endswith("Ada,101,x,,12.00\n")


def test_nothing_is_replaced_unasked(gradebook, tmp_path):
    """A file that exists stays, unless force is said; then also the template itself may be filled."""
    before = gradebook.read_bytes()
    for form, template in (("canvas", gradebook), ("csv", None), ("json", None), ("gradescope", None)):
        with pytest.raises(ExportError, match="--force"):
            export(RESULTS, form, template, gradebook, assignment="x", column="12")
    assert gradebook.read_bytes() == before
    assert (
        export(RESULTS, "canvas", gradebook, gradebook, assignment="x", column="12", people=PEOPLE, force=True).filled
        == 4
    )
    assert gradebook.read_bytes() != before
    assert not list(tmp_path.glob(".*"))


def test_exporting_twice_changes_nothing_the_second_time(gradebook):
    """The report says how many cells differ."""
    export(RESULTS, "canvas", gradebook, gradebook, assignment="x", column="12", people=PEOPLE, force=True)
    first = gradebook.read_bytes()
    report = export(RESULTS, "canvas", gradebook, gradebook, assignment="x", column="12", people=PEOPLE, force=True)
    assert (report.filled, report.changed) == (4, 0)
    assert gradebook.read_bytes() == first


def test_students_are_found_without_a_roster_by_what_their_folder_is_called(gradebook, tmp_path):
    """A folder may be called by the id, the login or the name."""
    results = [
        result("101", 1.0),
        result("jose", 2.0),
        result("S3", 3.0),
        result("Sam Smith", 4.0),
        result("nobody", 5.0),
    ]
    report = export(results, "canvas", gradebook, tmp_path / "o.csv", assignment="x", column="12")
    assert report.filled == 4
    assert [(left.student, left.points) for left in report.unmatched] == [("nobody", "7.00")]


def test_marks_are_converted_only_when_asked(tmp_path):
    """Where the platform counts to another number of points, a note says so, and `scale` converts."""
    path = tmp_path / "w.csv"
    path.write_bytes(MOODLE.replace("12,00", "100,00").encode())
    report = export(RESULTS[:1], "moodle", path, tmp_path / "a.csv", assignment="x", people=PEOPLE)
    assert "100.00 points, the assignment to 12.00" in report.notes[0]
    assert ";12,00;100,00;" in (tmp_path / "a.csv").read_text("utf-8")
    export(RESULTS[1:2], "moodle", path, tmp_path / "b.csv", assignment="x", people=PEOPLE, scale=True)
    assert ";76,04;100,00;" in (tmp_path / "b.csv").read_text("utf-8")


def test_worksheet_in_an_unknown_language_needs_the_column_named(tmp_path):
    """Participants are recognised by their cells; the column for marks is asked for, with all that there are."""
    path = tmp_path / "w.csv"
    path.write_text("Tunnus,Nimi,Pisteet\nOsallistuja 657693,Ada,\n", "utf-8")
    with pytest.raises(ExportError, match="--column") as error:
        export(RESULTS[:1], "moodle", path, tmp_path / "o.csv", assignment="x", people=PEOPLE)
    assert "Pisteet" in str(error.value)
    export(RESULTS[:1], "moodle", path, tmp_path / "o.csv", assignment="x", people=PEOPLE, column="Pisteet")
    assert (tmp_path / "o.csv").read_text("utf-8").endswith("Osallistuja 657693,Ada,12.00\n")


@pytest.mark.parametrize("form", ["canvas", "moodle"])
def test_another_file_is_no_template(form, tmp_path):
    """A file of another kind is refused, not filled."""
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(ExportError, match="template is not a"):
        export(RESULTS, form, path, tmp_path / "o.csv", assignment="x")
    with pytest.raises(ExportError, match="cannot be read"):
        export(RESULTS, form, tmp_path / "nowhere.csv", tmp_path / "o.csv", assignment="x")


def test_what_makes_no_sense_is_refused(tmp_path):
    """An unknown form, a template where there is none, a student twice, a student who would leave the folder."""
    out = tmp_path / "o"
    with pytest.raises(ExportError, match="no export to 'xls'"):
        export(RESULTS, "xls", None, out, assignment="x")
    with pytest.raises(ExportError, match="takes no template"):
        export(RESULTS, "json", tmp_path, out, assignment="x")
    with pytest.raises(ExportError, match="several results of ada"):
        export(RESULTS + RESULTS[:1], "json", None, out, assignment="x")
    with pytest.raises(ExportError, match="cannot be folders"):
        export([result("../ada")], "gradescope", None, out, assignment="x")
    assert not out.exists()


def test_penalties_are_taken_away_and_never_below_zero(tmp_path):
    """Late penalties of the gradebook count in what leaves the house."""
    export(RESULTS[:2], "json", None, tmp_path / "o.json", assignment="x", penalties={"ada": 1.5, "jose": 99.0})
    points = {one["student"]: one["points"] for one in json.loads((tmp_path / "o.json").read_text())["students"]}
    assert points == {"ada": 10.5, "jose": 0.0}


@pytest.mark.parametrize("status", ["held", "unreadable", "missing"])
def test_no_result_without_a_mark_becomes_a_zero_on_gradescope(status):
    """What has no mark cannot be written at all; the reason is for whoever reads it."""
    with pytest.raises(ExportError, match=f"{status}.*\n.*damaged"):
        gradescope_results(result("ada", status=status))


def test_results_of_gradescope_come_as_a_zip_too(tmp_path):
    """One file to keep, with the same bytes every time."""
    export(RESULTS, "gradescope", None, tmp_path / "a.zip", assignment="x")
    export(RESULTS, "gradescope", None, tmp_path / "b.zip", assignment="x")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert "ada/results.json" in zipfile.ZipFile(tmp_path / "a.zip").namelist()


def test_report_shows_everybody_who_was_left_out(gradebook, tmp_path):
    """Nothing is lost silently: the terminal and the JSON name each student and the reason."""
    report = export(
        (*RESULTS, result("\x1b[2Jx")),
        "canvas",
        gradebook,
        tmp_path / "o.csv",
        assignment="x",
        column="12",
        people=PEOPLE,
    )
    out = io.StringIO()
    Console(file=out, width=160, color_system=None).print(render(report))
    for text in ("held", "unreadable", "'EX' stays", "no row of this student", "Student, Test", "4 marks"):
        assert text in out.getvalue()
    assert "\x1b" not in out.getvalue()
    assert len(json.loads(json.dumps(exported_to_json(report)))["blank"]) == 2


# --- matching ---


def test_most_exact_id_wins_over_a_name():
    """An id that is somebody's is never overruled by a name that is another's."""
    people = [Person("a", "Bob", (("canvas", "1"),))]
    rows = {1: {"canvas": "1", "name": "Ada"}, 2: {"canvas": "2", "name": "Bob"}}
    assert match(["a"], people, rows).rows == {"a": 1}
    assert match(["a"], people, {2: rows[2]}).rows == {}


def test_row_of_two_students_and_name_of_two_rows_give_no_mark_to_anybody():
    """A doubt is said, not decided."""
    people = [Person("a", "Wei Chen"), Person("b", "Chen, Wei")]
    matches = match(["a", "b"], people, {1: {"name": "Wei Chen"}})
    assert matches.rows == {}
    assert "the same row" in matches.unmatched["a"]
    matches = match(["a"], people, {1: {"name": "Wei Chen"}, 2: {"name": "Chen Wei"}})
    assert matches.unmatched == {"a": "several rows are called so"}


def test_digits_in_a_login_are_no_participant():
    """`ada2` is not Participant 2."""
    assert match(["ada2"], [], {1: {"participant": "Participant 2"}}).rows == {}
    assert match(["2"], [], {1: {"participant": "Participant 2"}}).rows == {"2": 1}


# --- feedback ---

COLLECTED = (
    Person("ada", "Lovelace, Ada", (("canvas", "101"),), "lovelaceada_LATE_101_9001"),
    Person("x", "", (("anonymous", "x7Kq2"),), "anon_x7Kq2_9002"),
    Person("jose", "José Müller", (("participant", "7"),), "José Müller_7_assignsubmission_file"),
    Person("old", "Old/Name", (("participant", "8"),), "Old Name_8"),
    Person("rostered", "Ro Ster", (("participant", "9"), ("canvas", "109"))),
)


@pytest.fixture
def pages(tmp_path):
    """Give feedback as ours and as nbgrader's."""
    folder = tmp_path / "feedback"
    folder.mkdir()
    for person in COLLECTED[1:]:
        (folder / f"{person.student}.html").write_text(person.student)
    (folder / "ada" / "initialization").mkdir(parents=True)
    (folder / "ada" / "initialization" / "initialization.html").write_text("ada")
    return folder


def test_feedback_for_canvas_bears_the_users_and_the_attachments_ids(pages, tmp_path):
    """Canvas reads the first two numbers between underscores, or `anon` and what follows."""
    made = feedback_zip(pages, COLLECTED, "canvas", tmp_path / "f.zip")
    archive = zipfile.ZipFile(made.out)
    assert archive.namelist() == ["anon_x7Kq2_9002_feedback.html", "lovelaceada_LATE_101_9001_feedback.html"]
    assert archive.read("lovelaceada_LATE_101_9001_feedback.html") == b"ada"
    assert [left.student for left in made.unmatched] == ["jose", "old", "rostered"]


def test_feedback_for_moodle_lies_in_folders_named_as_moodle_names_them(pages, tmp_path):
    """Moodle reads the name, the participant and the plugin's two names, between underscores."""
    made = feedback_zip(pages, COLLECTED, "moodle", tmp_path / "f.zip")
    assert zipfile.ZipFile(made.out).namelist() == [
        "José Müller_7_assignsubmission_file/feedback.html",
        "Old Name_8_assignsubmission_file_/feedback.html",
        "Ro Ster_9_assignsubmission_file_/feedback.html",
    ]
    for name in zipfile.ZipFile(made.out).namelist():
        parts = name.split("/")[0].split("_", 4)
        assert len(parts) >= 4
        assert parts[1].isdecimal()
        assert parts[2:4] == ["assignsubmission", "file"]


def test_no_feedback_and_a_file_in_the_way_are_said(pages, tmp_path):
    """Nothing empty is uploaded, nothing replaced."""
    with pytest.raises(ExportError, match="no feedback"):
        feedback_zip(tmp_path / "nowhere", COLLECTED, "moodle", tmp_path / "f.zip")
    feedback_zip(pages, COLLECTED, "moodle", tmp_path / "f.zip")
    with pytest.raises(ExportError, match="--force"):
        feedback_zip(pages, COLLECTED, "moodle", tmp_path / "f.zip")
