"""The Initialization assignment as it is released."""

import ast
import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from autograder.release.assignment import read_assignment
from autograder.release.bundle import bundle_files, zipped
from autograder.release.leaks import leaked_lines
from autograder.release.read import read_notebooks
from autograder.release.source import write_notebook

REPOSITORY = Path(__file__).parents[2]
FOLDER = REPOSITORY / "notebooks" / "initialization"
GOLDEN = Path(__file__).parent / "goldens" / "bundle.txt"
EXERCISES = ["initialize_parameters_zeros", "initialize_parameters_random", "initialize_parameters_he"]


@pytest.fixture(scope="module")
def made():
    """Give the release, the student notebook's bytes and the bundle's files."""
    assignment = read_assignment(FOLDER)
    release, _, student = read_notebooks(assignment)
    content = write_notebook(student)
    return release, content, bundle_files(assignment, release, content)


def test_the_committed_notebook_is_the_generated_one(made):
    """Nobody edits the notebook, and nobody forgets to generate it."""
    _, content, _ = made
    same = (FOLDER / "initialization.ipynb").read_bytes() == content
    assert same, "notebooks/initialization/initialization.ipynb is not what source.py says; run `make release`"


def test_each_exercise_is_worth_ten_points_at_most_four_of_them_public(made):
    """The cells that mark an exercise follow it."""
    release, _, _ = made
    tests = [(cell.exercise, cell.id, cell.points) for cell in release.cells if cell.kind == "test"]
    assert tests == [
        (name, f"{name}_{kind}", points) for name in EXERCISES for kind, points in (("public", 4), ("hidden", 6))
    ]


def test_an_untouched_exercise_compiles_and_fails_in_a_sentence(made):
    """The student's place is marked, and its placeholder says what to do."""
    release, _, _ = made
    cells = {cell.id: cell.student_source for cell in release.cells}
    for name in EXERCISES:
        assert cells[name].startswith(f"# GRADED FUNCTION: {name}\n")
        assert cells[name].index("# YOUR CODE STARTS HERE") < cells[name].index("# YOUR CODE ENDS HERE")
        names = {"np": __import__("numpy")}
        exec(compile(ast.parse(cells[name]), name, "exec"), names)
        with pytest.raises(NotImplementedError, match="Not done yet: replace this line with your own code"):
            names[name]([3, 2, 1])


def test_only_what_no_mark_depends_on_is_a_demonstration(made):
    """What is skipped while grading: the plots, the trainings, the printed predictions."""
    release, _, _ = made
    skipped = [cell.id for cell in release.cells if cell.kind == "demonstration"]
    assert all(name.startswith(("load_", "train_", "predictions_", "boundary_")) for name in skipped)
    assert {"train_zeros", "train_random", "train_he"} <= set(skipped)


def test_the_notebook_says_which_release_it_is(made):
    """An older copy can be told from a new one."""
    release, content, _ = made
    assert json.loads(content)["metadata"]["seedbed"] == {"assignment": "initialization", "release": release.id[:12]}


def test_nothing_in_the_bundle_gives_a_secret_away(made):
    """Neither a solution's line nor a hidden test's."""
    release, _, files = made
    assert leaked_lines(release, files) == []


def test_golden_bundle(made):
    """The list of files, and what a student reads first."""
    _, _, files = made
    with zipfile.ZipFile(io.BytesIO(zipped(files))) as archive:
        texts = [f"== {name}\n{archive.read(name).decode()}" for name in ("requirements.txt", "README.txt")]
        listing = "\n".join([*archive.namelist(), "", *texts])
    if os.environ.get("UPDATE_GOLDENS"):
        GOLDEN.write_text(listing, encoding="utf-8")
    assert listing == GOLDEN.read_text(encoding="utf-8")
