"""Where feedback is written: always inside the folder, one file for one student, under a name that can be read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.deliver.feedback import feedback_name, write_feedback, write_whole
from autograder.records import Graded
from tests.deliver.class_in_code import RELEASE, WRONG, graded
from tests.deliver.payloads import PAYLOADS

HOSTILE = ["../../etc/passwd", "..", ".", "", "/", "a/b", "a:b", "con", "COM1.txt", " x ", "x.", "~", "a~b", "é" * 300]


def of(student: str) -> Graded:
    """Give the same work, handed in by somebody else."""
    work = graded(WRONG)
    return replace(work, result=replace(work.result, student=student))


@pytest.mark.parametrize(
    "name", ["ada", "Zoë O'Neill", "Иван Петров", "李 雷", "van der Berg, J.", "s123456", "a@b.org"]
)
def test_an_ordinary_name_stays_as_it_is(name):
    """Instructors find a student by name."""
    assert feedback_name(name) == name


@pytest.mark.parametrize("name", [*HOSTILE, *PAYLOADS.values()])
def test_no_name_leads_outside_of_the_folder(name, tmp_path):
    """Whatever a student is called, the page lies in the folder."""
    path = write_feedback(tmp_path / "feedback", RELEASE, of(name))
    assert path.resolve().parent == (tmp_path / "feedback").resolve()
    assert path.is_file()
    assert path.with_suffix(".txt").is_file() or path.parent.joinpath(f"{path.name[:-5]}.txt").is_file()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["feedback"]


def test_names_that_look_alike_get_files_of_their_own(tmp_path):
    """Two students never share a page: each name keeps its own number."""
    names = ["a/b", "a:b", "a_b", "a b", "a  b", "e\u0301", "\u00e9", "a/b~1", "../a", "./a"]
    paths = {write_feedback(tmp_path, RELEASE, of(name)) for name in names}
    assert len(paths) == len(names)
    assert len(list(tmp_path.iterdir())) == 2 * len(names)


def test_a_page_of_somebody_else_is_never_overwritten(tmp_path):
    """Where a file system takes "Ada" and "ada" for one, the second still gets a page of her own."""
    first = write_feedback(tmp_path, RELEASE, of("ada"))
    first.rename(tmp_path / "Ada.html")  # as if the file system had folded the case
    second = write_feedback(tmp_path, RELEASE, of("Ada"))
    assert second.name.startswith("Ada~")
    assert ">ada<" in (tmp_path / "Ada.html").read_text()


def test_writing_again_replaces_the_page(tmp_path):
    """A second run leaves no second page, and nothing half written."""
    paths = [write_feedback(tmp_path, RELEASE, of("ada")) for _ in range(3)]
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["ada.html", "ada.txt"]
    assert set(paths) == {tmp_path / "ada.html"}


@given(st.text(max_size=400), st.text(max_size=400))
def test_different_students_have_different_names(one, other):
    """The name of a file tells any two students apart, and fits into a file system."""
    assert (feedback_name(one) == feedback_name(other)) == (one == other)
    assert 0 < len(feedback_name(one, numbered=True).encode()) <= 245


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path):
    """A file that fails half-way (here at a letter that UTF-8 has not) is gone, and the page before it stays."""
    page = tmp_path / "ada.html"
    write_whole(page, "before")
    with pytest.raises(UnicodeEncodeError):
        write_whole(page, "after \ud800")
    assert [path.name for path in tmp_path.iterdir()] == ["ada.html"]
    assert page.read_text(encoding="utf-8") == "before"
