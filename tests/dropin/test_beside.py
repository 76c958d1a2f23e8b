"""Files that students hand in beside the notebook: the same marks as from plain nbgrader, each way that we grade."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.collect import find, lms
from autograder.gradebook.reader import cell_scores
from autograder.grader import Grader
from autograder.release.read import read_release_notebook
from tests.dropin.conftest import Course, drop_in, marked
from tests.nbgrader.commands import run_nbgrader

pytestmark = pytest.mark.slow  # starts nbgrader and kernels

TESTS = {
    "module": "assert module(3) == tools.double(3)",
    "package": "assert package(3) == 9",
    "table": "assert table(1) == 4",
    "reloaded": "assert reloaded(3) == 'second'",
    "given": "assert given(0) == 1",
}
GIVEN = {"tools.py": "def double(x):\n    return 2 * x\n", "data/given.csv": "1,2\n3,4\n"}
ANSWERS = {
    "module": "import mine\ndef module(x):\n    return mine.twice(x)",
    "package": "from own.powers import square as package",
    "table": "import numpy as np\ndef table(row):\n    return np.loadtxt('data/own.csv', delimiter=',')[row, 1]",
    "reloaded": (
        "import importlib, changing\nopen('changing.py', 'w').write('def reloaded(x):\\n    return \"second\" # longer')\n"
        "importlib.reload(changing)\nreloaded = changing.reloaded"
    ),
    "given": "def given(place):\n    return float(open('data/given.csv').read().split(',')[place])",
}
FILES = {
    "mine.py": "from tools import double as twice\n",
    "own/__init__.py": "",
    "own/powers.py": "from . import base\ndef square(x):\n    return x ** base.TWO\n",
    "own/base.py": "TWO = 2\n",
    "data/own.csv": "0,2\n1,4\n",
    "changing.py": "def reloaded(x):\n    return 'first'\n",
}
LIES = {"tools.py": "def double(x):\n    return None\n", "data/given.csv": "5,5\n"}
STUDENTS = {
    "all": FILES,
    "lies": FILES | LIES,
    "nothing": {},
    "some": {"mine.py": FILES["mine.py"], "data/own.csv": "0,2\n1,5\n"},
    "wrong": FILES | {"mine.py": "def twice(x):\n    return x\n"},
}
EXPECTED = {"all": 5, "lies": 5, "nothing": 1, "some": 2, "wrong": 4}


def write(folder: Path, files: dict[str, str]) -> None:
    """Write these files below a folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


@pytest.fixture(scope="module")
def handed_in(example, tmp_path_factory) -> Course:
    """The example course with another assignment, and what students handed in."""
    course = example.copy(tmp_path_factory.mktemp("beside") / "course101")
    shutil.rmtree(course.root / "submitted")
    source = course.root / "source" / "beside"
    source.mkdir()
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = new_notebook(metadata={"kernelspec": kernel}, cells=[new_code_cell("import tools", id="first")])
    for name, test in TESTS.items():
        own = f"### BEGIN SOLUTION\n{ANSWERS[name]}\n### END SOLUTION"
        notebook.cells += [marked(own, name, name, solution=True), marked(test, f"test-{name}", name)]
    nbformat.write(notebook, source / "beside.ipynb")
    write(source, GIVEN)
    run_nbgrader(course.root, "generate_assignment beside")
    for student, files in STUDENTS.items():
        place = shutil.copytree(course.root / "release" / "beside", course.root / "submitted" / student / "beside")
        shutil.copy(source / "beside.ipynb", place)
        write(place, files)
    return course


@pytest.fixture(scope="module")
def plainly(handed_in, tmp_path_factory) -> Course:
    """Graded by nbgrader alone."""
    course = handed_in.copy(tmp_path_factory.mktemp("plain") / "course101")
    return Course(course.root, "".join(run_nbgrader(course.root, "autograde beside")))


def scores(course: Course, student: str) -> dict[str, float | None]:
    """A student's marks, cell by cell."""
    return course.scores("beside", "beside", student)


def test_the_files_make_the_difference(plainly):
    """The comparison means something: what nbgrader gives depends on the files."""
    assert {student: sum(scores(plainly, student).values()) / 2 for student in STUDENTS} == EXPECTED


def test_the_drop_in_gives_nbgraders_marks(handed_in, plainly, tmp_path_factory):
    """Plain `nbgrader autograde` with our lines in the course's settings; only who lied hears of it."""
    course = handed_in.copy(tmp_path_factory.mktemp("ours") / "course101")
    with (course.root / "nbgrader_config.py").open("a") as settings:
        settings.write(f"\n{drop_in()}")
    said = "".join(run_nbgrader(course.root, "autograde beside"))
    assert {student: scores(course, student) for student in STUDENTS} == {
        student: scores(plainly, student) for student in STUDENTS
    }
    assert "lies: Left out: tools.py, data/given.csv." in said
    assert said.count("Left out") == 1


def test_grading_the_tree_and_collecting_it_first_give_the_same(handed_in, plainly, tmp_path, monkeypatch):
    """As `autograder grade` finds it, and once more from what `autograder collect` makes of it."""
    monkeypatch.chdir(handed_in.root)  # the course's settings name its header from there
    release = read_release_notebook(Path("source/beside/beside.ipynb"), Path("nbgrader_config.py"))
    lms.carry_out(lms.plan([Path("submitted")], "beside"), tmp_path)
    with Grader(release) as grader:
        for place in (Path("submitted"), tmp_path):
            found = {one.student: cell_scores(grader.grade(one).result) for one in find(place, "beside")}
            assert found == {student: scores(plainly, student) for student in STUDENTS}
