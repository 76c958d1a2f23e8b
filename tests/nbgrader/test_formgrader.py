"""Formgrader in a real browser, on a class that our command graded: look, mark by hand, grade again, give back."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from autograder.sample import write_sample
from tests.deliver.browser import FOLDER, Browser
from tests.nbgrader.commands import run_nbgrader
from tests.nbgrader.conftest import SLUG, TOKEN, Course, Server, serving

pytestmark = pytest.mark.slow  # starts a browser and a server

QUESTION = "why_zeros_do_not_learn"
COMMENT = "Well argued: you name both factors of the product."
STUDENTS = ("kwame", "ulla")  # 24 and 18 of 30


@dataclass(frozen=True)
class Day:
    """What was seen on the way, and the course at its end."""

    course: Course
    results: dict[str, Any]
    first: dict[str, Any]
    second: dict[str, Any]


@pytest.fixture(scope="module")
def day(released, tmp_path_factory) -> Day:
    """Grade two students, mark one by hand in formgrader, grade anew into another folder, look again, give back."""
    repository = shutil.copytree(released.repository, tmp_path_factory.mktemp("day") / "repository")
    course = Course(repository, {}, released.release)
    folder = repository / "notebooks" / SLUG
    write_sample(folder, folder / f"{SLUG}.ipynb", repository / "class")
    for student in STUDENTS:
        shutil.copytree(repository / "class" / student, course.root / "submitted" / student)
    first = grading(course, "first")
    run = subprocess.run(first, cwd=repository, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    with serving(course.root) as server:
        said = click(server, repository, again=grading(course, "second"))
    run_nbgrader(course.root, f"generate_feedback {SLUG}", "export --to=marks.csv")
    results = json.loads((repository / "first" / "results.json").read_text())
    return Day(course, results, said["first"], said["second"])


def grading(course: Course, out: str) -> list[str]:
    """The command that grades the course's submissions into a folder."""
    program = str(Path(sys.executable).with_name("autograder"))
    return [program, "grade", str(course.root / "submitted"), "--assignment", SLUG, "--jobs", "1", "--out", out]


def click(server: Server, repository: Path, again: list[str]) -> dict[str, Any]:
    """Run the browser through formgrader, and a command in between."""
    browser, shots = Browser(), repository / "shots"
    shots.mkdir()
    task = {
        "chromium": browser.chromium,
        "modules": f"{FOLDER}/",
        "profile": str(repository / "profile"),
        "url": server.url,
        "token": TOKEN,
        "shots": str(shots),
        "folder": str(repository),
        "again": again,
        "assignment": SLUG,
        "question": QUESTION,
        "autograde": "ulla",
        "student": "kwame",
        "score": 4,
        "comment": COMMENT,
    }
    script = Path(__file__).with_name("formgrader.mjs")
    run = subprocess.run([browser.node, script], input=json.dumps(task), capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    said: dict[str, Any] = json.loads(run.stdout)
    problems = [problem for problem in said["problems"] if "MathJax" not in problem]  # which comes from the network
    assert not problems
    return said


def score_of(day: Day, student: str) -> float:
    """What our results say."""
    return next(one["score"] for one in day.results["submissions"] if one["student"] == student)


def test_the_list_of_submissions_has_our_marks(day):
    """Manage Assignments → the number of submissions → one row a student; only who answered waits for a person."""
    shown = {row[1]: (row[3], row[4]) for row in day.first["rows"]}
    state, total = {"kwame": "needs manual grading", "ulla": "graded"}, day.course.total
    assert shown == {name: (state[name], f"{score_of(day, name):g} / {total:g}") for name in STUDENTS}
    assert (score_of(day, "kwame"), score_of(day, "ulla")) == (24, 18)


def test_the_autograde_button_judges_as_our_command_does(day):
    """The same mark once more, through nbgrader."""
    answer = day.first["autograde"]
    assert "Successfully autograded" in answer["said"]
    shown = {row[1]: row[4] for row in answer["rows"]}
    assert shown["ulla"] == f"{score_of(day, 'ulla'):g} / {day.course.total:g}"


def test_the_page_of_a_submission_shows_each_cell_s_points_and_reasons(day):
    """The field of each test cell holds what it earned, and beside it stands why."""
    [kwame] = [one for one in day.results["submissions"] if one["student"] == "kwame"]
    earned = {exercise["name"]: exercise["score"] for exercise in kwame["exercises"]}
    shown = day.first["page"]["scores"]
    for name, points in earned.items():
        assert float(shown[f"{name}_public"]) + float(shown[f"{name}_hidden"]) == points
    failed = [check for exercise in kwame["exercises"] for check in exercise["checks"] if check["outcome"] == "failed"]
    assert failed
    for check in failed:
        assert check["title"] in day.first["page"]["text"]
        assert check["code"] in day.first["page"]["text"]


def test_a_hand_given_score_and_comment_outlive_grading_again(day):
    """Typed into the page, saved, and there again after a second `autograder grade`, in the page and in the gradebook."""
    for seen in (day.first, day.second):
        assert (seen["page"]["score"], seen["page"]["comment"]) == ("4", COMMENT)
    with Gradebook(f"sqlite:///{day.course.root / 'gradebook.db'}") as gradebook:
        grade = gradebook.find_grade(QUESTION, SLUG, SLUG, "kwame")
        assert (grade.manual_score, grade.needs_manual_grade) == (4, False)
        assert gradebook.find_comment(QUESTION, SLUG, SLUG, "kwame").comment == COMMENT
    shown = {row[1]: (row[3], row[4]) for row in day.second["rows"]}
    assert shown["kwame"] == ("graded", f"28 / {day.course.total:g}")


def test_feedback_and_export_have_the_same_marks(day):
    """`nbgrader generate_feedback` and `nbgrader export`, with the hand-given points and the comment."""
    page = (day.course.root / "feedback" / "kwame" / SLUG / f"{SLUG}.html").read_text()
    assert f"(Score: 28.0 / {day.course.total})" in page
    assert COMMENT in page
    with (day.course.root / "marks.csv").open(newline="") as file:
        marks = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert marks == {"kwame": 28, "ulla": 18}
