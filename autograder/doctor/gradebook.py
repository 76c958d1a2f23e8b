"""Look into the gradebook without changing it: is it whole, and does its form fit the nbgrader that is installed."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

from autograder.doctor.finding import Finding

RESTORE = "Move it away, copy the newest file of backups/ beside it into its place, and grade again."
VERSION = "SELECT version_num FROM alembic_version"


def gradebook(url: str) -> Finding:
    """Whether the gradebook is whole and of the version that nbgrader expects."""
    prefix = "sqlite:///"
    if not url.startswith(prefix):
        return server(url)
    path = Path(url.removeprefix(prefix))
    if not path.exists():
        return Finding("Gradebook", True, f"{path} is not made yet; the first release makes it")
    try:
        problems, version = read_sqlite(path)
    except sqlite3.Error as error:
        return Finding("Gradebook", False, f"{path} cannot be read ({error})", RESTORE)
    if problems:
        return Finding("Gradebook", False, f"{path} is damaged: {problems[0]}", RESTORE)
    return judged(str(path), version)


def read_sqlite(path: Path) -> tuple[list[str], str | None]:
    """What SQLite finds wrong, and the version; the file is opened for reading alone."""
    address = f"file:{quote(str(path.resolve()))}?mode=ro"
    connection = sqlite3.connect(address, uri=True, timeout=5)
    try:
        found = [str(row[0]) for row in connection.execute("PRAGMA quick_check(5)")]
        problems = [one for one in found if one != "ok"]
        problems += [f"a row of {row[0]} has lost its owner" for row in connection.execute("PRAGMA foreign_key_check")]
        known = connection.execute("SELECT name FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        version = connection.execute(VERSION).fetchone() if known else None
        return problems, str(version[0]) if version else None
    finally:
        connection.close()


def server(url: str) -> Finding:
    """The same of a gradebook on a server, as far as its version goes: its own tools look after the rest."""
    from sqlalchemy import create_engine, make_url, text  # noqa: PLC0415 - takes a quarter of a second
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415 - the same

    try:
        shown = make_url(url).render_as_string(hide_password=True)
        engine = create_engine(url)
        with engine.connect() as connection:
            version = connection.execute(text(VERSION)).scalar()
    except (SQLAlchemyError, ImportError) as error:
        reason = str(error).splitlines()[0]
        fix = "Start the server, check the URL, and install the package of its driver."
        return Finding("Gradebook", False, f"it cannot be reached ({type(error).__name__}: {reason})", fix)
    return judged(shown, version)


def judged(place: str, version: str | None) -> Finding:
    """Whether the version is the newest one that nbgrader knows."""
    newest = newest_version()
    if version == newest:
        return Finding("Gradebook", True, f"{place} is whole, version {version}")
    detail = f"{place} is of version {version or 'none'}, nbgrader's is {newest}"
    fix = "nbgrader db upgrade, typed in build/course (it makes a backup); or install the nbgrader that made it."
    return Finding("Gradebook", False, detail, fix)


def newest_version() -> str:
    """The version of the gradebooks that nbgrader makes."""
    import nbgrader  # noqa: PLC0415 - takes a while
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - the same

    return str(ScriptDirectory(str(Path(nbgrader.__file__).parent / "alembic")).get_current_head())
