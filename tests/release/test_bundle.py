"""The student's bundle."""

import io
import zipfile

from autograder.release.assignment import read_assignment
from autograder.release.bundle import bundle_files, zipped
from autograder.release.read import read_notebooks
from autograder.release.source import write_notebook


def packed(folder):
    """Give the bundle's bytes."""
    assignment = read_assignment(folder)
    release, _, student = read_notebooks(assignment)
    return zipped(bundle_files(assignment, release, write_notebook(student)))


def test_the_bundle_is_flat_and_holds_what_is_on_the_list(doubling):
    """A stray file in the assignment's folder does not travel along."""
    (doubling / "marks.csv").write_text("secret")
    with zipfile.ZipFile(io.BytesIO(packed(doubling))) as archive:
        assert archive.namelist() == [
            "README.txt", "doubling.ipynb", "init_utils.py", "public_tests.py", "requirements.txt",
        ]  # fmt: skip


def test_two_builds_are_byte_identical(doubling):
    """What students have can be told from what they had."""
    assert packed(doubling) == packed(doubling)


def test_the_public_tests_are_the_repository_s_byte_for_byte(doubling):
    """What an author reads is what a student runs."""
    with zipfile.ZipFile(io.BytesIO(packed(doubling))) as archive:
        assert archive.read("public_tests.py") == (doubling.parents[1] / "public_tests" / "doubling.py").read_bytes()
        assert archive.read("init_utils.py") == (doubling.parents[1] / "utils" / "init_utils.py").read_bytes()


def test_the_requirements_are_ranges(doubling):
    """They come from `assignment.toml`."""
    with zipfile.ZipFile(io.BytesIO(packed(doubling))) as archive:
        assert archive.read("requirements.txt").decode() == "# for Python >=3.9\nnumpy>=1.24\n"
        assert "jupyter lab doubling.ipynb" in archive.read("README.txt").decode()
