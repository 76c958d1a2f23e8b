"""The releases of any course, read from its source folder and kept beside it."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_notebook
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.dropin.course import KEPT, Course
from autograder.records import Release
from autograder.release.errors import ReleaseError
from tests.dropin.conftest import marked


@pytest.fixture
def source(tmp_path) -> Path:
    """A course with one exercise, and a file beside its notebook."""
    path = tmp_path / "source" / "ps" / "one.ipynb"
    path.parent.mkdir(parents=True)
    notebook = new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python", "language": "python"}}
    )
    answer = "### BEGIN SOLUTION\ndef f():\n    return 1\n### END SOLUTION"
    notebook.cells = [marked(answer, "f", "f", solution=True), marked("assert f() == 1", "t", "t")]
    nbformat.write(notebook, path)
    (path.parent / "data.csv").write_text("1,2")
    return path


def release(root: Path, notebook: str = "one", **settings: Config) -> Release:
    """The release as a run of nbgrader with these settings finds it."""
    return Course(CourseDirectory(config=Config(CourseDirectory={"root": str(root)})), Config(**settings)).release(
        "ps", notebook
    )


def test_a_release_is_read_once_and_kept(source, tmp_path):
    """The second run of nbgrader reads our file, which only its owner can."""
    first = release(tmp_path)
    kept = tmp_path / KEPT / "ps" / "one.json"
    table = json.loads(kept.read_text())
    table["release"]["title"] = "kept"
    kept.write_text(json.dumps(table))
    assert release(tmp_path).title == "kept"
    assert first.files == (("data.csv", b"1,2"),)
    assert (first.assignment, [cell.kind for cell in first.cells]) == ("ps", ["answer", "test"])
    assert kept.parent.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("change", ["source", "data", "settings", "damage"])
def test_it_is_read_anew_when_anything_changes(source, tmp_path, change):
    """The notebook, a file beside it, nbgrader's settings; and when the kept file is damaged."""
    before, settings = release(tmp_path), {}
    if change == "source":
        source.write_text(source.read_text().replace("f() == 1", "f() == 2"))
    elif change == "data":
        (source.parent / "data.csv").write_text("3,4")
    elif change == "settings":
        settings = {"ClearSolutions": Config(code_stub={"python": "..."})}
    else:
        (tmp_path / KEPT / "ps" / "one.json").write_text('{"made')
    assert (release(tmp_path, **settings) == before) == (change == "damage")


def test_nbgraders_timeout_is_our_limit_for_a_cell(source, tmp_path):
    """What a course has set for its notebooks goes on to hold."""
    limits = release(tmp_path, Execute=Config(timeout=50)).limits
    assert (limits.cell_seconds, limits.submission_seconds) == (50, 200)


def test_a_course_without_its_source_is_told(tmp_path):
    """The message names the file that is missing."""
    with pytest.raises(ReleaseError, match=r"There is no .*two\.ipynb"):
        release(tmp_path, "two")


def test_another_language_is_refused(source, tmp_path):
    """We judge Python; nbgrader has other kernels too."""
    source.write_text(source.read_text().replace('"language": "python"', '"language": "R"'))
    with pytest.raises(ReleaseError, match=r"written in R; only Python"):
        release(tmp_path)
