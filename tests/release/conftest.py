"""A second, tiny assignment in a repository of its own, and a plain grader for it."""

from __future__ import annotations

import ast
import json
import shutil
import sys
import types
from pathlib import Path

import pytest

from autograder.records import CheckResult, ExerciseResult, Release, Result

REPOSITORY = Path(__file__).parents[2]
DOUBLING = Path(__file__).parent / "doubling"


@pytest.fixture
def doubling(tmp_path):
    """Give `notebooks/doubling` of a fresh repository that holds nothing else."""
    folder = tmp_path / "notebooks" / "doubling"
    for name in ("source.py", "hidden_checks.py", "assignment.toml"):
        put(DOUBLING / name, folder / name)
    put(DOUBLING / "public_tests.py", tmp_path / "public_tests" / "doubling.py")
    put(REPOSITORY / "utils" / "init_utils.py", tmp_path / "utils" / "init_utils.py")
    put(REPOSITORY / "nbgrader_config.py", tmp_path / "nbgrader_config.py")
    return folder


def put(source: Path, target: Path) -> None:
    """Copy one file, its folders made."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


@pytest.fixture
def plain_grade():
    """Give a grader for the tiny assignment that needs no other stage."""
    return grade_here


def grade_here(release: Release, submission: bytes) -> Result:
    """Run the notebook in this process, with the release's tests: all of a cell's checks pass, or none."""
    tests = types.ModuleType("public_tests")
    exec(dict(release.files)["public_tests.py"], tests.__dict__)
    names, checks, cells = {}, [], []
    before = sys.modules.get("public_tests")
    sys.modules["public_tests"] = tests
    try:
        for given, cell in zip(json.loads(submission)["cells"], release.cells, strict=True):
            source = "".join(given["source"]) if cell.kind == "answer" else cell.source
            works = given["cell_type"] != "code" or run(source, names)
            checks += [result(check, works) for check in cell.checks]
            cells += [cell.id for _ in cell.checks]
    finally:
        del sys.modules["public_tests"]
        if before is not None:
            sys.modules["public_tests"] = before
    return Result("key", "", "", "graded", (ExerciseResult("double", tuple(checks), tuple(cells)),))


def run(source: str, names: dict[str, object]) -> bool:
    """Say whether a cell runs; magics are left out."""
    code = "\n".join(line for line in source.splitlines() if not line.startswith("%"))
    try:
        exec(compile(ast.parse(code), "cell", "exec"), names)
    except Exception:
        return False
    return True


def result(check, works: bool) -> CheckResult:
    """Give a check's result."""
    outcome, points = ("passed", check.max_points) if works else ("failed", 0)
    return CheckResult(check.name, check.title, outcome, points, check.max_points)
