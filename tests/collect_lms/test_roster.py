"""A roster says who is behind a platform's ids, whoever wrote it and however it was saved."""

from __future__ import annotations

import pytest

from autograder.collect import lms
from tests.collect_lms.downloads import by_student

OWN = """student,name,canvas id,number,email
ada,"Lovelace, Ada",101,S1,ada@example.org
jose,José Müller,102,S2,jose@example.org
"""

CANVAS_GRADEBOOK = """Student,ID,SIS User ID,SIS Login ID,Section,initialization (77)
    Points Possible,,,,,30.00
"Lovelace, Ada",101,S1,ada,Lecture,
"Müller, José",102,S2,jose,Lecture,
"Student, Test",199,,,Lecture,
"""

MOODLE_GERMAN = """ID;Vollständiger Name;ID-Nummer;E-Mail-Adresse;Status;Bewertung
Teilnehmer/in657693;Ada Lovelace;S1;ada@example.org;;
Teilnehmer/in657694;José Müller;S2;jose@example.org;;
"""

MOODLE_PARTICIPANTS = """Prénom,Nom,Numéro d'identification,Adresse de courriel
Ada,Lovelace,S1,ada@example.org
José,Müller,S2,jose@example.org
"""

NBGRADER = """id,last_name,first_name,email,lms_user_id
ada,Lovelace,Ada,ada@example.org,101
jose,Müller,José,jose@example.org,102
"""

GRADESCOPE = "First Name,Last Name,SID,Email\nAda,Lovelace,S1,ada@example.org\nJosé,Müller,S2,jose@example.org\n"


@pytest.mark.parametrize(
    ("text", "students"),
    [
        (OWN, ["ada", "jose"]),
        (CANVAS_GRADEBOOK, ["ada", "jose", "199"]),
        (MOODLE_GERMAN, ["S1", "S2"]),
        (MOODLE_PARTICIPANTS, ["S1", "S2"]),
        (NBGRADER, ["ada", "jose"]),
        (GRADESCOPE, ["S1", "S2"]),
    ],
    ids=["own", "canvas", "moodle-german", "moodle-french", "nbgrader", "gradescope"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_platforms_list_of_people_is_a_roster(text, students, encoding, delimiter, roster):
    """The same people come out of each list, with any encoding, delimiter and line end."""
    if delimiter == "\t" or ";" not in text:
        text = text.replace(", ", "\0").replace(";", ",").replace(",", delimiter).replace("\0", ", ")
    people = lms.read_roster(roster(text.replace("\n", "\r\n"), encoding))
    assert [person.student for person in people] == students
    assert sorted(people[1].name.replace(",", "").split()) == ["José", "Müller"]


def test_people_are_found_by_id_then_by_name(zipped, roster):
    """An id is exact; without one, a platform's spelling of a name finds who is the only one called so."""
    canvas = zipped("canvas.zip", [("whoever_101_1_a.ipynb", b"1"), ("whoever_102_2_a.ipynb", b"2")])
    folders = zipped("moodle.zip", [("Jose Muller_9_assignsubmission_file/a.ipynb", b"3")])
    plan = lms.plan([canvas, folders], "a", roster(OWN))
    found = by_student(plan)
    assert list(found) == ["ada", "jose"]
    assert all(planned.on_roster for planned in plan.students)
    assert [attempt.member.source.name for attempt in found["jose"].attempts] == ["moodle.zip", "canvas.zip"]
    assert found["jose"].person.id("participant") == "9"
    assert found["jose"].person.id("canvas") == "102"


def test_somebody_else_of_the_same_name_is_somebody_else(zipped, roster):
    """Where the roster knows a person's id, a name does not outweigh another id."""
    plan = lms.plan([zipped("canvas.zip", [("mullerjose_555_2_a.ipynb", b"2")])], "a", roster(OWN))
    assert list(by_student(plan)) == ["555"]


def test_a_name_that_two_people_share_finds_neither(zipped, roster):
    """Nobody gets somebody else's work; the platform's own number stands for them."""
    text = "student,name\nwei1,Wei Chen\nwei2,Chen Wei\n"
    plan = lms.plan([zipped("m.zip", [("Wei Chen_9_assignsubmission_file/a.ipynb", b"1")])], "a", roster(text))
    assert list(by_student(plan)) == ["9"]
    assert [person.student for person in plan.missing] == ["wei1", "wei2"]


def test_who_handed_in_nothing_is_listed(zipped, roster):
    """The roster knows who is missing."""
    plan = lms.plan([zipped("c.zip", [("x_101_1_a.ipynb", b"1")])], "a", roster(OWN))
    assert [person.student for person in plan.missing] == ["jose"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("what,ever\n1,2\n", "none of these columns"),
        ("", "none of these columns"),
        ("student\nada\nada\n", "row 3: 'ada' is there twice"),
        ("student\n../ada\n", "row 2: '../ada' cannot be"),
        ("student\n.ssh\n", "cannot be a folder"),
        ("PK\x03\x04spreadsheet", "not a CSV file"),
        ("a\0b", "not a CSV file"),
    ],
)
def test_a_roster_that_is_none_is_refused_with_the_row(text, message, roster):
    """The message says what to put right, and where."""
    with pytest.raises(lms.CollectError, match=message):
        lms.read_roster(roster(text))


def test_a_name_that_cannot_be_a_folder_leaves_the_next_id(zipped, roster):
    """A login like an option is no folder; the person is still found by it, and one row stops nobody's collecting."""
    text = "student,email,number\n-rf,-rf@example.org,S1\nada,ada@example.org,S2\n"
    files = [("class/-rf/a.ipynb", b"1"), ("class/ada/a.ipynb", b"2")]
    plan = lms.plan([zipped("class.zip", files)], "a", roster(text))
    assert list(by_student(plan)) == ["S1", "ada"]
    assert not plan.problems


def test_a_roster_that_is_not_there_is_said(tmp_path):
    """A misspelt path is the instructor's to put right."""
    with pytest.raises(lms.CollectError, match="cannot be read"):
        lms.plan([], "a", tmp_path / "nowhere.csv")
    with pytest.raises(lms.CollectError, match="no file or folder"):
        lms.plan([tmp_path / "nowhere.zip"], "a")
