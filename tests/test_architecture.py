"""The flow stays visible: what may import what."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STAGES = ("release", "collect", "execute", "judge", "gradebook", "deliver")
STUDENT_FILES = sorted([*ROOT.glob("utils/*.py"), *ROOT.glob("public_tests/*.py"), *ROOT.glob("notebooks/*/*.py")])


def imported(path: Path) -> Iterator[str]:
    """Full names of the modules that a file imports, relative ones resolved."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = path.relative_to(ROOT).parts[: -node.level] if node.level else ()
            base = ".".join([*package, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def modules(stage: str) -> list[Path]:
    """The modules of one stage."""
    return sorted((ROOT / "autograder" / stage).rglob("*.py"))


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_imports_no_other_stage(stage: str) -> None:
    """Only `autograder.records` crosses between stages, so that each can be read and replaced alone."""
    assert modules(stage)
    for path in modules(stage):
        for name in imported(path):
            if name.startswith("autograder."):
                allowed = name.startswith(("autograder.records", f"autograder.{stage}"))
                assert allowed, f"{path.relative_to(ROOT)} imports {name}"


@pytest.mark.parametrize("path", STUDENT_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_student_files_never_import_the_autograder(path: Path) -> None:
    """What travels in the bundle works without us."""
    if path.name != "conftest.py":
        assert not [name for name in imported(path) if name.split(".")[0] == "autograder"]


def test_records_imports_nothing_of_the_program() -> None:
    """The values that cross depend on nobody."""
    assert not [name for name in imported(ROOT / "autograder/records.py") if name.startswith("autograder")]


def test_no_file_has_a_name_that_says_nothing() -> None:
    """A file called helpers, common or misc is a file that nobody can find anything in."""
    names = {path.stem for path in ROOT.rglob("*.py") if ".venv" not in path.parts and "build" not in path.parts}
    assert not names & {"helpers", "helper", "common", "misc", "util"}
