"""`__main__` as a test sees it: in a notebook, that is where the names of its cells are."""

from __future__ import annotations

import contextlib
import sys
import types
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.judge.namespace import TestNamespace


class MainModule(types.ModuleType):
    """A module whose names are those of a test, and of the student's through the box."""

    def __init__(self, space: TestNamespace) -> None:
        super().__init__("__main__")
        self.__dict__["_space"] = space

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["_space"][name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name: str, value: Any) -> None:
        self.__dict__["_space"].set_there(name, value)

    def __delattr__(self, name: str) -> None:
        self.__dict__["_space"].delete_there(name)

    def __dir__(self) -> list[str]:
        return [name for name in dict.keys(self.__dict__["_space"]) if not name.startswith("__")]


@contextlib.contextmanager
def main_is(space: TestNamespace) -> Iterator[None]:
    """Let `__main__` be the test's: `unittest.main` looks for its cases there, and `patch` for what it replaces."""
    before = sys.modules["__main__"]
    sys.modules["__main__"] = MainModule(space)
    try:
        yield
    finally:
        sys.modules["__main__"] = before
