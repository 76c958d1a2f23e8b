"""What the class hands in, made of the released notebook and of the assignment's bank of answers."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

from autograder import program
from autograder.audit.bank import read_bank
from autograder.program import Project
from tests.day.klass import CLASS, FAILS, RIGHT, Student

SLUG = "initialization"
EXERCISES = tuple(f"initialize_parameters_{method}" for method in ("zeros", "random", "he"))
BROKEN = "def {name}(layers_dims):\n    return {{\n"
SHOUTING = "print('\\x1b[2J\\x1b[31m<script>window.ran = 1</script>' + chr(8238) + '=cmd|calc')"
TEXT = "Zero times anything is zero. <img src=x onerror='window.ran=1'> {name}"


def handed_in(root: Path) -> dict[str, bytes]:
    """Give the notebook of everybody who hands one in, by login, and the untouched one under ""."""
    folder = Project(root).folder(SLUG)
    given = json.loads((folder / f"{SLUG}.ipynb").read_text(encoding="utf-8"))
    bank = read_bank(folder / "bank", program.current_release(Project(root), SLUG))
    sources = {(one.exercise, one.name): one.cells[one.answer] for one in bank if len(one.cells) == 1}
    found, styles = {"": saved(given)}, itertools.cycle(RIGHT)
    for student in CLASS:
        if student.odd not in ("report", "nothing"):
            answers = {
                name: answer(sources, name, wrong or next(styles))
                for name, wrong in zip(EXERCISES, student.wrong, strict=True)
            }
            found[student.login] = file_of(student, given, answers)
    return found


def answer(sources: dict[tuple[str, str], str], exercise: str, name: str) -> str:
    """Give the text of one answer."""
    if name == "does not compile":
        return BROKEN.format(name=exercise)
    assert name in FAILS or name in RIGHT
    return sources[exercise, name]


def file_of(student: Student, given: dict[str, Any], answers: dict[str, str]) -> bytes:
    """Write one student's notebook, as odd as it is."""
    notebook = json.loads(json.dumps(given))
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        cell["source"] = answers.get(name, cell["source"])
        if name == "why_zeros_do_not_learn":
            cell["source"] = TEXT.format(name=student.name)
        if student.odd == "no metadata":
            cell["metadata"] = {}
    if student.odd == "no tests":
        notebook["cells"] = [
            one
            for one in notebook["cells"]
            if not one["metadata"].get("nbgrader", {}).get("grade") or one["cell_type"] == "markdown"
        ]
    if student.odd == "shouting":
        notebook["cells"].insert(
            3,
            {
                "cell_type": "code",
                "execution_count": None,
                "id": "loud",
                "metadata": {},
                "outputs": [],
                "source": SHOUTING,
            },
        )
    content = saved(notebook)
    return content[: len(content) // 2] if student.odd == "unreadable" else content


def saved(notebook: dict[str, Any]) -> bytes:
    """Write a notebook as Jupyter does."""
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode()
