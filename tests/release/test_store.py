"""The release kept as a file."""

import json
import subprocess
import sys

import pytest

from autograder.release.assignment import read_assignment
from autograder.release.read import read_release
from autograder.release.store import load_release, release_from_json, release_path, release_text, release_to_json


@pytest.fixture
def kept(doubling, tmp_path):
    """Keep the tiny assignment's release."""
    release = read_release(doubling)
    path = release_path(tmp_path / "build", "doubling")
    path.parent.mkdir(parents=True)
    path.write_text(release_text(release, read_assignment(doubling)))
    return release


def test_what_is_loaded_equals_what_was_read(kept, doubling, tmp_path):
    """Nothing is lost on the way through JSON, bytes included."""
    assert load_release(doubling, tmp_path / "build") == kept
    assert release_from_json(json.loads(json.dumps(release_to_json(kept)))) == kept


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    "name",
    ["source.py", "hidden_checks.py", "assignment.toml", "../../public_tests/doubling.py", "../../nbgrader_config.py"],
)
def test_a_release_older_than_its_texts_is_not_given(doubling, tmp_path, name):
    """Nobody is graded with yesterday's tests."""
    path = doubling / name
    path.write_text(path.read_text() + "\n# newer\n")
    assert load_release(doubling, tmp_path / "build") is None


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema_version": 99}'])
def test_a_file_cut_short_counts_as_none(doubling, tmp_path, text):
    """It is made anew instead."""
    release_path(tmp_path / "build", "doubling").write_text(text)
    assert load_release(doubling, tmp_path / "build") is None


def test_loading_needs_no_jupyter():
    """Grading starts in milliseconds."""
    heavy = ["nbgrader", "jupytext", "nbformat", "traitlets", "jsonschema", "numpy"]
    code = f"import sys, autograder.release.store; print([name for name in {heavy} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
