"""`release`: all or nothing, and at home in nbgrader."""

import hashlib

import pytest

from autograder.release.errors import ReleaseError
from autograder.release.store import load_release
from autograder.release.verb import release

pytestmark = pytest.mark.slow  # starts nbgrader


def everything(folder):
    """Give the digest of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_release_puts_everything_in_its_place(doubling, tmp_path, plain_grade):
    """Student notebook, bundle, course and record; nothing secret is a file of the course; no leftovers.

    nbgrader's student notebook is ours byte for byte, and a second release changes nothing but the gradebook's file.
    """
    released = release(doubling, tmp_path / "build", plain_grade)
    before = everything(tmp_path / "build")
    assert sorted(before) == [
        "bundles/doubling.zip",
        "course/gradebook.db",
        "course/nbgrader_config.py",
        "course/release/doubling/doubling.ipynb",
        "course/release/doubling/init_utils.py",
        "course/release/doubling/public_tests.py",
        "course/source/doubling/doubling.ipynb",
        "course/source/doubling/init_utils.py",
        "course/source/doubling/public_tests.py",
        "releases/doubling.json",
    ]
    assert load_release(doubling, tmp_path / "build") == released.release
    assert released.notebook == doubling / "doubling.ipynb"
    theirs = tmp_path / "build" / "course" / "release" / "doubling" / "doubling.ipynb"
    assert released.notebook.read_bytes() == theirs.read_bytes()

    release(doubling, tmp_path / "build", plain_grade)
    after = everything(tmp_path / "build")
    assert after | {"course/gradebook.db": ""} == before | {"course/gradebook.db": ""}


def test_a_refusal_lists_all_reasons_and_leaves_what_was_released(doubling, tmp_path, plain_grade):
    """Half a release is worse than none."""
    release(doubling, tmp_path / "build", plain_grade)
    before = everything(tmp_path / "build"), (doubling / "doubling.ipynb").read_bytes()
    source = doubling / "source.py"
    leak = "# doubled.append(abs(number) + number)\nfrom public_tests import *"
    text = source.read_text().replace("number + number", "abs(number) + number")
    source.write_text(text.replace("from public_tests import *", leak))
    with pytest.raises(ReleaseError) as caught:
        release(doubling, tmp_path / "build", plain_grade)
    assert "earns 4 of 10" in str(caught.value)
    assert "gives away" in str(caught.value)
    assert (everything(tmp_path / "build"), (doubling / "doubling.ipynb").read_bytes()) == before


def test_nbgrader_s_own_refusal_is_passed_on(doubling, tmp_path, plain_grade):
    """A gradebook that cannot be opened is said with nbgrader's words, and nothing is moved."""
    (tmp_path / "build" / "course").mkdir(parents=True)
    (tmp_path / "build" / "course" / "gradebook.db").write_text("no database, but long enough to look like a file")
    with pytest.raises(ReleaseError, match=r"(?s)generate_assignment refused doubling.*not a database"):
        release(doubling, tmp_path / "build", plain_grade)
    assert sorted(everything(tmp_path / "build")) == ["course/gradebook.db"]
    assert not (doubling / "doubling.ipynb").exists()
