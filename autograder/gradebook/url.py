"""Where a course's gradebook is."""

from __future__ import annotations

from pathlib import Path


def gradebook_url(course: Path) -> str:
    """The URL of nbgrader's default gradebook in a course's folder."""
    return f"sqlite:///{course / 'gradebook.db'}"
