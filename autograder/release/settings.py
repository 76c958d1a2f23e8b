"""The course's nbgrader settings, as nbgrader itself would read them."""

from __future__ import annotations

from pathlib import Path

from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader


def nbgrader_settings(path: Path | Config | None) -> Config:
    """Load an `nbgrader_config.py`; without one nbgrader's defaults hold, and what is loaded stays as it is."""
    if isinstance(path, Config):
        return path
    if path is None or not path.is_file():
        return Config()
    return PyFileConfigLoader(path.name, path=str(path.parent)).load_config()


def gradebook_url(path: Path | None, course: Path) -> str:
    """Say which gradebook the course writes: the one that is set, or nbgrader's default, a file in its folder."""
    url: str = (
        nbgrader_settings(path).CourseDirectory.get("db_url") or f"sqlite:///{course.absolute() / 'gradebook.db'}"
    )
    return url
