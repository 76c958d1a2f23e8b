"""Take apart the JSON of a submitted notebook: only what grading needs, and never trusting its shape."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from autograder.collect.read import Unreadable

MAX_CELLS = 5_000


@dataclass(frozen=True, slots=True)
class SubmittedCell:
    """One cell as the student handed it in; `marks` is its nbgrader metadata, {} where there is none."""

    type: str
    source: str
    marks: dict[str, Any]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SubmittedNotebook:
    """The cells, and the release that the notebook says it was made from ("" where it does not say)."""

    cells: tuple[SubmittedCell, ...]
    release: str


def parse(data: bytes) -> SubmittedNotebook:
    """Read the bytes of a notebook.

    Raises
    ------
    Unreadable
        If they are not a notebook, with the reason in words for the student.
    """
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable(f"The file is not UTF-8 text (byte {error.start}), so it is not a notebook.") from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"The file is not a notebook: its JSON is damaged ({describe(error)}).") from error
    cells = cells_of(content)
    if len(cells) > MAX_CELLS:
        raise Unreadable(f"The notebook has {len(cells)} cells; {MAX_CELLS} are allowed.")
    seedbed = table(table(content.get("metadata")).get("seedbed"))
    return SubmittedNotebook(tuple(cell(one) for one in cells), str(seedbed.get("release", ""))[:64])


def describe(error: Exception) -> str:
    """A short reason for damaged JSON."""
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}: {error.msg}"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)[:80]


def cells_of(content: Any) -> list[Any]:
    """The list of cells, of a notebook in format 4 or 3."""
    if isinstance(content, dict):
        if isinstance(content.get("cells"), list):
            return list(content["cells"])
        sheets = content.get("worksheets")
        if isinstance(sheets, list):
            lists = [table(sheet).get("cells") for sheet in sheets]
            return [one for cells in lists if isinstance(cells, list) for one in cells]
    raise Unreadable("The file is JSON, but it holds no cells, so it is not a notebook.")


def cell(one: Any) -> SubmittedCell:
    """One cell, with everything odd about it left out."""
    one = table(one)
    metadata = table(one.get("metadata"))
    tags = metadata.get("tags")
    return SubmittedCell(
        type=text(one.get("cell_type"))[:20],
        source=text(one.get("source", one.get("input"))),
        marks=table(metadata.get("nbgrader")),
        tags=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
    )


def table(value: Any) -> dict[str, Any]:
    """The value if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def text(value: Any) -> str:
    """A cell's source: one text, or a list of lines. Lone surrogates become question marks."""
    joined = value if isinstance(value, str) else ""
    if isinstance(value, list):
        joined = "".join([line for line in value if isinstance(line, str)])
    return joined.encode("utf-8", "replace").decode("utf-8")
