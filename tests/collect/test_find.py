"""What is found in a folder of submissions, whatever lies in it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from autograder import collect


def handed_in(place, student, name="small.ipynb", content=b"{}"):
    """Hand in a notebook in nbgrader's tree; the folder."""
    folder = place / student / "small"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return folder


def test_a_name_that_is_no_text_is_one_that_can_be_written_down(tmp_path):
    """An old archive's names are not UTF-8: neither JSON nor the gradebook could hold the student."""
    handed_in(tmp_path, os.fsdecode(b"Zo\xeb"))
    (tmp_path / os.fsdecode(b"Ren\xe9.ipynb")).write_bytes(b"{}")
    found = collect.find(tmp_path, "small")
    assert [one.student for one in found] == ["Ren\\xe9", "Zo\\xeb"]
    assert json.dumps([one.student for one in found], ensure_ascii=False).encode()
    assert [collect.read(one.path, 10) for one in found] == [b"{}", b"{}"]


def test_what_computers_leave_behind_is_nobodys_submission(tmp_path):
    """macOS lays a `._` file beside each one on other disks."""
    (tmp_path / "ada.ipynb").write_bytes(b"{}")
    (tmp_path / "._ada.ipynb").write_bytes(b"\0\5\26\7")
    folder = handed_in(tmp_path, "bob", "mine.ipynb")
    (folder / "._mine.ipynb").write_bytes(b"\0\5\26\7")
    assert [(one.student, one.path.name) for one in collect.find(tmp_path, "small")] == [
        ("ada", "ada.ipynb"),
        ("bob", "mine.ipynb"),
    ]


def test_two_submissions_of_one_student_are_refused(tmp_path):
    """One of them would be that student's mark, and nobody would know which."""
    handed_in(tmp_path, "ada")
    (tmp_path / "ada.ipynb").write_bytes(b"{}")
    with pytest.raises(collect.NoSubmissionsError, match=r"two submissions of 'ada'.*ada\.ipynb.*Move one"):
        collect.find(tmp_path, "small")


def test_a_folder_that_is_a_link_is_not_followed(tmp_path):
    """A student who hands in a repository may put a link to somebody else's folder into it."""
    handed_in(tmp_path, "ada")
    (tmp_path / "bob").mkdir()
    (tmp_path / "bob" / "small").symlink_to("../ada/small")
    ada, bob = collect.find(tmp_path, "small")
    assert collect.read(ada.path, 10) == b"{}"
    with pytest.raises(collect.Unreadable, match="never followed"):
        collect.read(bob.path, 10)


def test_a_folder_in_the_place_of_the_notebook_is_unreadable(tmp_path):
    """It is no fault of ours, and stops nobody else."""
    (tmp_path / "ada.ipynb").mkdir()
    with pytest.raises(collect.Unreadable, match="not an ordinary file"):
        collect.read(tmp_path / "ada.ipynb", 10)


def test_a_folder_that_may_not_be_looked_into_is_a_submission(tmp_path, monkeypatch):
    """Its student would not be on the list at all, and nobody would miss the mark."""
    handed_in(tmp_path, "ada")
    look = Path.stat

    def refused(path, **options):
        if "small" in path.parts:
            raise PermissionError  # root may look into each
        return look(path, **options)

    monkeypatch.setattr(Path, "stat", refused)
    assert [one.student for one in collect.find(tmp_path, "small")] == ["ada"]
