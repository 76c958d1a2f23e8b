"""`autograder grade` in a plain nbgrader course, whose assignments have several notebooks."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from collections import Counter

import nbformat
import pytest

from tests.dropin.conftest import STUDENTS, Course, autograder

pytestmark = pytest.mark.slow  # starts nbgrader

BOTH = [*((student, "problem1") for student in STUDENTS), ("half", "problem2"), ("untouched", "problem2")]


@pytest.fixture(scope="module")
def graded(example, tmp_path_factory) -> Course:
    """The example course, graded by one command; one student more has handed in the first notebook alone."""
    course = example.copy(tmp_path_factory.mktemp("several") / "course101")
    alone = shutil.copytree(course.root / "submitted" / "complete" / "ps1", course.root / "submitted" / "one" / "ps1")
    (alone / "problem2.ipynb").unlink()
    done = autograder(course, "grade", "submitted", "--assignment", "ps1", "--seed", "3")
    assert done.returncode == 0, done.stderr
    return Course(course.root, done.stdout)


def results(course, *notebook):
    """The submissions of a results.json, by student."""
    path = course.root.joinpath("build", "runs", "ps1", *notebook, "results.json")
    return {one["student"]: one for one in json.loads(path.read_text())["submissions"]}


def times_graded(course, notebook):
    """How often each student's notebook was graded, as the state that a run goes on from says."""
    path = course.root / "build" / "runs" / "ps1" / notebook / "state.jsonl"
    found = [json.loads(line)[1] for line in path.read_text().splitlines()]
    return dict(Counter(one["student"] for one in found if one["status"] == "graded"))


@pytest.mark.parametrize(("student", "notebook"), BOTH)
def test_the_gradebook_is_that_of_plain_nbgrader(plain, graded, student, notebook):
    """Cell by cell, with what waits for a person, untouched answers and tasks."""
    assert graded.scores("ps1", notebook, student) == plain.scores("ps1", notebook, student)
    assert graded.waiting("ps1", notebook, student) == plain.waiting("ps1", notebook, student)


def test_a_notebook_that_is_missing_beside_another_one_earns_nothing(graded):
    """As nbgrader has it; the rest counts, and it is said."""
    assert set(graded.scores("ps1", "problem2", "one").values()) == {0.0}
    assert graded.waiting("ps1", "problem2", "one") == set()
    one = results(graded)["one"]
    assert (one["status"], one["score"], one["max_score"]) == ("graded", 3.0, 3.0)
    assert {
        "name": "problem2/part-a",
        "score": 0,
        "max_score": 1,
        "code": "missing-notebook",
    } in one["manual"]


def test_the_results_are_sums_with_full_names(graded):
    """And each notebook has its own beside them, which say which notebook they are about."""
    half, first = results(graded)["half"], results(graded, "problem1")["half"]
    assert (half["score"], first["score"]) == (2.5, 2.5)
    assert [one["name"] for one in half["exercises"]] == [f"problem1/{one['name']}" for one in first["exercises"]]
    folder = graded.root / "build" / "runs" / "ps1"
    head = json.loads((folder / "results.json").read_text())
    parts = {name: json.loads((folder / name / "results.json").read_text()) for name in ("problem1", "problem2")}
    assert head["notebooks"] == {name: part["release"] for name, part in parts.items()}
    assert [part["notebook"] for part in parts.values()] == ["problem1", "problem2"]
    for word in ("problem1/squares", "untouched", "5 graded"):
        assert word in graded.said


def test_pages_are_written_for_each_notebook_and_for_all(graded):
    """nbgrader finds its own, and a student gets one that holds everything."""
    for notebook in ("problem1", "problem2"):
        assert (graded.root / "autograded" / "half" / "ps1" / f"{notebook}.ipynb").is_file()
        assert (graded.root / "build" / "runs" / "ps1" / notebook / "feedback" / "half.html").is_file()
    page = (graded.root / "build" / "runs" / "ps1" / "feedback" / "half.txt").read_text()
    assert "problem1/squares" in page
    assert "problem2/part-a" in page


def test_the_same_command_goes_on_where_it_stopped(graded):
    """Nobody is graded twice; a changed notebook is, and the sum with it."""
    course = graded.copy(graded.root.parent / "again")
    source = course.root / "submitted" / "complete" / "ps1" / "problem1.ipynb"
    shutil.copy(source, course.root / "submitted" / "wrong" / "ps1" / "problem1.ipynb")
    assert autograder(course, "grade", "submitted", "-a", "ps1", "--seed", "3").returncode == 0
    assert results(course)["wrong"]["score"] == 3.0
    lines = {name: times_graded(course, name) for name in ("problem1", "problem2")}
    assert lines == {
        "problem1": {"complete": 1, "half": 1, "one": 1, "untouched": 1, "wrong": 2},
        "problem2": {"complete": 1, "half": 1, "one": 1, "untouched": 1, "wrong": 1},
    }


def test_marks_given_by_hand_are_in_the_sums(graded, tmp_path):
    """Export and feedback read them from the cell of the right notebook."""
    course = graded.copy(tmp_path / "course101")
    with sqlite3.connect(course.root / "gradebook.db") as book:
        book.execute(
            """update grade set manual_score = 2.5, needs_manual_grade = 0 where id = (select g.id from grade g
            join base_cell c on c.id = g.cell_id join submitted_notebook n on n.id = g.notebook_id
            join submitted_assignment s on s.id = n.assignment_id where c.name = 'part-a' and s.student_id = 'half')"""
        )
    done = autograder(course, "export", "build/runs/ps1", "--to", "csv", "--out", tmp_path / "marks.csv")
    assert done.returncode == 0, done.stderr
    rows = csv.DictReader((tmp_path / "marks.csv").read_text(encoding="utf-8-sig").splitlines())
    [half] = [row for row in rows if row["student"] == "half"]
    assert (half["points"], half["problem2/part-a"], half["problem1/sum_of_squares"]) == ("5.00", "2.50", "0.50")
    for command in ("feedback", "report"):
        assert autograder(course, command, "build/runs/ps1").returncode == 0
    assert "2.5" in (course.root / "build" / "runs" / "ps1" / "feedback" / "half.txt").read_text()


@pytest.mark.parametrize("run", ["build/runs/ps1/problem1", "build/runs/ps1"])
def test_what_is_graded_again_is_in_the_sums(graded, tmp_path, run):
    """`regrade` takes the run of one notebook, or of all; it says which notebook moves whom."""
    course = graded.copy(tmp_path / "course101")
    path = course.root / "source" / "ps1" / "problem1.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "correct_squares":
            cell.source = "assert True"
    nbformat.write(notebook, path)
    done = autograder(course, "regrade", run, "--json", "--dry-run")
    assert results(course)["wrong"]["score"] == 0.5
    table = json.loads(done.stdout)
    table = table["notebooks"]["problem1"] if "notebooks" in table else table
    assert [move["student"] for move in table["moves"]] == ["untouched", "wrong"]
    done = autograder(course, "regrade", run, "--yes")
    assert done.returncode == 0, done.stderr
    assert "problem1: 2 of 5 move" in done.stdout  # those who had it wrong, and nothing at all
    assert ("problem2: 0 of 5 move" in done.stdout) == run.endswith("ps1")
    assert results(course)["wrong"]["score"] == 1.5
    assert "1.5 of 3 points" in (course.root / "build" / "runs" / "ps1" / "feedback" / "wrong.txt").read_text()
    assert course.scores("ps1", "problem1", "wrong")["correct_squares"] == 1.0
    assert autograder(course, "report", "build/runs/ps1").returncode == 0  # which asks for the same releases
