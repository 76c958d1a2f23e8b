"""The releases of an nbgrader course, read from its source folder and kept beside it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, get_args

from autograder.gradebook.settings import course_settings
from autograder.records import CellKind, Limits, Release
from autograder.release.errors import ReleaseError
from autograder.release.read import files_beside, read_release_notebook
from autograder.release.store import release_from_json, release_to_json

KEPT = ".seedbed"
"""Folder of the course in which releases are kept; like `source`, it holds what students may not see."""

_CLEARING = ("ClearSolutions", "ClearHiddenTests", "ClearMarkScheme")
_DECIDES = (*_CLEARING, "LockCells", "IncludeHeaderFooter", "InstantiateTests")
"""nbgrader's settings on which a release depends."""


class Course:
    """A course as nbgrader's converter sees it.

    Parameters
    ----------
    coursedir
        nbgrader's `CourseDirectory`.
    settings
        All settings that nbgrader has loaded.
    """

    def __init__(self, coursedir: Any, settings: Any) -> None:
        self._coursedir, self._settings = coursedir, settings
        self.root = Path(coursedir.root)

    def source(self, assignment: str, notebook: str) -> Path:
        """Say where the instructor's notebook is."""
        folder = self._coursedir.format_path(self._coursedir.source_directory, ".", assignment)
        return Path(folder).absolute() / f"{notebook}.ipynb"

    def notebooks(self, assignment: str) -> tuple[str, ...]:
        """Name the notebooks of an assignment."""
        folder = self.source(assignment, "any").parent
        return tuple(sorted(path.stem for path in folder.glob("*.ipynb")))

    def release(self, assignment: str, notebook: str) -> Release:
        """Give the release of one notebook.

        Raises
        ------
        ReleaseError
            If there is no source notebook, or one that cannot be judged.
        """
        source = self.source(assignment, notebook)
        content = read_source(source)
        ours = self._ours(content)
        if ours is not None:
            return ours
        kept, made_from = self.root / KEPT / assignment / f"{notebook}.json", self._fingerprint(source)
        release = load(kept, made_from)
        if release is None:
            read = read_release_notebook(source, self._settings, self._limits())
            release = replace(read, assignment=assignment, title=notebook, notebook=notebook)
            keep(kept, made_from, release)
        return release

    def _ours(self, content: dict[str, Any]) -> Release | None:
        """The release that `autograder release` made together with this source notebook, which names its checks."""
        mark = content.get("metadata", {}).get("seedbed", {})
        if not mark.get("release"):
            return None
        path = self.root.parent / "releases" / f"{mark.get('assignment', '')}.json"
        if path.is_file():
            release = release_from_json(json.loads(path.read_text(encoding="utf-8"))["release"])
            if release.id.startswith(mark["release"]):
                return release
        self._coursedir.log.warning("%s is not of this release: each grade cell counts as one check", path)
        return None

    def _limits(self) -> Limits:
        """Our limits, with the time for a cell that the course has set for nbgrader."""
        seconds = self._settings.Execute.get("timeout")
        if not isinstance(seconds, int | float) or seconds <= 0:
            return Limits()
        return Limits(cell_seconds=float(seconds), submission_seconds=max(Limits().submission_seconds, 4.0 * seconds))

    def _fingerprint(self, source: Path) -> str:
        """Tell apart all that a release is made from."""
        settings = {name: self._settings[name] for name in _DECIDES if name in self._settings}
        extra = [self.root / str(path) for path in self._settings.IncludeHeaderFooter.values() if path]
        digest = hashlib.sha256(f"{settings} {self._limits()} {version('nbgrader')} {get_args(CellKind)}".encode())
        for name, content in [*((path.name, path.read_bytes()) for path in [source, *extra]), *files_beside(source)]:
            digest.update(f"{name} {len(content)}\n".encode() + content)
        return digest.hexdigest()


def course_in(folder: Path) -> Course:
    """Give the course in a folder, with its own settings."""
    from nbgrader.coursedir import CourseDirectory  # noqa: PLC0415 - only who asks for a course waits for nbgrader

    settings = course_settings(folder)
    settings.CourseDirectory.root = str(folder)
    return Course(CourseDirectory(config=settings), settings)


def read_source(path: Path) -> dict[str, Any]:
    """Read an instructor's notebook as JSON.

    Raises
    ------
    ReleaseError
        If there is none, or if its language is not Python.
    """
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ReleaseError(f"There is no {path}: submissions are judged by the tests of the course's source.") from None
    except ValueError as error:
        raise ReleaseError(f"{path} cannot be read as a notebook: {error}") from error
    metadata = content.get("metadata", {})
    language = metadata.get("kernelspec", {}).get("language") or metadata.get("language_info", {}).get("name", "python")
    if str(language).lower() != "python":
        raise ReleaseError(f"{path} is written in {language}; only Python can be judged.")
    return content


def load(path: Path, made_from: str) -> Release | None:
    """Give a kept release, or None where there is none that was made from the same."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        return release_from_json(table["release"]) if table["made_from"] == made_from else None
    except (OSError, ValueError, KeyError, TypeError):
        return None  # absent, or cut short: it is made anew


def keep(path: Path, made_from: str, release: Release) -> None:
    """Keep a release for the next run, for its owner's eyes alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    (path.parent.parent).chmod(0o700)
    new = path.with_name(f".{path.name}.new")
    new.write_text(json.dumps({"made_from": made_from, "release": release_to_json(release)}), encoding="utf-8")
    new.replace(path)
