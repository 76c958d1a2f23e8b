"""`autograder grade` where every cell of one notebook has the name of a cell of the other, beside plain nbgrader."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from tests.dropin import pair
from tests.dropin.conftest import Course, autograder
from tests.nbgrader.commands import run_nbgrader

pytestmark = pytest.mark.slow  # starts nbgrader

RUN = Path("build", "runs", "shapes")


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory) -> Course:
    """The course with its class."""
    course = pair.make_course(tmp_path_factory.mktemp("pair") / "course")
    pair.hand_in_all(course)
    return course


@pytest.fixture(scope="module")
def by_nbgrader(handed_in, tmp_path_factory) -> Course:
    """The class, graded by nbgrader alone; those whom it stops at are left out."""
    course = handed_in.copy(tmp_path_factory.mktemp("plain") / "course")
    run_nbgrader(course.root, *(f"autograde shapes --student {student}" for student in ("untouched", "one", "mixed")))
    return course


@pytest.fixture(scope="module")
def graded(handed_in, tmp_path_factory) -> Course:
    """The class, graded by one command, which says that one submission cannot be read."""
    course = handed_in.copy(tmp_path_factory.mktemp("ours") / "course")
    done = autograder(course, "grade", "submitted", "-a", "shapes", "--seed", "3")
    assert done.returncode == 1, done.stderr
    return Course(course.root, done.stdout)


def results(course: Course) -> dict[str, dict]:
    """The sums, by student."""
    table = json.loads((course.root / RUN / "results.json").read_text())
    return {one["student"]: one for one in table["submissions"]}


def exported(course: Course, *options: str) -> dict[str, dict[str, str]]:
    """The rows of the marks as CSV, by student."""
    autograder(course, "export", RUN, "--to", "csv", "--out", "marks.csv", "--force", *options)
    rows = csv.DictReader((course.root / "marks.csv").read_text(encoding="utf-8-sig").splitlines())
    return {row["student"]: row for row in rows}


def give(course: Course, notebook: str, student: str, score: float, comment: str) -> None:
    """Mark the question of one notebook and comment on it, as formgrader does."""
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
        grade = gradebook.find_grade("why", notebook, "shapes", student)
        grade.manual_score, grade.needs_manual_grade = score, False
        gradebook.find_comment("why", notebook, "shapes", student).manual_comment = comment
        gradebook.db.commit()


@pytest.mark.parametrize("notebook", pair.NOTEBOOKS)
@pytest.mark.parametrize("student", ["untouched", "one", "mixed"])
def test_the_gradebook_is_that_of_plain_nbgrader(by_nbgrader, graded, student, notebook):
    """Tests, answers, untouched ones (also where the source is the stub), tasks with a scheme, a lacking notebook."""
    assert graded.scores("shapes", notebook, student) == by_nbgrader.scores("shapes", notebook, student)
    assert graded.waiting("shapes", notebook, student) == by_nbgrader.waiting("shapes", notebook, student)


def test_a_notebook_that_is_lacking_is_zero_wherever_one_looks(graded, tmp_path):
    """In its own run and on its own page as in the sum; nbgrader makes its pages of the notebooks that are there."""
    table = json.loads((graded.root / RUN / "square" / "results.json").read_text())
    [one] = [one for one in table["submissions"] if one["student"] == "one"]
    assert (one["status"], one["score"], one["max_score"]) == ("graded", 0, 3)
    for folder in (RUN, RUN / "square"):
        page = (graded.root / folder / "feedback" / "one.html").read_text()
        assert "square.ipynb was not handed in." in page
        assert "No mark yet" not in page
        assert "no longer where it was" not in page
    course = graded.copy(tmp_path / "course")
    run_nbgrader(course.root, "generate_feedback shapes")
    assert [path.name for path in (course.root / "feedback" / "one" / "shapes").iterdir()] == ["circle.html"]


def test_what_is_handed_in_later_or_taken_back_counts_as_it_is(graded, tmp_path):
    """The lacking notebook comes, then the other one goes."""
    course = graded.copy(tmp_path / "course")
    again = ("grade", "submitted", "-a", "shapes", "--seed", "3", "--student", "one")
    pair.hand_in(course, "one", square={"area": pair.RIGHT["square"]})
    assert autograder(course, *again).returncode == 0
    assert results(course)["one"]["score"] == 5
    assert course.scores("shapes", "square", "one") == {"area-test": 3, "why": 0, "else": 0, "drawing": None}
    (course.root / "submitted" / "one" / "shapes" / "circle.ipynb").unlink()
    assert autograder(course, *again).returncode == 0
    assert results(course)["one"]["score"] == 3
    assert set(course.scores("shapes", "circle", "one").values()) == {0}


def test_formgrader_finds_a_task_that_is_one(graded):
    """With nbgrader's marks, points among them, in the notebook that a person reads; its scheme is not in it."""
    path = graded.root / "autograded" / "mixed" / "shapes" / "circle.ipynb"
    [marks] = [
        one.metadata.nbgrader
        for one in nbformat.read(path, as_version=4).cells
        if one.metadata.get("nbgrader", {}).get("grade_id") == "drawing"
    ]
    assert (marks.task, marks.grade, marks.solution, marks.points) == (True, False, False, 2)
    assert "Two points for the axes" not in path.read_text()


def test_nothing_is_counted_for_the_cell_of_the_same_name(graded):
    """Each notebook's points stand under its own name, in results and table."""
    mixed = results(graded)["mixed"]
    scores = {one["name"]: one["score"] for one in mixed["exercises"]}
    assert scores == {"circle/area": 0, "square/area": 3}
    assert (mixed["score"], mixed["max_score"]) == (3, 5)
    questions = {one["name"]: (one["score"], one.get("code")) for one in mixed["manual"]}
    assert questions["circle/why"] == (0, "not-answered")
    assert questions["square/why"] == (None, None)
    assert questions["square/drawing"] == (None, None)
    assert "circle/area" in graded.said


def test_a_notebook_that_cannot_be_read_keeps_the_sum_open(graded):
    """No mark and a blank export, whatever the other notebook earned; a person gets the cells to look at."""
    damaged = results(graded)["damaged"]
    assert (damaged["status"], damaged["score"]) == ("unreadable", None)
    assert [(one["name"], one["score"]) for one in damaged["exercises"]] == [("circle/area", 2)]
    row = exported(graded)["damaged"]
    assert (row["status"], row["points"], row["circle/area"]) == ("unreadable", "", "")
    assert graded.scores("shapes", "circle", "damaged")["area-test"] == 2
    assert set(graded.scores("shapes", "square", "damaged").values()) == {None}
    assert graded.waiting("shapes", "square", "damaged") == {"area-test", "why", "else", "drawing"}


def test_who_handed_in_no_notebook_is_missing(graded):
    """As in every other assignment: not a zero, and no row in the gradebook."""
    nothing = results(graded)["nothing"]
    assert (nothing["status"], nothing["score"], nothing["exercises"]) == ("missing", None, [])
    with Gradebook(f"sqlite:///{graded.root / 'gradebook.db'}") as gradebook:
        assert "nothing" not in {student.id for student in gradebook.students}


def test_marks_and_comments_by_hand_stay_with_their_notebook(graded, tmp_path):
    """On both kinds of pages and in the export, also after everything was run again."""
    course = graded.copy(tmp_path / "course")
    give(course, "circle", "all", 3.5, "Look at the radius.")
    give(course, "square", "all", 1, "Look at the side.")
    for command in ("feedback", "regrade"):
        again = ("--run-again", "--yes") if command == "regrade" else ()
        done = autograder(course, command, RUN, *again)
        assert done.returncode == (1 if again else 0), done.stderr
        row = exported(course)["all"]
        assert (row["points"], row["circle/why"], row["square/why"]) == ("9.50", "3.50", "1.00")
        page = (course.root / RUN / "feedback" / "all.txt").read_text()
        assert "circle/why: 3.5 of 4\n  Your instructor writes: Look at the radius." in page
        assert "square/why: 1 of 4\n  Your instructor writes: Look at the side." in page
        for notebook, score, said in (("circle", 3.5, "radius"), ("square", 1, "side")):
            page = (course.root / RUN / notebook / "feedback" / "all.txt").read_text()
            assert f"why: {score} of 4\n  Your instructor writes: Look at the {said}." in page


def test_a_person_cannot_close_a_sum_in_which_a_notebook_is_unreadable(graded, tmp_path):
    """Scores for the notebook that could be read are shown; there is still no mark."""
    course = graded.copy(tmp_path / "course")
    give(course, "circle", "damaged", 4, "")
    assert exported(course)["damaged"]["points"] == ""
    assert autograder(course, "feedback", RUN, "--student", "damaged").returncode == 0
    page = (course.root / RUN / "feedback" / "damaged.txt").read_text()
    assert "no mark yet" in page
    assert "circle/why: 4 of 4" in page


def test_the_page_shows_what_was_drawn_in_every_notebook(graded):
    """Each plot and each cell of the student's own, with the notebook that it is in."""
    page = (graded.root / RUN / "feedback" / "mixed.html").read_text()
    drawn = [part.partition('"')[0] for part in page.split('<img src="')[1:]]
    assert len(set(drawn)) == 2
    for notebook in pair.NOTEBOOKS:
        assert f"<figcaption>Cell 7 of {notebook}</figcaption>" in page
        assert f"<h3>Cell 7 of {notebook}</h3>" in page
    alone = (graded.root / RUN / "feedback" / "one.html").read_text()
    assert alone.count("<img") == 1
    assert "square.ipynb was not handed in." in alone
    assert "Two points for the axes" not in page


def test_an_exercise_is_explained_by_its_full_name(graded):
    """The name that both notebooks use says nothing, and the error names both."""
    unclear = autograder(graded, "explain", "mixed", "area", "--run", RUN)
    assert (unclear.returncode, "circle/area, square/area" in unclear.stderr) == (2, True)
    said = autograder(graded, "explain", "mixed", "square/area", "--run", RUN)
    assert (said.returncode, "square/area: 3 of 3 points" in said.stdout) == (0, True)
