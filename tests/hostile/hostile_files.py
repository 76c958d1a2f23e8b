"""Hostile submissions as files: a docstring that says what one tries, a few header lines, and cells.

    # earns: 4            what it honestly earns; 0 where it is not said
    # status: unreadable  where it is not `graded`
    # limits: tight       judged with small limits, so that what never ends ends soon
    # answers: right      the answer cells that it does not write hold right answers, not the placeholder;
                          two: the first two of them
    # levels: A           where it is not tried at both levels, with the reason behind it

    # %% first                            a cell of the student's own after the imports
    # %% after initialize_parameters_he   the same after that cell; `last`: at the end
    # %% initialize_parameters_he         the text of that answer cell
    # %% beside mine.py                   a file of the student's that lies beside the notebook
    # %% notebook                         run here, not in the box: changes `notebook`, puts bytes into `data`, or texts into `files`

`@NAME@` stands for something that an attacker may know: see `WORDS` in `outside.py`.
"""

from __future__ import annotations

import ast
import copy
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "submissions"

RIGHT = {
    "initialize_parameters_zeros": (
        "def initialize_parameters_zeros(layers_dims):\n    parameters = {}\n    for l in range(1, len(layers_dims)):\n"
        '        parameters[f"W{l}"] = np.zeros((layers_dims[l], layers_dims[l - 1]))\n'
        '        parameters[f"b{l}"] = np.zeros((layers_dims[l], 1))\n    return parameters'
    ),
    "initialize_parameters_random": (
        "def initialize_parameters_random(layers_dims):\n    np.random.seed(3)\n    parameters = {}\n"
        "    for l in range(1, len(layers_dims)):\n"
        '        parameters[f"W{l}"] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10\n'
        '        parameters[f"b{l}"] = np.zeros((layers_dims[l], 1))\n    return parameters'
    ),
    "initialize_parameters_he": (
        "def initialize_parameters_he(layers_dims):\n    np.random.seed(3)\n    parameters = {}\n"
        "    for l in range(1, len(layers_dims)):\n"
        '        parameters[f"W{l}"] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * np.sqrt(2 / layers_dims[l - 1])\n'
        '        parameters[f"b{l}"] = np.zeros((layers_dims[l], 1))\n    return parameters'
    ),
}
"""A right answer to each exercise."""


@dataclass(frozen=True)
class Hostile:
    """One hostile submission, as its file says it."""

    name: str
    tries: str
    header: dict[str, str]
    cells: tuple[tuple[str, str], ...]

    @property
    def earns(self) -> float:
        """The points that it honestly earns."""
        return float(self.header.get("earns", "0"))

    @property
    def tight(self) -> bool:
        """Whether it is judged with small limits."""
        return self.header.get("limits") == "tight"

    def handed_in(self, given: dict[str, Any], words: dict[str, str]) -> tuple[bytes, dict[str, str]]:
        """The notebook that is handed in, made from the one that students are given, and the files beside it."""
        notebook = copy.deepcopy(given)
        count = {"right": 3, "two": 2}.get(self.header.get("answers", ""), 0)
        answer(notebook, dict(list(RIGHT.items())[:count]))
        files: dict[str, str] = {}
        changed: dict[str, Any] = {"notebook": notebook, "files": files}
        for place, source in self.cells:
            text = re.sub(r"@([A-Z]+)@", lambda match: words[match[1]], source)
            if place == "notebook":
                exec(text, changed)
            elif place.startswith("beside "):
                files[place.removeprefix("beside ")] = text
            elif place in RIGHT:
                answer(notebook, {place: text})
            else:
                insert(notebook, place, text)
        return changed.get("data") or json.dumps(notebook).encode(), files


def read(path: Path) -> Hostile:
    """Read one file."""
    head, *parts = re.split(r"^# %% (.*)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    header = dict(re.findall(r"^# (\w+): ([\w.]+)", head, re.MULTILINE))
    cells = tuple((place, source.strip("\n")) for place, source in zip(parts[::2], parts[1::2], strict=True))
    return Hostile(path.stem, ast.get_docstring(ast.parse(head)) or "", header, cells)


def grade_id(cell: dict[str, Any]) -> str:
    """The cell's name, or ""."""
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def answer(notebook: dict[str, Any], answers: dict[str, str]) -> None:
    """Write answers into their cells."""
    for cell in notebook["cells"]:
        cell["source"] = answers.get(grade_id(cell), cell["source"])


def insert(notebook: dict[str, Any], place: str, source: str) -> None:
    """Put a cell of the student's own after the imports (`first`), after a named cell, or at the end."""
    cells = notebook["cells"]
    after = "packages" if place == "first" else place.removeprefix("after ")
    own = {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
    ids = [grade_id(cell) for cell in cells]
    cells.insert(len(cells) if place == "last" else 1 + max(i for i, name in enumerate(ids) if name == after), own)


SUBMISSIONS = {path.stem: read(path) for path in sorted(FOLDER.glob("*.py"))}
