"""What is written: an nbgrader tree with names of ours, every attempt kept, and a record of where it came from."""

from __future__ import annotations

import io
import json

from nbgrader.utils import parse_utc
from rich.console import Console

from autograder.collect import NoSubmissionsError, find, lms
from tests.collect_lms.downloads import notebook

MOODLE = "Ada Lovelace_1_assignsubmission_file/initialization.ipynb"


def tree(folder):
    """Give every file below a folder, with its content."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_planning_writes_nothing(zipped, tmp_path):
    """A dry run leaves the disk as it was."""
    source = zipped("m.zip", [(MOODLE, b"1")])
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    lms.render(lms.plan([source], "initialization"))
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_the_tree_is_nbgraders_and_the_next_step_finds_it(zipped, tmp_path):
    """The latest attempt is where nbgrader and `find` look; nothing else looks like a submission."""
    files = [
        ("inbound/ada+initialization+2026-03-02 09:00:00 UTC+k/initialization (1).ipynb", b"late"),
        ("inbound/ada+initialization+2026-03-01 09:00:00 UTC+k/initialization.ipynb", b"early"),
        ("inbound/bob+initialization+2026-03-01 09:00:00 UTC+k/initialization.ipynb", b"bob"),
    ]
    target = tmp_path / "submitted"
    collected = lms.carry_out(lms.plan([zipped("x.zip", files)], "initialization"), target)
    assert collected.written == ("ada", "bob")
    files = tree(target)
    assert files.pop("ada/initialization/initialization.ipynb") == b"late"
    assert files.pop("bob/initialization/initialization.ipynb") == b"bob"
    assert parse_utc(files.pop("ada/initialization/timestamp.txt").decode().strip()).day == 2
    assert parse_utc(files.pop("bob/initialization/timestamp.txt").decode().strip()).day == 1
    assert files.pop("collected-initialization.json")
    assert list(files.values()) == [b"early"]
    assert next(iter(files)).startswith("ada/attempts/initialization/01-")
    assert [one.student for one in find(target, "initialization")] == ["ada", "bob"]


def test_collecting_again_changes_nothing_and_a_later_download_keeps_what_was_there(zipped, tmp_path):
    """The same plan twice is the same tree; another notebook replaces the first, which is kept once."""
    target = tmp_path / "out"
    one = lms.plan([zipped("one.zip", [(MOODLE, b"A")])], "initialization")
    assert lms.carry_out(one, target).written == ("1",)
    first = tree(target)
    assert lms.carry_out(one, target).unchanged == ("1",)
    assert tree(target) == first
    two = lms.plan([zipped("two.zip", [(MOODLE, b"B")])], "initialization")
    assert lms.carry_out(two, target).replaced == ("1",)
    assert lms.carry_out(one, target).replaced == ("1",)
    assert lms.carry_out(two, target).replaced == ("1",)
    files = tree(target)
    assert files["1/initialization/initialization.ipynb"] == b"B"
    assert sorted(data for name, data in files.items() if "attempts" in name) == [b"A", b"B"]


def test_time_of_an_earlier_attempt_does_not_stay(zipped, tmp_path):
    """A notebook whose time is unknown must not be judged late by the time of another."""
    target = tmp_path / "out"
    timed = zipped(
        "n.zip",
        [
            ("submitted/1/initialization/initialization.ipynb", b"A"),
            ("submitted/1/initialization/timestamp.txt", b"2026-03-01 10:00:00 UTC"),
        ],
    )
    lms.carry_out(lms.plan([timed], "initialization"), target)
    assert (target / "1/initialization/timestamp.txt").exists()
    lms.carry_out(lms.plan([zipped("m.zip", [(MOODLE, b"B")])], "initialization"), target)
    assert not (target / "1/initialization/timestamp.txt").exists()


def test_damaged_latest_attempt_falls_back_to_the_one_before_and_says_so(zipped, tmp_path):
    """A broken download costs no student the submission."""
    path = zipped(
        "c.zip", [("ada_1_10_initialization.ipynb", b"first one"), ("ada_1_11_initialization-1.ipynb", b"second one")]
    )
    path.write_bytes(path.read_bytes().replace(b"second one", b"damaged!!!"))
    collected = lms.carry_out(lms.plan([path], "initialization"), tmp_path / "out")
    assert [problem.member for problem in collected.problems] == ["ada_1_11_initialization-1.ipynb"]
    assert tree(tmp_path / "out")["1/initialization/initialization.ipynb"] == b"first one"


def test_file_that_changed_since_the_plan_was_shown_is_not_taken(tmp_path):
    """What is collected is what was seen, also of the same length."""
    (tmp_path / "in").mkdir()
    for name in ("ada", "bob"):
        (tmp_path / "in" / f"{name}.ipynb").write_bytes(b"seen")
    plan = lms.plan([tmp_path / "in"], "initialization")
    (tmp_path / "in" / "ada.ipynb").write_bytes(b"else")
    collected = lms.carry_out(plan, tmp_path / "out")
    assert collected.written == ("bob",)
    assert [problem.member for problem in collected.problems] == ["ada.ipynb"]


def test_people_come_back_from_the_record_also_those_of_an_earlier_collection(zipped, tmp_path):
    """Marks and feedback need the ids later, when the zip may be gone."""
    target = tmp_path / "out"
    lms.carry_out(lms.plan([zipped("m.zip", [(MOODLE, b"A")])], "initialization"), target)
    lms.carry_out(lms.plan([zipped("c.zip", [("bob_7_8_initialization.ipynb", b"B")])], "initialization"), target)
    ada, bob = lms.read_people(target, "initialization")
    assert (ada.student, ada.name, ada.id("participant")) == ("1", "Ada Lovelace", "1")
    assert ada.handed_in == "Ada Lovelace_1_assignsubmission_file"
    assert (bob.student, bob.id("canvas"), bob.handed_in) == ("7", "7", "bob_7_8")
    (target / "collected-initialization.json").write_text("{")
    assert lms.read_people(target, "initialization") == ()


def test_nothing_found_writes_no_student(zipped, tmp_path):
    """An archive without notebooks is a plan without students."""
    plan = lms.plan([zipped("x.zip", [("readme.txt", b"")])], "initialization")
    assert plan.students == ()
    lms.carry_out(plan, tmp_path / "out")
    try:
        find(tmp_path / "out", "initialization")
    except NoSubmissionsError:
        return
    raise AssertionError("found something")


def test_the_plan_is_shown_with_everything_and_without_escapes(zipped, tmp_path):
    """Names, forms, refusals and reasons reach the terminal; a file's name cannot command it."""
    files = [
        ("lovelaceada_LATE_101_9001_initialization.ipynb", notebook()),
        ("evil\x1b[2J_1_2_initialization.ipynb", b"x"),
        ("[red]bob_3_4_notes.txt", b"x"),
    ]
    roster = tmp_path / "r.csv"
    roster.write_text("student,canvas\nada,101\nzoe,102\n")
    plan = lms.plan([zipped("c.zip", files)], "initialization", roster)
    out = io.StringIO()
    Console(file=out, width=200, color_system=None).print(lms.render(plan))
    text = out.getvalue()
    assert "Canvas" in text
    assert "LATE" in text
    assert "evil\\u001b[2J_1_2" in text
    assert "[red]bob_3_4_notes.txt" in text
    assert "zoe" in text
    assert "\x1b" not in text


def test_the_plan_is_plain_data(zipped):
    """`--json` gives the same."""
    table = json.loads(json.dumps(lms.plan_to_json(lms.plan([zipped("m.zip", [(MOODLE, b"A")])], "initialization"))))
    assert table["sources"][0]["form"] == "moodle"
    assert table["students"][0]["attempts"][0]["member"] == MOODLE
    assert set(table) == {"assignment", "sources", "students", "problems", "unmatched", "notes", "missing"}


def test_written_files_are_ordinary_whatever_the_archive_declared(zipped, tmp_path):
    """No bit of an archive's permissions reaches the disk."""
    lms.carry_out(lms.plan([zipped("m.zip", [(MOODLE, b"A")])], "initialization"), tmp_path / "out")
    mode = (tmp_path / "out/1/initialization/initialization.ipynb").stat().st_mode
    assert mode & 0o7133 == 0
