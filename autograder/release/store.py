"""A release kept as one JSON file, so that grading starts without Jupyter."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from autograder.records import Cell, Check, Limits, Release
from autograder.release.assignment import Assignment, read_assignment

SCHEMA_VERSION = 1


def release_path(build: Path, slug: str) -> Path:
    """Say where the release of an assignment is kept."""
    return build / "releases" / f"{slug}.json"


def load_release(folder: Path, build: Path) -> Release | None:
    """Give the kept release of `notebooks/<slug>`, or None where there is none or the author's texts are newer."""
    try:
        table = json.loads(release_path(build, folder.name).read_text(encoding="utf-8"))
        if table["schema_version"] != SCHEMA_VERSION or table["made_from"] != fingerprint(read_assignment(folder)):
            return None
        return release_from_json(table["release"])
    except (OSError, ValueError, KeyError, TypeError):
        return None  # absent, or cut short: it is made anew


def release_text(release: Release, assignment: Assignment) -> str:
    """Give the file's text."""
    table = {
        "schema_version": SCHEMA_VERSION,
        "made_from": fingerprint(assignment),
        "release": release_to_json(release),
    }
    return json.dumps(table, indent=1, sort_keys=True) + "\n"


def fingerprint(assignment: Assignment) -> str:
    """Give the SHA-256 of every text that the release is made from."""
    paths = [*sorted(assignment.folder.glob("*.py")), assignment.folder / "assignment.toml", assignment.config]
    digest = hashlib.sha256()
    for path in [*paths, *(path for _, path in assignment.companions)]:
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def release_to_json(release: Release) -> dict[str, Any]:
    """Give the release as plain data."""
    table = asdict(release)
    table["files"] = [[name, base64.b64encode(content).decode()] for name, content in release.files]
    return table


def release_from_json(table: dict[str, Any]) -> Release:
    """Give the release back from plain data."""
    return Release(
        assignment=table["assignment"],
        id=table["id"],
        cells=tuple(_cell(cell) for cell in table["cells"]),
        files=tuple((name, base64.b64decode(content)) for name, content in table["files"]),
        limits=Limits(**table["limits"]),
        title=table["title"],
        notebook=table.get("notebook", ""),
    )


def _cell(table: dict[str, Any]) -> Cell:
    return Cell(**{**table, "checks": tuple(Check(**check) for check in table["checks"])})
