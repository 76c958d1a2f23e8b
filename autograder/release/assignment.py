"""One assignment's folder, and what its `assignment.toml` says."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from autograder.records import Limits
from autograder.release.errors import ReleaseError

_TOP = ("title", "limits", "bundle")


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a student's machine needs: a range of Python versions and of packages (pip's notation)."""

    python: str = ">=3.9"
    requirements: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """Where an assignment's texts lie, and its settings."""

    folder: Path
    title: str
    limits: Limits = field(default_factory=Limits)
    bundle: Bundle = field(default_factory=Bundle)

    @property
    def slug(self) -> str:
        """The assignment's name: that of its folder."""
        return self.folder.name

    @property
    def root(self) -> Path:
        """The repository: two folders above `notebooks/<slug>`."""
        return self.folder.parent.parent

    @property
    def source(self) -> Path:
        """The assignment's text, from which everything else is made."""
        return self.folder / "source.py"

    @property
    def hidden_checks(self) -> Path:
        """The checks that students do not see before they hand in; not every assignment has some."""
        return self.folder / "hidden_checks.py"

    @property
    def notebook(self) -> Path:
        """The generated student notebook."""
        return self.folder / f"{self.slug}.ipynb"

    @property
    def config(self) -> Path:
        """The course's nbgrader settings."""
        return self.root / "nbgrader_config.py"

    @property
    def companions(self) -> tuple[tuple[str, Path], ...]:
        """What lies beside the notebook, by the name that it has there."""
        return (
            ("init_utils.py", self.root / "utils" / "init_utils.py"),
            ("public_tests.py", self.root / "public_tests" / f"{self.slug}.py"),
        )


def read_assignment(folder: Path) -> Assignment:
    """Read `assignment.toml` of `notebooks/<slug>`; refuse what is misspelt or of the wrong type."""
    folder = folder.resolve()
    path = folder / "assignment.toml"
    if not path.is_file():
        raise ReleaseError(f"There is no assignment in {folder}: {path.name} is missing.")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReleaseError(f"{path}: {error}") from error
    _allow(path, "at the top", table, _TOP)
    title = table.get("title", folder.name)
    if not isinstance(title, str):
        raise ReleaseError(f"{path}: title must be a text in quotes, not {title!r}.")
    return Assignment(folder, title, _limits(path, table.get("limits", {})), _bundle(path, table.get("bundle", {})))


def _allow(path: Path, where: str, table: Any, names: tuple[str, ...]) -> None:
    if not isinstance(table, Mapping):
        raise ReleaseError(f"{path}: {where} must be a table.")
    for key in table:
        if key not in names:
            raise ReleaseError(f"{path}: unknown key {key!r} {where}; allowed are {', '.join(names)}.")


def _limits(path: Path, table: Any) -> Limits:
    types = {item.name: type(item.default) for item in fields(Limits)}
    _allow(path, "in [limits]", table, tuple(types))
    return Limits(**{key: _positive(path, key, value, types[key]) for key, value in table.items()})


def _positive(path: Path, key: str, value: Any, kind: type) -> Any:
    fits = isinstance(value, (int, float)) if kind is float else isinstance(value, int)
    if not fits or isinstance(value, bool) or not 0 < value < float("inf"):
        number = "number" if kind is float else "whole number"
        raise ReleaseError(f"{path}: {key} in [limits] must be a positive {number}, not {value!r}.")
    return kind(value)


def _bundle(path: Path, table: Any) -> Bundle:
    _allow(path, "in [bundle]", table, tuple(item.name for item in fields(Bundle)))
    python = table.get("python", Bundle().python)
    if not isinstance(python, str):
        raise ReleaseError(f"{path}: python in [bundle] must be a text such as '>=3.9', not {python!r}.")
    return Bundle(python, _texts(path, table, "requirements"), _texts(path, table, "optional"))


def _texts(path: Path, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ReleaseError(f"{path}: {key} in [bundle] must be a list of texts, not {value!r}.")
    return tuple(value)
