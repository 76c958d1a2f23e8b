"""Make the bundled sample class: a folder of submissions from answers that are kept as text."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path
from typing import Any


def write_sample(folder: Path, student_notebook: Path, target: Path) -> int:
    """Write one submission for each student of `<folder>/sample_class.toml`.

    Parameters
    ----------
    folder
        An assignment's folder, `notebooks/<slug>`.
    student_notebook
        The notebook that students were given.
    target
        Gets `<student>/<slug>/<slug>.ipynb`; what an earlier call wrote there is replaced.

    Returns
    -------
    int
        How many submissions there are.
    """
    students = tomllib.loads((folder / "sample_class.toml").read_text(encoding="utf-8"))["student"]
    given = student_notebook.read_text(encoding="utf-8")
    if (target / MARK).exists():
        shutil.rmtree(target)
    target.mkdir(parents=True, exist_ok=True)
    (target / MARK).touch()
    for student in students:
        place = target / student["name"] / folder.name / f"{folder.name}.ipynb"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(submission(given, student), encoding="utf-8")
    return len(students)


MARK = ".seedbed-sample"
"""Says that a folder is ours to replace."""


def submission(given: str, student: dict[str, Any]) -> str:
    """The text of one student's notebook file."""
    notebook = json.loads(given)
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if name in student.get("answers", {}):
            cell["source"] = student["answers"][name].strip("\n")
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
