"""The nbgrader course: its source folder, and its release and gradebook by nbgrader itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from autograder.records import Release
from autograder.release.assignment import Assignment
from autograder.release.errors import ReleaseError


def stage_course(staging: Path, assignment: Assignment, release: Release, instructor: bytes) -> None:
    """Write the course's source of one assignment; nbgrader copies that folder, so nothing secret may lie there."""
    source = staging / "source" / assignment.slug
    source.mkdir(parents=True)
    (source / assignment.notebook.name).write_bytes(instructor)
    for name, content in release.files:
        (source / name).write_bytes(content)
    shutil.copyfile(assignment.config, staging / "nbgrader_config.py")


def generate_assignment(staging: Path, slug: str, gradebook: str) -> None:
    """Let `nbgrader generate_assignment` make the release folder and enter the assignment into the gradebook."""
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", slug, f"--db={gradebook}"]
    run = subprocess.run(  # noqa: S603  # our own interpreter; the slug is a folder's name
        command, cwd=staging, env=nbgrader_environment(), capture_output=True, text=True, check=False
    )
    if run.returncode or not (staging / "release" / slug / f"{slug}.ipynb").is_file():
        raise ReleaseError(f"nbgrader generate_assignment refused {slug}:\n{run.stdout}{run.stderr}".rstrip())


def nbgrader_environment() -> dict[str, str]:
    """Give an environment in which nbgrader finds `alembic`, which it starts by name."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return {**os.environ, "PATH": path}
