"""A plain nbgrader course in code, with an assignment of two notebooks in which every cell has the same name."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from tests.dropin.conftest import Course
from tests.nbgrader.commands import run_nbgrader

NOTEBOOKS = ("circle", "square")
RIGHT = {"circle": "def area(r):\n    return 3 * r * r", "square": "def area(a):\n    return a * a"}
WRONG = {"circle": "def area(r):\n    return 3 * r", "square": "def area(a):\n    return 4 * a"}
TESTS = {"circle": "assert area(2) == 12", "square": "assert area(3) == 9\nassert area(1) == 1"}
POINTS = {"circle": 2, "square": 3}
SAID = "Because I measured it."


def source(name: str) -> nbformat.NotebookNode:
    """The instructor's notebook: a function and its test, a question, one whose answer is the stub, and a task."""
    answer = f"### BEGIN SOLUTION\n{RIGHT[name]}\n### END SOLUTION"
    scheme = "Draw it.\n\n=== BEGIN MARK SCHEME ===\nTwo points for the axes.\n=== END MARK SCHEME ==="
    notebook = new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "P", "language": "python"}})
    notebook.cells = [
        new_markdown_cell(f"# The {name}", id="title"),
        cell(answer, "area", solution=True),
        cell(TESTS[name], "area-test", points=POINTS[name], grade=True, locked=True),
        cell("It follows from the sums.", "why", points=4, written=True, grade=True, solution=True),
        cell("YOUR ANSWER HERE", "else", points=1, written=True, grade=True, solution=True),
        cell(scheme, "drawing", points=2, written=True, task=True, locked=True),
        new_code_cell("# your own drawing", id="own"),
    ]
    return notebook


def cell(text: str, name: str, points: int = 0, written: bool = False, **flags: bool) -> nbformat.NotebookNode:
    """A cell with nbgrader's metadata, of code or `written` in words."""
    made = (new_markdown_cell if written else new_code_cell)(text, id=name)
    marks = {"grade": False, "solution": False, "locked": False, "task": False, **flags, "grade_id": name}
    marks |= {"schema_version": 3, "cell_type": made.cell_type}
    made.metadata["nbgrader"] = {**marks, "points": points} if points else marks
    return made


def make_course(folder: Path) -> Course:
    """Write the course, and let nbgrader release the assignment, beside another one that has the first notebook alone."""
    (folder / "source" / "shapes").mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "shapes101"\n')
    for name in NOTEBOOKS:
        nbformat.write(source(name), folder / "source" / "shapes" / f"{name}.ipynb")
    (folder / "source" / "alone").mkdir()
    nbformat.write(source("circle"), folder / "source" / "alone" / "circle.ipynb")
    run_nbgrader(folder, "generate_assignment shapes", "generate_assignment alone")
    return Course(folder)


def hand_in(course: Course, student: str, **answers: dict[str, str]) -> None:
    """Hand in these notebooks, each with these cells changed, by name; a drawing is saved in each."""
    place = course.root / "submitted" / student / "shapes"
    place.mkdir(parents=True, exist_ok=True)
    for name, changed in answers.items():
        notebook = nbformat.read(course.root / "release" / "shapes" / f"{name}.ipynb", as_version=4)
        for one in notebook.cells:
            one.source = changed.get(one.metadata.get("nbgrader", {}).get("grade_id", one.id), one.source)
        notebook.cells[-1].outputs = [new_output("display_data", data={"image/png": picture(name)})]
        nbformat.write(notebook, place / f"{name}.ipynb")


def picture(name: str) -> str:
    """A small PNG, of another colour for each notebook."""
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), {"circle": "navy", "square": "olive"}[name]).save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


def hand_in_all(course: Course) -> None:
    """The class: all right, all left as it was, one notebook alone, one that cannot be read, and an empty folder."""
    answered = {"why": SAID, "else": "Nothing else."}
    hand_in(course, "all", **{name: {"area": RIGHT[name], **answered} for name in NOTEBOOKS})
    hand_in(course, "untouched", circle={}, square={})
    hand_in(course, "one", circle={"area": RIGHT["circle"], "why": SAID})
    hand_in(course, "mixed", circle={"area": WRONG["circle"]}, square={"area": RIGHT["square"], "why": SAID})
    hand_in(course, "damaged", circle={"area": RIGHT["circle"], **answered})
    (course.root / "submitted" / "damaged" / "shapes" / "square.ipynb").write_text("{ this is no notebook")
    (course.root / "submitted" / "nothing" / "shapes").mkdir(parents=True)
