"""Modules that are imported when they are first used; which ones, the judge has found by reading (../imports.py).

Mostly they are imported here before a box is forked that needs them. What was not foreseen imports them in its box.
"""

from __future__ import annotations

import contextlib
import importlib
import random
import sys
import warnings
from collections.abc import Iterable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

_ASKED_BY_PEOPLE = ("__all__", "__version__")
"""Names with underscores that a module defines itself; by others, Python looks around among all modules."""

_waiting: dict[str, Later] = {}


class Later(ModuleType):
    """Stands for a module that is not imported yet."""

    def __getattr__(self, name: str) -> Any:
        """Import it, unless it is only Python that asks."""
        if name.startswith("__") and name not in _ASKED_BY_PEOPLE:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        load()
        return getattr(importlib.import_module(self.__name__), name)

    def __dir__(self) -> list[str]:
        """Import it."""
        load()
        return dir(importlib.import_module(self.__name__))


class Parts(MetaPathFinder):
    """Is asked for modules that are not there: any other part of a library needs those that wait."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Import what waits, and leave the rest to Python."""
        del path, target  # it finds nothing itself
        if fullname.partition(".")[0] in _waiting:
            load()
        return None


def postpone(modules: Iterable[str]) -> None:
    """Let these modules wait, and the packages in which they lie."""
    names = {
        ".".join(parts[:length])
        for parts in (name.split(".") for name in modules)
        for length in range(1, len(parts) + 1)
    }
    for name in sorted(names):
        stand_in(name)
    if names:
        sys.meta_path.insert(0, Parts())


def stand_in(name: str) -> None:
    """Let something stand for a module; one that is not installed is missed when it is imported."""
    package, _, last = name.rpartition(".")
    parent = _waiting.get(package)
    spec = PathFinder.find_spec(name, parent.__path__ if parent else None) if parent or not package else None
    if spec is None:
        return
    _waiting[name] = sys.modules[name] = module = Later(name)
    module.__spec__, module.__loader__ = spec, spec.loader
    module.__file__, module.__package__ = spec.origin, spec.parent
    if spec.submodule_search_locations is not None:
        module.__path__ = spec.submodule_search_locations
    if parent:
        setattr(parent, last, module)


def is_waiting() -> bool:
    """Whether any module waits."""
    return bool(_waiting)


def load() -> None:
    """Import what waits, so that what stands for it holds the same."""
    standing = dict(_waiting)
    _waiting.clear()
    for name in standing:
        sys.modules.pop(name, None)
    state = random.getstate()  # some of the library draws from it when it is imported
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, module in standing.items():
            with contextlib.suppress(Exception):  # whoever needs it finds out why
                vars(module).update(vars(importlib.import_module(name)))
                module.__class__ = ModuleType  # type: ignore[assignment]  # from now on it is an ordinary one
    random.setstate(state)
