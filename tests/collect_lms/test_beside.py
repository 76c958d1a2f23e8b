"""Files that were handed in with a notebook come along, in every form of download, and nothing else does."""

from __future__ import annotations

import pytest

from autograder.collect import beside, lms
from autograder.collect.bounds import MOST_BYTES, MOST_BYTES_EACH, MOST_FILES, MOST_FOLDERS
from tests.collect_lms.downloads import by_student, codes

SLUG = "initialization"
BESIDE = {"mine.py": b"x = 1", "data/table.csv": b"1,2"}
METADATA = b"submission_1:\n  :submitters:\n  - :name: Ada\n    :sid: 7\n"
OWN_FOLDER = {
    "nbgrader": f"ada/{SLUG}/",
    "inbound": f"inbound/ada+{SLUG}+2026-03-02 09:00:00 UTC+k/",
    "moodle": "Ada Lovelace_1_assignsubmission_file_/",
    "gradescope": "submission_1/",
    "folders": "ada/",
}
"""Where a student's files lie, form by form."""

FLAT = {"canvas": "lovelaceada_101_900{}_", "moodle": "Ada Lovelace_1_assignsubmission_file_"}
"""How a student's files are named where all lie in one folder."""


@pytest.fixture
def collected(zipped, tmp_path):
    """Give a function that collects one download after the other: the plan of the last, and what the tree then holds."""

    def collect(*downloads):
        for number, files in enumerate(downloads):
            plan = lms.plan([zipped(f"{number}.zip", files)], SLUG)
            lms.carry_out(plan, tmp_path / "out")
        (planned,) = plan.students
        return plan, dict(beside(tmp_path / "out" / planned.person.student / SLUG, ()).files)

    return collect


@pytest.mark.parametrize("form", OWN_FOLDER)
def test_what_lies_in_the_students_folder_comes_along(form, collected):
    """Below the notebook too; other notebooks, and what computers leave behind, do not."""
    folder = OWN_FOLDER[form]
    files = [(f"{folder}{name}", content) for name, content in BESIDE.items()]
    files += [(f"{folder}{name}", b"x") for name in (f"{SLUG}.ipynb", ".DS_Store", "__pycache__/mine.cpython-311.pyc")]
    files += [("submission_metadata.yml", METADATA)] * (form == "gradescope")
    plan, found = collected([*files, ("elsewhere/notes.txt", b"nobody's")])
    assert found == BESIDE
    assert [one.member for one in plan.unmatched] == ["elsewhere/notes.txt"]


@pytest.mark.parametrize("form", FLAT)
def test_where_all_lie_in_one_folder_the_name_says_whose_it_is(form, collected):
    """Nobody gets another one's file."""
    mine = [(FLAT[form].format(n) + name, name.encode()) for n, name in enumerate(("mine.py", f"{SLUG}.ipynb"))]
    other = (FLAT[form].format(3).replace("_1", "_2") + "theirs.py", b"x")
    plan, found = collected([*mine, other])
    assert found == {"mine.py": b"mine.py"}
    assert [one.member for one in plan.unmatched] == [other[0]]


def test_a_module_that_a_platform_renamed_gets_its_name_back(collected):
    """Canvas counts what is handed in again, and nobody can import `mine-1`; data keeps the name that it has."""
    names = (f"{SLUG}-1.ipynb", "mine-1.py", "table-1.csv", "other.py", "other-2.py")
    _, found = collected([(FLAT["canvas"].format(n) + name, name.encode()) for n, name in enumerate(names)])
    assert found == {name: name.encode() for name in ("table-1.csv", "other.py", "other-2.py")} | {
        "mine.py": b"mine-1.py"
    }


def test_flat_notebooks_have_nothing_beside_them(zipped):
    """A folder of everybody's notebooks is nobody's own."""
    plan = lms.plan([zipped("flat.zip", [("ada.ipynb", b"1"), ("bob.ipynb", b"2"), ("mine.py", b"3")])], SLUG)
    assert {student: one.chosen.beside for student, one in by_student(plan).items()} == {"ada": (), "bob": ()}
    assert [one.member for one in plan.unmatched] == ["mine.py"]


def test_a_later_download_replaces_the_files_and_keeps_the_earlier_ones(collected, tmp_path):
    """What is no longer handed in does not lie about to be imported; a file may become a folder, and the other way round."""
    folder = OWN_FOLDER["moodle"]
    first = [(f"{folder}{name}", b"1") for name in (f"{SLUG}.ipynb", "gone.py", "file", "folder/in/it.py", "same.py")]
    second = [(f"{folder}{name}", b"1") for name in (f"{SLUG}.ipynb", "file/inner.py", "folder", "same.py")]
    _, found = collected(first, second)
    assert sorted(found) == ["file/inner.py", "folder", "same.py"]
    kept = tmp_path / "out" / "1" / "attempts" / SLUG
    (notebook,) = kept.glob("*.ipynb")
    assert sorted(dict(beside(kept / notebook.stem, ()).files)) == ["file", "folder/in/it.py", "gone.py", "same.py"]
    _, again = collected(first, second, second)
    assert again == found
    assert len(list(kept.glob("*.ipynb"))) == 2  # the first came once more, in place of the second


def test_only_another_file_beside_the_notebook_is_another_attempt(zipped, tmp_path):
    """The same notebook with the same files is what was there; with another file it is not."""
    folder = OWN_FOLDER["moodle"]
    one, two = (
        lms.plan([zipped(f"{text}.zip", [(f"{folder}{SLUG}.ipynb", b"1"), (f"{folder}m.py", text.encode())])], SLUG)
        for text in ("one", "two")
    )
    target = tmp_path / "out"
    assert lms.carry_out(one, target).written == ("1",)
    assert lms.carry_out(one, target).unchanged == ("1",)
    assert lms.carry_out(two, target).replaced == ("1",)


TOO_MUCH = {
    "many": [(f"f{n:03}", b"") for n in range(MOST_FILES + 1)],
    "large": [("large", b"0" * (MOST_BYTES_EACH + 1))],
    "total": [(f"part{n}", b"0" * MOST_BYTES_EACH) for n in range(MOST_BYTES // MOST_BYTES_EACH + 1)],
    "deep": [("d/" * (MOST_FOLDERS + 1) + "f", b"")],
    "name": [("x" * 250, b""), ("a", b""), ("a/b", b"")],
}


@pytest.mark.parametrize("why", TOO_MUCH)
def test_too_much_is_left_out_and_said(why, collected):
    """The same bounds as when it is graded; the notebook and the rest are collected."""
    folder = OWN_FOLDER["nbgrader"]
    files = [(f"{folder}{name}", content) for name, content in [*TOO_MUCH[why], (f"{SLUG}.ipynb", b"1")]]
    plan, found = collected(files)
    left = [name for name, _ in TOO_MUCH[why] if f"{folder}{name}" in codes(plan)]
    assert set(codes(plan).values()) == {why}
    assert sorted(found) == sorted(name for name, _ in TOO_MUCH[why] if name not in left)
    assert len(left) == (2 if why == "name" else 1)


def test_names_that_lead_elsewhere_stay_where_they_are(tmp_path):
    """A backslash in a name of a folder is no way out of the target."""
    folder = tmp_path / "in" / "ada"
    folder.mkdir(parents=True)
    (folder / f"{SLUG}.ipynb").write_bytes(b"1")
    (folder / "..\\..\\..\\evil.py").write_bytes(b"x")
    (tmp_path / "link").write_bytes(b"secret")
    (folder / "link.txt").symlink_to(tmp_path / "link")
    plan = lms.plan([tmp_path / "in"], SLUG)
    lms.carry_out(plan, tmp_path / "out")
    assert set(codes(plan).values()) == {"name", "link"}
    assert not list(tmp_path.rglob("evil.py"))
    assert [path.name for path in (tmp_path / "out" / "ada" / SLUG).iterdir()] == [f"{SLUG}.ipynb"]
