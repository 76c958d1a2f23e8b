"""A small assignment and what a class handed in for it, made in code."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from PIL import Image

from autograder.collect.restore import restore
from autograder.records import (
    Cell,
    Check,
    CheckResult,
    ExerciseResult,
    Graded,
    Isolation,
    ManualQuestion,
    Notice,
    Outcome,
    Release,
    Result,
)

SECRET = "assert double(21) == 42  # nobody may see this"  # a line of a hidden test
MESSAGE = """✗ double: the result of double(4) is wrong
  called     double(4)
  result     yours 16, expected 8
  why        That is the square; doubling adds the number to itself.
  next       Compare your line with the sentence above the exercise.
  code       double/square"""
FURTHER = """✗ double: fails for every number
  why        That is the square; doubling adds the number to itself.
  code       double/square"""

_PUBLIC = (Check("type", "The result is a plain int.", 1.0), Check("value", "double(4) is 8.", 1.0))
_HIDDEN = (Check("value", "The result is twice the number, for every number.", 2.0),)
_TEST = "double_test(double)"

RELEASE = Release(
    "doubling",
    "1f" * 32,
    (
        Cell("", "text", "# Doubling\n\nAnything times **two**.", "# Doubling\n\nAnything times **two**."),
        Cell("imports", "given", "import math", "import math"),
        Cell("double", "answer", "def double(n):\n    return n + n", "def double(n):\n    ..."),
        Cell("double_public", "test", _TEST, _TEST, 2.0, "double", _PUBLIC),
        Cell("double_hidden", "test", f"{_TEST}\n{SECRET}", _TEST, 2.0, "double", _HIDDEN),
        Cell("why_it_works", "manual", "Because.", "*Your answer.*", 3.0),
    ),
    title="Doubling, a first assignment",
)


def notebook(code: str, answer: str, own: tuple[str, ...] = (), outputs: tuple[Any, ...] = ()) -> bytes:
    """Give the bytes of a submission; `own` are cells that the student added, `outputs` those of the last one."""
    cells: list[dict[str, Any]] = []
    for given in RELEASE.cells:
        source = {"double": code, "why_it_works": answer}.get(given.id, given.student_source)
        marks = {
            "grade_id": given.id,
            "grade": given.kind in ("test", "manual"),
            "solution": given.kind in ("answer", "manual"),
        }
        kind = "markdown" if given.kind in ("text", "manual") else "code"
        cells.append({"cell_type": kind, "source": source, "metadata": {"nbgrader": marks} if given.id else {}})
        cells[-1] |= {"outputs": [], "execution_count": None} if kind == "code" else {}
    cells += [
        {"cell_type": "code", "source": source, "metadata": {}, "outputs": list(outputs), "execution_count": None}
        for source in own
    ]
    for place, cell in enumerate(cells):
        cell["id"] = f"cell-{place}"
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def exercise(outcomes: tuple[Outcome, Outcome, Outcome], messages: tuple[str, str] = (MESSAGE, FURTHER)) -> Any:
    """Give the exercise with these outcomes of its three checks."""
    cells = ("double_public", "double_public", "double_hidden")
    said = ("✗ double: not an int\n  code       double/type", *messages)
    checks = tuple(
        CheckResult(
            check.name,
            check.title,
            outcome,
            check.max_points if outcome == "passed" else 0.0,
            check.max_points,
            "" if outcome == "passed" else "double/type" if check.name == "type" else "double/square",
            "" if outcome == "passed" else message,
        )
        for check, outcome, message in zip((*_PUBLIC, *_HIDDEN), outcomes, said, strict=True)
    )
    return ExerciseResult("double", checks, cells)


def graded(
    data: bytes,
    outcomes: tuple[Outcome, Outcome, Outcome] = ("passed", "failed", "failed"),
    notices: tuple[Notice, ...] = (),
    messages: tuple[str, str] = (MESSAGE, FURTHER),
    **changes: Any,
) -> Graded:
    """Give what grading these bytes found."""
    restored = restore(data, RELEASE)
    result = Result(
        "Zoë O'Neill",
        "submitted/Zoë O'Neill/doubling.ipynb",
        "ab" * 32,
        "graded",
        (exercise(outcomes, messages),),
        (ManualQuestion("why_it_works", 3.0),),
        restored.notices + notices,
        Isolation("A", ("namespaces", "seccomp")),
        0.04,
        "7",
        4.0,
    )
    return Graded(replace(result, **changes), restored)


def unmarked(status: Any, reason: str) -> Graded:
    """Give a submission without a mark."""
    notices = (Notice(status, reason),)
    return Graded(Result("Zoë O'Neill", "doubling.ipynb", "", status, notices=notices, max_score=4.0))


WRONG = notebook("def double(n):\n    return n**2", "Since *n* + *n* is $2n$, and 1 < 2.")


def a_class(students: int) -> Iterator[Result]:
    """Give a class: of seven, three are right, two square, one is no int, one is held or unreadable."""
    for number in range(students):
        kind = number % 7
        outcomes: Any = ("passed",) * 3 if kind < 3 else ("passed", "failed", "failed") if kind < 5 else ("failed",) * 3
        base = graded(WRONG, outcomes).result if kind < 6 else unmarked("unreadable", "Not a notebook.").result
        status = "held" if number == 20 else base.status
        yield replace(
            base,
            student=f"Student {number}",
            sha256=f"{number:064x}",
            seconds=number / 1000,
            status=status,
            notices=(Notice("edited", "The cell 'imports' had been edited."),) if kind == 4 else base.notices,
        )


def png(colour: str, size: tuple[int, int] = (40, 30)) -> str:
    """Give a PNG in base64, as a notebook holds it."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


def plot_output(encoded: str) -> dict[str, Any]:
    """Give a notebook output that shows a plot."""
    return {"output_type": "display_data", "metadata": {}, "data": {"image/png": encoded, "text/plain": ["<Figure>"]}}
