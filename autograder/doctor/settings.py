"""Look for nbgrader's settings, and for the program that it starts by name."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from autograder.doctor.finding import Finding

NAME = "nbgrader_config.py"


def settings(root: Path, course: Path) -> Finding:
    """Whether nbgrader finds our settings in the repository and in the course, and can be started."""
    own, copy = root / NAME, course / NAME
    if not own.is_file():
        return Finding("nbgrader", False, f"there is no {own}", "Run it in the repository, or restore the file.")
    try:
        compile(own.read_text(encoding="utf-8"), str(own), "exec")
    except (OSError, SyntaxError, ValueError) as error:
        return Finding("nbgrader", False, f"{own} cannot be read ({error})", "Restore the file.")
    if copy.is_file() and copy.read_bytes() != own.read_bytes():
        return Finding("nbgrader", False, f"{copy} differs from {own}", "autograder release (it copies the settings)")
    if not shutil.which("alembic", path=search_path()):
        return Finding("nbgrader", False, "it starts `alembic`, which is not found", "make setup")
    where = f"{own}" if not copy.is_file() else f"{own} and its copy in {course}"
    return Finding("nbgrader", True, f"settings found: {where}")


def search_path() -> str:
    """Where programs are looked for when we start nbgrader: beside our Python first."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])


def gradebook_url(root: Path, course: Path) -> str:
    """Which gradebook the settings name; nbgrader's default where they name none or cannot be read."""
    from autograder.release.settings import gradebook_url as configured  # noqa: PLC0415 - takes traitlets

    try:
        return configured(root / NAME, course)
    except Exception:  # the settings are a program of the instructor's; `settings` says what is wrong with it
        return f"sqlite:///{course.absolute() / 'gradebook.db'}"
