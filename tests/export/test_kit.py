"""Gradescope's autograder zip: complete, the same every time, and it really grades."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile

import pytest

from autograder.deliver.export import ExportError
from autograder.gradescope import gradescope_autograder_zip, needed, pinned
from tests.releases_in_code import answer, grade_cell, handed_in, small_release

RELEASE = small_release(
    answer("double"),
    grade_cell("t1", "assert double(2) == 4", "double", 2.0),
    grade_cell("t2", "assert double(-3) == -6", "double", 3.0, hidden=True),
)
RIGHT = "def double(x):\n    return 2 * x"


@pytest.fixture
def root(tmp_path):
    """Give a repository, as far as the kit needs one."""
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "requirements.txt").write_text(
        "# pins\nnumpy==2.4.6\nnbgrader==0.9.6\nPillow==13.0.0\nmatplotlib==3.11.2\n"
    )
    return folder


def test_zip_has_what_gradescope_looks_for_and_nothing_that_changes(root, tmp_path):
    """Both scripts lie at the root and may be run; two zips of a release are the same bytes."""
    one = gradescope_autograder_zip(root, RELEASE, tmp_path / "one.zip")
    two = gradescope_autograder_zip(root, RELEASE, tmp_path / "two.zip")
    assert one.read_bytes() == two.read_bytes()
    archive = zipfile.ZipFile(one)
    for name in ("setup.sh", "run_autograder"):
        assert archive.getinfo(name).external_attr >> 16 == 0o100755
        assert b"\r" not in archive.read(name)
    assert archive.read("requirements.txt").decode() == "numpy==2.4.6\nPillow==13.0.0\nmatplotlib==3.11.2\n"
    assert {"release.json", "autograder/gradescope.py", "autograder/records.py"} <= set(archive.namelist())
    assert not [name for name in archive.namelist() if "__pycache__" in name or "tests" in name]
    assert b"--unsafe" not in archive.read("run_autograder")
    with pytest.raises(ExportError, match="--force"):
        gradescope_autograder_zip(root, RELEASE, one)


def test_scripts_are_bash(root, tmp_path):
    """Bash itself finds no error in them."""
    archive = zipfile.ZipFile(gradescope_autograder_zip(root, RELEASE, tmp_path / "kit.zip"))
    for name in ("setup.sh", "run_autograder"):
        subprocess.run(["bash", "-n"], input=archive.read(name), check=True)


def test_packages_of_the_kit_are_those_that_grading_needs():
    """What a package needs in turn is found; what is pinned for others is left out."""
    names = needed(["matplotlib"])
    assert {"matplotlib", "numpy", "pillow", "contourpy"} <= names
    assert "nbgrader" not in names
    assert pinned("a_b==1\nc==2\n", {"a-b"}) == "a_b==1\n"


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    """Give a folder as Gradescope makes it of the zip."""
    root = tmp_path_factory.mktemp("autograder")
    (root / "requirements.txt").write_text("numpy==2.4.6\n")
    archive = gradescope_autograder_zip(root, RELEASE, root / "kit.zip")
    zipfile.ZipFile(archive).extractall(root / "source")
    (root / "results").mkdir()
    (root / "submission").mkdir()
    return root


def run(kit, files):
    """Put a submission there, run what Gradescope runs, and give its exit code, its output and the results."""
    for path in (*(kit / "submission").iterdir(), *(kit / "results").iterdir()):
        path.unlink()
    for name, content in files.items():
        (kit / "submission" / name).write_bytes(content)
    environment = {"PATH": os.environ["PATH"], "AUTOGRADER_ROOT": str(kit), "AUTOGRADER_PYTHON": sys.executable}
    command = ["bash", str(kit / "source" / "run_autograder")]
    done = subprocess.run(command, env=environment, cwd="/", capture_output=True, text=True, check=False)
    path = kit / "results" / "results.json"
    return done.returncode, done.stdout + done.stderr, json.loads(path.read_text()) if path.exists() else None


@pytest.mark.slow
def test_kit_grades_a_submission_as_we_do(kit):
    """From the zip alone, in another folder: a renamed notebook gets its marks, check by check."""
    wrong = "def double(x):\n    return abs(2 * x)"
    code, output, table = run(kit, {"small (1).ipynb": handed_in(RELEASE, {"double": wrong}), "other.txt": b""})
    assert code == 0, output
    assert table["score"] == 2.0
    assert [(test["score"], test["max_score"], test["status"]) for test in table["tests"]] == [
        (2.0, 2.0, "passed"),
        (0.0, 3.0, "failed"),
    ]


@pytest.mark.slow
def test_unreadable_submission_is_a_failure_and_no_zero(kit):
    """Without a mark there are no results, and what Gradescope shows says why."""
    code, output, table = run(kit, {"small.ipynb": b"{"})
    assert (code, table) == (1, None)
    assert "There is no mark (unreadable" in output
