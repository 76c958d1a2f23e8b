"""The notebook that nbgrader keeps of a submission, written so that nbgrader's own reading of it gives our marks.

nbgrader reads a grade cell's outputs: an error is no point, a number is that many points, anything else is all of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import nbformat

from autograder.deliver.autograded import about, restored
from autograder.deliver.feedback_plots import submitted_plots
from autograder.deliver.visible import shortened, visible
from autograder.dropin.desk import Marks
from autograder.gradebook.reader import cell_scores
from autograder.records import CellRun, Graded, Release

OWN = ("answer", "manual", "free")
"""Kinds of cell whose output is the student's doing."""


def undecided(graded: Graded, marks: Marks) -> frozenset[str]:
    """Which grade cells have no mark: through a fault of ours, or because the file cannot be read."""
    scores = cell_scores(graded.result)
    tests = {name for name, mark in marks.items() if mark["grade"] and not mark["solution"]}
    manual = {name for name, mark in marks.items() if name not in tests and (mark["grade"] or mark["task"])}
    without = {name for name in tests if scores.get(name) is None}
    return frozenset(without | manual if graded.notebook is None else without)


def shown(release: Release, graded: Graded, data: bytes, marks: Marks) -> Any:
    """Make the notebook.

    Parameters
    ----------
    release
        What the submission was judged by.
    graded
        What was found.
    data
        The submitted file, for the pictures that its own cells hold.
    marks
        nbgrader's metadata of each cell, as the gradebook has it.
    """
    steps = graded.notebook.steps if graded.notebook else ()
    cells = list(restored(release, graded)) if graded.notebook else []
    plots = submitted_plots(data) if graded.notebook else ()
    scores = cell_scores(graded.result)
    for place, (step, cell) in enumerate(zip(steps, cells[: len(steps)], strict=True)):
        if step.kind == "test":
            cell["outputs"] += list(worth(scores.get(step.id), marks.get(step.id, {}).get("points", 0.0)))
        elif cell["cell_type"] == "code" and step.kind in OWN:
            pictures = [plot.uri.partition(",")[2] for plot in plots if plot.cell == step.index]
            cell["outputs"] = [*printed(graded.runs.get(place, CellRun())), *drawn(pictures)]
    return notebook([*about(graded), *cells], marks, graded, release)


def worth(score: float | None, points: float) -> Iterator[dict[str, Any]]:
    """Give the output that nbgrader reads as this score."""
    if score == 0 and points > 0:
        text = f"0 of {points:g} points"
        yield {"output_type": "error", "ename": "NotPassed", "evalue": text, "traceback": [f"NotPassed: {text}"]}
    elif score is not None and score < points:
        result = {"data": {"text/plain": repr(float(score))}, "metadata": {}, "execution_count": None}
        yield {"output_type": "execute_result", **result}


def printed(run: CellRun) -> Iterator[dict[str, Any]]:
    """Give what a cell of the student's printed when it ran in the box, and how it ended."""
    said = run.stop.message if run.stop else f"{run.raised.type}: {run.raised.message}" if run.raised else ""
    text = run.stdout + (f"\n{said}" if said else "")
    if text.strip():
        yield {"output_type": "stream", "name": "stdout", "text": shortened(visible(text))}


def drawn(pictures: list[str]) -> Iterator[dict[str, Any]]:
    """Give pictures from the submitted file, and say that they come from there."""
    if pictures:
        yield {"output_type": "stream", "name": "stdout", "text": "As handed in, not drawn anew:\n"}
    for picture in pictures:
        yield {"output_type": "display_data", "data": {"image/png": picture}, "metadata": {}}


def notebook(cells: list[dict[str, Any]], marks: Marks, graded: Graded, release: Release) -> Any:
    """Put cells together, each with the gradebook's metadata of it, and say what repeats this grading."""
    for place, cell in enumerate(cells):
        cell["id"] = f"cell-{place}"
        name = cell["metadata"].pop("nbgrader", {}).get("grade_id")
        if name in marks:
            cell["metadata"]["nbgrader"] = dict(marks[name])
    result = graded.result
    level = result.isolation.level if result.isolation else ""
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "seedbed": {"release": release.id[:12], "seed": result.seed, "isolation": level, "sha256": result.sha256},
    }
    table = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return nbformat.reads(json.dumps(table), as_version=4)  # type: ignore[no-untyped-call]  # it has no annotations
