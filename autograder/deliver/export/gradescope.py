"""Gradescope's `results.json`, one for each student."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from autograder.deliver.export.errors import ExportError
from autograder.deliver.export.marks import exact, mark_of, two_decimals
from autograder.deliver.visible import visible
from autograder.records import ExerciseResult, Result


def gradescope_results(result: Result, penalties: Mapping[str, float] | None = None) -> dict[str, Any]:
    """One student's result as Gradescope reads it.

    Checks are its tests. There is no mark of a student's whose submission is held or unreadable: Gradescope would show
    a zero, and we never give one silently.

    Raises
    ------
    ExportError
        If the result has no mark; the text says why, and is what its reader should see.
    """
    mark = mark_of(result, penalties)
    if mark.points is None:
        notices = "".join(f"\n{notice.message}" for notice in result.notices)
        raise ExportError(f"There is no mark ({mark.reason}).{notices}")
    return {
        "score": float(mark.text),
        "execution_time": round(result.seconds),
        "output": visible("\n".join(notice.message for notice in result.notices)),
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {"sha256": result.sha256, "max_score": float(two_decimals(mark.maximum)), "seed": result.seed},
        "tests": [test for place, exercise in enumerate(result.exercises, start=1) for test in _tests(place, exercise)],
    }


def _tests(place: int, exercise: ExerciseResult) -> list[dict[str, Any]]:
    """One exercise's checks, numbered as Gradescope numbers parts of a question."""
    return [
        {
            "number": f"{place}.{number}",
            "name": f"{exercise.name}: {check.title}",
            "score": float(two_decimals(exact(check.points))),
            "max_score": float(two_decimals(exact(check.max_points))),
            "status": "passed" if check.outcome == "passed" else "failed",
            "output": visible(check.message),
            "output_format": "text",
            "visibility": "visible",
        }
        for number, check in enumerate(exercise.checks, start=1)
    ]


def results_bytes(result: Result, penalties: Mapping[str, float] | None = None) -> bytes:
    """The file's content."""
    return (json.dumps(gradescope_results(result, penalties), ensure_ascii=False, indent=1) + "\n").encode("utf-8")
