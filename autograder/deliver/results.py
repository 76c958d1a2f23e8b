"""Results as JSON: the file that everything else is drawn from. `docs/results.md` describes it."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from autograder.records import (
    CheckResult,
    ExerciseResult,
    Isolation,
    ManualQuestion,
    Notice,
    Release,
    Result,
)

RESULTS_SCHEMA = 1
AS_JSON = "backslashreplace"
"""How a file of JSON writes what is no text, such as a path's bytes that are not UTF-8: as JSON's own escape."""
PACKAGES = ("numpy", "matplotlib", "scikit-learn", "ipython", "nbgrader")


def result_to_json(result: Result) -> dict[str, Any]:
    """One submission's result as plain data, in the order in which it is documented."""
    return {
        "student": result.student,
        "file": result.file,
        "sha256": result.sha256,
        "files": files_to_json(result.files),
        "status": result.status,
        "score": result.score,
        "max_score": result.max_score,
        "seconds": round(result.seconds, 4),
        "seed": result.seed,
        "exercises": [exercise_to_json(exercise) for exercise in result.exercises],
        "manual": [question_to_json(one) for one in result.manual],
        "notices": [{"code": notice.code, "message": notice.message} for notice in result.notices],
        "isolation": isolation_to_json(result.isolation),
    }


def exercise_to_json(exercise: ExerciseResult) -> dict[str, Any]:
    """One exercise; `cell` is the grade cell that a check belongs to."""
    return {
        "name": exercise.name,
        "score": exercise.score,
        "max_score": exercise.max_score,
        "checks": [
            {
                "name": check.name,
                "cell": cell,
                "title": check.title,
                "outcome": check.outcome,
                "points": check.points,
                "max_points": check.max_points,
                "code": check.code,
                "message": check.message,
            }
            for check, cell in zip(exercise.checks, exercise.cells, strict=True)
        ],
    }


def files_to_json(files: tuple[tuple[str, str], ...] | None) -> list[dict[str, str]] | None:
    """What was used of a student's files beside the notebook; None where it was handed in alone."""
    return None if files is None else [{"name": name, "sha256": sha256} for name, sha256 in files]


def files_from_json(table: list[dict[str, str]] | None) -> tuple[tuple[str, str], ...] | None:
    """The files, from plain data; results of an earlier version have none."""
    return None if table is None else tuple((one["name"], one["sha256"]) for one in table)


def isolation_to_json(isolation: Isolation | None) -> dict[str, Any] | None:
    """How the student's process was held."""
    return {"level": isolation.level, "layers": list(isolation.layers)} if isolation else None


def isolation_from_json(table: dict[str, Any] | None) -> Isolation | None:
    """How it was held, from plain data."""
    return Isolation(table["level"], tuple(table["layers"])) if table else None


def result_from_json(table: dict[str, Any]) -> Result:
    """The result that `result_to_json` gave."""
    return Result(
        student=table["student"],
        file=table["file"],
        sha256=table["sha256"],
        status=table["status"],
        exercises=tuple(exercise_from_json(one) for one in table["exercises"]),
        manual=tuple(question_from_json(one) for one in table["manual"]),
        notices=tuple(Notice(one["code"], one["message"]) for one in table["notices"]),
        isolation=isolation_from_json(table["isolation"]),
        seconds=table["seconds"],
        seed=table["seed"],
        max_score=table["max_score"],
        files=files_from_json(table.get("files")),
    )


def question_to_json(question: ManualQuestion) -> dict[str, Any]:
    """Turn a question that a person marks into plain data; the code is there where a score is not a person's."""
    code = {"code": question.code} if question.code else {}
    return {"name": question.name, "score": question.score, "max_score": question.max_score, **code}


def question_from_json(table: dict[str, Any]) -> ManualQuestion:
    """Read a question back."""
    return ManualQuestion(table["name"], table["max_score"], table["score"], table.get("code", ""))


def exercise_from_json(table: dict[str, Any]) -> ExerciseResult:
    """One exercise from plain data."""
    checks = tuple(
        CheckResult(**{key: value for key, value in check.items() if key != "cell"}) for check in table["checks"]
    )
    return ExerciseResult(table["name"], checks, tuple(check["cell"] for check in table["checks"]))


def write_results(
    path: Path, release: Release, results: Iterable[Result], parts: Mapping[str, str] | None = None
) -> None:
    """Write `results.json`, a submission at a time, and put it in its place when it is whole.

    `parts` are the ids of the notebooks' releases, by name, where there are several.
    """
    results = iter(results)
    first = next(results, None)
    head = {
        "schema_version": RESULTS_SCHEMA,
        "assignment": release.assignment,
        "release": release.id,
        **({"notebook": release.notebook} if release.notebook else {}),
        **({"notebooks": dict(parts)} if parts else {}),
        "isolation": isolation_to_json(first.isolation) if first else None,
        "environment": environment(),
    }
    unfinished = path.with_name(f".{path.name}.new")
    with unfinished.open("w", encoding="utf-8", errors=AS_JSON) as file:
        file.write(json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "submissions": [')
        for place, result in enumerate(chained(first, results)):
            file.write(",\n  " if place else "\n  ")
            file.write(json.dumps(result_to_json(result), ensure_ascii=False))
        file.write("\n ]}\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def chained(first: Result | None, rest: Iterator[Result]) -> Iterator[Result]:
    """All results again, after the first has been looked at."""
    if first is not None:
        yield first
        yield from rest


@cache
def environment() -> dict[str, str]:
    """What the marks were made with; looked up once, since reading a package's metadata takes milliseconds."""
    versions = {}
    for name in PACKAGES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = "not installed"
    return {"python": platform.python_version(), "system": platform.system(), "machine": platform.machine(), **versions}
