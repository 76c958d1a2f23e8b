"""nbgrader's own example course, graded by plain nbgrader and by ours."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import nbgrader
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook

from tests.dropin.idioms import IDIOMS
from tests.nbgrader.commands import run_nbgrader

CONFIG = Path(__file__).parents[2] / "nbgrader_config.py"
EXAMPLE = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide" / "source"
SETTINGS = """c = get_config()
c.CourseDirectory.course_id = "course101"
c.IncludeHeaderFooter.header = "source/header.ipynb"
"""
"""Those of `nbgrader quickstart`, which starts nbgrader five times to write them."""

STUDENTS = ("complete", "half", "wrong", "untouched")


@dataclass(frozen=True)
class Course:
    """A course's folder, and what the last command in it said."""

    root: Path
    said: str = ""

    def scores(self, assignment: str, notebook: str, student: str) -> dict[str, float | None]:
        """What the tests gave, cell by cell, and what waits for a person."""
        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}") as gradebook:
            found = gradebook.find_submission_notebook(notebook, assignment, student)
            return {grade.name: grade.auto_score for grade in found.grades}

    def waiting(self, assignment: str, notebook: str, student: str) -> set[str]:
        """Which cells wait for a person."""
        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}") as gradebook:
            found = gradebook.find_submission_notebook(notebook, assignment, student)
            return {grade.name for grade in found.grades if grade.needs_manual_grade}

    def copy(self, target: Path) -> Course:
        """The same course in another folder."""
        return Course(shutil.copytree(self.root, target))


def autograder(course: Course, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run our command in the course's folder, where there is nothing of our own."""
    command = [str(Path(sys.executable).parent / "autograder"), *map(str, arguments)]
    return subprocess.run(command, cwd=course.root, capture_output=True, text=True, check=False, timeout=300)


def drop_in() -> str:
    """The lines of our settings by which any course is judged by us."""
    text = CONFIG.read_text()
    return text[text.index("c.Autograde.exporter_class") : text.index("# --- nbgrader's own pages")]


@pytest.fixture(scope="session")
def example(tmp_path_factory) -> Course:
    """What `nbgrader quickstart` copies, and `generate_assignment`, with an assignment of ours beside the example's."""
    course = Course(tmp_path_factory.mktemp("example") / "course101")
    shutil.copytree(EXAMPLE, course.root / "source", ignore=shutil.ignore_patterns("ps1_autotest"))
    (course.root / "nbgrader_config.py").write_text(SETTINGS)
    (course.root / "source" / "idioms").mkdir()
    nbformat.write(idioms(), course.root / "source" / "idioms" / "idioms.ipynb")
    run_nbgrader(course.root, "generate_assignment ps1", "generate_assignment idioms")
    for student in STUDENTS:
        hand_in(course.root, student)
    shutil.copytree(course.root / "source" / "idioms", course.root / "submitted" / "complete" / "idioms")
    (course.root / "submitted" / "wrong" / "idioms").mkdir()
    nbformat.write(idioms(wrong=True), course.root / "submitted" / "wrong" / "idioms" / "idioms.ipynb")
    return course


@pytest.fixture(scope="session")
def plain(example, tmp_path_factory) -> Course:
    """Graded by nbgrader alone."""
    course = example.copy(tmp_path_factory.mktemp("plain") / "course101")
    second = "autograde ps1 --notebook problem2 --student"  # it has no test, and each kernel takes its time
    commands = (
        "autograde ps1 --notebook problem1",
        f"{second} half",
        f"{second} untouched",
        "autograde idioms",
    )
    return Course(course.root, "".join(run_nbgrader(course.root, *commands)))


@pytest.fixture(scope="session")
def ours(example, tmp_path_factory) -> Course:
    """Graded by the same commands, with our lines in the course's settings."""
    course = example.copy(tmp_path_factory.mktemp("ours") / "course101")
    with (course.root / "nbgrader_config.py").open("a") as settings:
        settings.write(f"\n{drop_in()}c.SubmissionExporter.inside = ['test-{INSIDE}']\n")
    said = run_nbgrader(course.root, "autograde ps1", "autograde idioms")
    return Course(course.root, "".join(said))


INSIDE = list(IDIOMS).index("compiled text")
"""The one of our idioms that the course declares to run in the student's process."""

ANSWERS = {
    "complete": {},
    "half": {
        "sum_of_squares": "def sum_of_squares(n):\n    return sum(i * i for i in range(n + 1))",
        "sum_of_squares_application": "# YOUR CODE HERE\nraise NotImplementedError()",
        "part-a": "Fibonacci, I think.",
    },
    "wrong": {
        "squares": "def squares(n):\n    return [i ** 3 for i in range(n)]",
        "sum_of_squares": "def sum_of_squares(n):\n    return squares(n)[-1]",
    },
}
"""How each student's notebook differs from the course's own; "untouched" is what the release gave."""


def hand_in(root: Path, student: str) -> None:
    """Put a student's submission of the example's assignment into the course."""
    origin = root / ("release" if student == "untouched" else "source") / "ps1"
    place = shutil.copytree(origin, root / "submitted" / student / "ps1")
    for path in sorted(place.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            cell.source = ANSWERS.get(student, {}).get(name, cell.source)
        nbformat.write(notebook, path)


def idioms(wrong: bool = False) -> nbformat.NotebookNode:
    """An instructor's notebook with one exercise for each way in which test cells are written; or a bad submission."""
    notebook = new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    )
    notebook.cells = [new_markdown_cell("How tests are written", id="title")]
    for place, (name, one) in enumerate(IDIOMS.items()):
        own = one.wrong if wrong else f"### BEGIN SOLUTION\n{one.answer}\n### END SOLUTION"
        notebook.cells += [marked(own, f"answer-{place}", name, solution=True), marked(one.test, f"test-{place}", name)]
    return notebook


def marked(source: str, cell_id: str, name: str, solution: bool = False) -> nbformat.NotebookNode:
    """An answer cell, or a test cell worth two points."""
    marks = {"grade_id": cell_id, "solution": solution, "grade": not solution, "locked": not solution}
    points = {} if solution else {"points": 2}
    about = {"schema_version": 3, "task": False, "cell_type": "code"}
    titled = source if source.startswith("%%") else f"# {name}\n{source}"  # such a magic has to come first
    return new_code_cell(titled, id=cell_id, metadata={"nbgrader": {**marks, **points, **about}})
