"""Keep a copy of the gradebook before something is written to it."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from autograder.gradebook.errors import GradebookError
from autograder.gradebook.settings import SQLITE

KEPT = 10


def back_up(url: str) -> Path | None:
    """Copy an SQLite gradebook into `backups/` beside it, and keep the latest ten copies.

    Returns
    -------
    Path or None
        The copy; None for another kind of database, or where there is no gradebook yet.

    Raises
    ------
    GradebookError
        If it cannot be copied.
    """
    path = Path(url.removeprefix(SQLITE))
    if not url.startswith(SQLITE) or not path.is_file():
        return None
    folder = path.parent / "backups"
    folder.mkdir(exist_ok=True)
    copy = folder / f"{path.stem}-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.db"
    try:
        with contextlib.closing(sqlite3.connect(path)) as source, contextlib.closing(sqlite3.connect(copy)) as target:
            source.backup(target)
    except sqlite3.Error as error:
        copy.unlink(missing_ok=True)  # half a copy, which is not to push out a whole one
        raise GradebookError(
            f"The gradebook {path} cannot be copied to {folder}: {error}. "
            "If it is damaged, put the latest copy from there in its place."
        ) from error
    for old in sorted(folder.glob(f"{path.stem}-*.db"))[:-KEPT]:
        old.unlink()
    return copy
