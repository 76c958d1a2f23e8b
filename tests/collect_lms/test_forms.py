"""Each platform's download is recognised, and everybody's latest notebook found in it."""

from __future__ import annotations

from datetime import UTC, datetime

from autograder.collect import lms
from tests.collect_lms.downloads import by_student, notebook

CANVAS = [
    ("lovelaceada_101_9001_initialization.ipynb", notebook("ada")),
    ("mullerjose_LATE_102_9002_initialization-2.ipynb", notebook("jose")),
    ("o'brienniamh_103_9003_Initialization (1).ipynb", notebook("niamh 1")),
    ("o'brienniamh_103_9010_initialization-1.ipynb", notebook("niamh 2")),
    ("o'brienniamh_103_9011_scratch.ipynb", notebook("scratch")),
    ("smithsam_104_text.html", b"<p>typed</p>"),
    ("smithsue_105_9005_report.pdf", b"%PDF"),
    ("李小龍_106_9006_answer.ipynb", notebook("li")),
]


def test_canvas_zip_is_recognised_with_ids_lateness_and_attempts(zipped):
    """Flat names give the user's id, LATE and the attachment, whose number says which attempt is the last."""
    plan = lms.plan([zipped("submissions.zip", CANVAS)], "initialization")
    found = by_student(plan)
    assert [source.form for source in plan.sources] == ["canvas"]
    assert list(found) == ["101", "102", "103", "106"]
    assert found["102"].chosen.late
    assert not found["101"].chosen.late
    assert [attempt.file for attempt in found["103"].attempts] == ["Initialization (1).ipynb", "initialization-1.ipynb"]
    assert found["106"].person.ids == (("canvas", "106"),)
    assert found["101"].person.handed_in == "lovelaceada_101_9001"
    assert found["102"].person.handed_in == "mullerjose_LATE_102_9002"


def test_what_is_nobodys_notebook_is_listed_with_the_reason(zipped):
    """Typed answers, other files and a second notebook are said, not dropped."""
    plan = lms.plan([zipped("submissions.zip", CANVAS)], "initialization")
    reasons = {one.member: one.reason for one in plan.unmatched}
    assert "typed or linked on Canvas" in reasons["smithsam_104_text.html"]
    assert reasons["smithsue_105_9005_report.pdf"] == "It is not a notebook."
    assert "Another notebook" in reasons["o'brienniamh_103_9011_scratch.ipynb"]
    assert len(reasons) == 3


def test_anonymous_canvas_zip_keeps_the_anonymous_ids(zipped):
    """`anon_` names a person by an id that only Canvas can resolve."""
    files = [("anon_x7Kq2_9001_initialization.ipynb", b"1"), ("anon_LATE_Ab123_9002_initialization.ipynb", b"2")]
    plan = lms.plan([zipped("anonymous.zip", files)], "initialization")
    found = by_student(plan)
    assert list(found) == ["anon_Ab123", "anon_x7Kq2"]
    assert found["anon_Ab123"].chosen.late
    assert found["anon_x7Kq2"].person.ids == (("anonymous", "x7Kq2"),)


def test_moodle_zip_of_both_generations_is_recognised(zipped):
    """One folder for each student, with or without the last underscore, and the older flat names."""
    files = [
        ("Ada Lovelace_657693_assignsubmission_file/initialization.ipynb", b"1"),
        ("José Müller_657694_assignsubmission_file_/Initialization (2).ipynb", b"2"),
        ("José Müller_657694_assignsubmission_file_/figures/plot.png", b"png"),
        ("Niamh O'Brien_657695_assignsubmission_file_initialization.ipynb", b"3"),
        ("Sam Smith_657696_assignsubmission_onlinetext/onlinetext.html", b"typed"),
    ]
    plan = lms.plan([zipped("moodle.zip", files)], "initialization")
    found = by_student(plan)
    assert plan.sources[0].form == "moodle"
    assert list(found) == ["657693", "657694", "657695"]
    assert found["657694"].person.name == "José Müller"
    assert found["657694"].person.handed_in == "José Müller_657694_assignsubmission_file_"
    assert found["657693"].person.handed_in == "Ada Lovelace_657693_assignsubmission_file"
    assert [name for name, _ in found["657694"].chosen.beside] == ["figures/plot.png"]
    assert {one.member.rpartition("/")[2] for one in plan.unmatched} == {"onlinetext.html"}


GRADESCOPE = """submission_310:
  :submitters:
  - :name: Ada Lovelace
    :sid: '4711'
    :email: ada@example.org
  :created_at: 2026-03-01 10:00:00.000000000 Z
  :score: 0.0
submission_311:
  :submitters:
  - :name: Grace Hopper
    :sid:
    :email: grace@example.org
  - :name: Alan Turing
    :sid: 0042
    :email: alan@example.org
  :created_at: '2026-03-01 12:30:00 +0200'
"""


def test_gradescope_export_gives_every_member_of_a_group_the_groups_work(zipped):
    """The metadata names the submitters and the time; a group's notebook counts for each of them."""
    files = [
        ("assignment_99_export/submission_metadata.yml", GRADESCOPE),
        ("assignment_99_export/submission_310/initialization.ipynb", b"ada"),
        ("assignment_99_export/submission_311/initialization.ipynb", b"pair"),
        ("assignment_99_export/submission_312/initialization.ipynb", b"unknown"),
        ("__MACOSX/assignment_99_export/._submission_metadata.yml", b"junk"),
    ]
    plan = lms.plan([zipped("export.zip", files)], "initialization")
    found = by_student(plan)
    assert plan.sources[0].form == "gradescope"
    assert list(found) == ["34", "4711", "grace@example.org", "submission_312"]  # YAML reads an unquoted 0042 as octal
    assert found["4711"].chosen.time == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert found["grace@example.org"].chosen.time == datetime(2026, 3, 1, 10, 30, tzinfo=UTC)
    assert found["4711"].person.name == "Ada Lovelace"
    assert not plan.unmatched


def test_broken_gradescope_metadata_loses_nobody(zipped):
    """Without readable metadata each folder is a student of its own."""
    for broken in (b"a: [", b"- 1\n- 2", b"submission_1: 7", b"\xff\xfe\x00"):
        files = [("submission_metadata.yml", broken), ("submission_1/initialization.ipynb", b"1")]
        assert list(by_student(lms.plan([zipped("export.zip", files)], "initialization"))) == ["submission_1"]


def test_nbgraders_own_folders_are_recognised_with_their_times(zipped):
    """Both the course's tree and the exchange's inbound folder; of several attempts the latest time wins."""
    files = [
        ("submitted/ada/initialization/initialization.ipynb", b"tree"),
        ("submitted/ada/initialization/timestamp.txt", b"2026-03-01 10:00:00.000000 UTC"),
        ("submitted/ada/other/other.ipynb", b"other"),
        ("inbound/bob+initialization+2026-03-02 09:00:00.500000 UTC+k3y/initialization.ipynb", b"late"),
        ("inbound/bob+initialization+2026-03-01 09:00:00.000000 UTC+zzz/initialization.ipynb", b"early"),
        ("inbound/eve+initialization+2026-03-01 09:00:00 +0100/initialization.ipynb", b"zone"),
        ("inbound/+a+b+initialization+2026-03-01 09:00:00 UTC+k3y/initialization.ipynb", b"plus"),
    ]
    plan = lms.plan([zipped("course.zip", files)], "initialization")
    found = by_student(plan)
    assert plan.sources[0].form == "nbgrader"
    assert found["ada"].chosen.time == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert [attempt.time.day for attempt in found["bob"].attempts] == [2, 1][::-1]
    assert list(found) == ["+a+b", "ada", "bob", "eve"]
    assert found["eve"].chosen.time == datetime(2026, 3, 1, 8, tzinfo=UTC)
    assert [one.member for one in plan.unmatched] == ["submitted/ada/other/other.ipynb"]


def test_plain_folders_and_flat_notebooks_name_the_student(zipped, tmp_path):
    """A folder or a file named after a student, below a common folder or not, in a zip or on the disk."""
    files = [("class/ada/final.ipynb", b"1"), ("class/bob/initialization copy.ipynb", b"2"), ("class/Zoë.ipynb", b"3")]
    plan = lms.plan([zipped("class.zip", files)], "initialization")
    assert (plan.sources[0].form, list(by_student(plan))) == ("folders", ["Zoë", "ada", "bob"])
    place = tmp_path / "flat"
    place.mkdir()
    for name in ("ada.ipynb", "ada (1).ipynb", "team-2.ipynb"):
        (place / name).write_bytes(name.encode())
    plan = lms.plan([place], "initialization")
    assert (plan.sources[0].form, list(by_student(plan))) == ("flat", ["ada", "team-2"])
    assert by_student(plan)["ada"].chosen.file == "ada (1).ipynb"


def test_one_notebook_alone_is_one_students(tmp_path):
    """A single file may be named."""
    (tmp_path / "ada.ipynb").write_bytes(b"1")
    assert list(by_student(lms.plan([tmp_path / "ada.ipynb"], "initialization"))) == ["ada"]


def test_later_download_wins_and_same_file_counts_once(zipped):
    """Two zips hold the same attempt and a new one; a file handed in anew after another one is the last again."""
    folder = "Ada Lovelace_1_assignsubmission_file/initialization.ipynb"
    one, two = zipped("one.zip", [(folder, b"A")]), zipped("two.zip", [(folder, b"B")])
    again = zipped("again.zip", [(folder, b"A")])
    sources = [
        attempt.member.source.name for attempt in by_student(lms.plan([one, two], "initialization"))["1"].attempts
    ]
    assert sources == ["one.zip", "two.zip"]
    found = by_student(lms.plan([one, two, again], "initialization"))["1"]
    assert [attempt.member.source.name for attempt in found.attempts] == ["two.zip", "again.zip"]


def test_newer_canvas_attachment_wins_whatever_the_order_of_the_downloads(zipped):
    """Canvas numbers its attachments, so that the zips may be named in any order."""
    new = zipped("new.zip", [("lovelaceada_101_9002_initialization-1.ipynb", b"B")])
    old = zipped("old.zip", [("lovelaceada_101_9001_initialization.ipynb", b"A")])
    assert by_student(lms.plan([new, old], "initialization"))["101"].chosen.member.source == new


def test_several_notebooks_of_other_names_are_said(zipped):
    """Where no notebook bears the assignment's name, the last one counts and a note says so."""
    files = [("lovelaceada_101_1_a.ipynb", b"a"), ("lovelaceada_101_2_b.ipynb", b"b")]
    plan = lms.plan([zipped("canvas.zip", files)], "initialization")
    assert plan.students[0].chosen.file == "b.ipynb"
    assert "several notebooks" in plan.notes[0]


def test_notebooks_that_a_browser_saved_as_text_are_notebooks(zipped):
    """`.ipynb.txt`, `.ipynb.json` and `.ipynb (1).txt` are what some browsers make of a notebook."""
    names = ("initialization.ipynb.txt", "initialization.ipynb.json", "initialization.ipynb (1).txt")
    files = [(f"student{number}_{number}_9_{name}", b"1") for number, name in enumerate(names)]
    assert len(lms.plan([zipped("canvas.zip", files)], "initialization").students) == 3
