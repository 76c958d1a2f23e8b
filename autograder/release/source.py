"""From the author's text to the instructor's notebook.

The text is jupytext's py:percent; a cell's header carries its nbgrader metadata, of which only what is not the default
needs to be written. A line `# INCLUDE name.py` is replaced by that file of the assignment's folder.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbgrader.nbgraderformat import MetadataValidator, ValidationError

from autograder.release.assignment import Assignment
from autograder.release.errors import ReleaseError

_INCLUDE = re.compile(r"^([ \t]*)# INCLUDE (\S+)[ \t]*$", re.MULTILINE)
_METADATA = ("nbgrader", "tags")
_MARKS = {"schema_version": 3, "grade": False, "solution": False, "task": False}
_KERNEL = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def instructor_notebook(assignment: Assignment) -> dict[str, Any]:
    """Make the notebook with all solutions and hidden tests; the same text gives the same bytes."""
    if not assignment.source.is_file():
        raise ReleaseError(f"{assignment.folder}: source.py is missing.")
    try:
        text = jupytext.reads(assignment.source.read_text(encoding="utf-8"), fmt="py:percent")
    except Exception as error:  # jupytext raises many kinds; for us each means the same
        raise ReleaseError(f"{assignment.source} cannot be read as py:percent: {error}") from error
    cells = [_cell(cell, assignment) for cell in text.cells]
    _number(cells)
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": dict(_KERNEL), "cells": cells}
    _validate(notebook, assignment.source)
    return notebook


def write_notebook(notebook: dict[str, Any]) -> bytes:
    """Give the notebook's bytes as Jupyter and nbgrader write them."""
    text: str = nbformat.writes(nbformat.from_dict(notebook))  # type: ignore[no-untyped-call]  # it has no annotations
    return (text.rstrip("\n") + "\n").encode()


def _cell(raw: Any, assignment: Assignment) -> dict[str, Any]:
    source = _expand(raw.source, assignment.folder)
    cell = {"cell_type": raw.cell_type, "metadata": _metadata(raw, assignment.source), "source": source}
    if raw.cell_type == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell


def _metadata(raw: Any, path: Path) -> dict[str, Any]:
    metadata = {key: value for key, value in raw.metadata.items() if key != "lines_to_next_cell"}
    for key, value in metadata.items():
        if key not in _METADATA:
            raise ReleaseError(
                f"{path}: the header of the cell {_first_line(raw.source)!r} has {key} = {value!r}; "
                f"allowed are {' and '.join(_METADATA)}, each followed by valid JSON."
            )
    if "nbgrader" in metadata:
        marks = {**_MARKS, **metadata["nbgrader"]}
        marks.setdefault("locked", not marks["solution"] and not marks["task"])
        metadata["nbgrader"] = marks
    return metadata


def _expand(source: str, folder: Path) -> str:
    def text(match: re.Match[str]) -> str:
        indent, name = match.groups()
        path = folder / name
        if path.parent != folder or not path.is_file():
            raise ReleaseError(f"{folder / 'source.py'}: '# INCLUDE {name}': there is no such file beside it.")
        lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
        return "\n".join(indent + line if line else line for line in lines)

    return _INCLUDE.sub(text, source)


def _number(cells: list[dict[str, Any]]) -> None:
    """Give every cell an id that only depends on what it says."""
    seen: Counter[str] = Counter()
    for cell in cells:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id") or _digest(cell)
        name = re.sub(r"[^A-Za-z0-9_-]", "-", str(name))[:58]
        seen[name] += 1
        cell["id"] = name if seen[name] == 1 else f"{name}-{seen[name]}"


def _digest(cell: dict[str, Any]) -> str:
    return "cell-" + hashlib.sha256(f"{cell['cell_type']}\n{cell['source']}".encode()).hexdigest()[:8]


def _validate(notebook: dict[str, Any], path: Path) -> None:
    node = nbformat.from_dict(notebook)  # type: ignore[no-untyped-call]  # it has no annotations
    try:
        nbformat.validate(node)
        MetadataValidator().validate_nb(node)
    except ValidationError as error:
        raise ReleaseError(f"{path}: {error.message}") from error


def _first_line(source: str) -> str:
    return source.split("\n", 1)[0]
