"""The modules of one release, which its tests import: never those of another release that this process judges too."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Any


class Modules:
    """The files of a release, in a folder of the judge's own.

    Parameters
    ----------
    files
        What lies beside the notebook, as (name, bytes).
    """

    def __init__(self, files: Iterable[tuple[str, bytes]]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="seedbed-judge-")
        self._names: set[str] = set()
        self._loaded: dict[str, ModuleType] = {}
        for name, content in files:
            path = Path(self._folder.name, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            self._names |= modules_of(name)

    @contextlib.contextmanager
    def importable(self) -> Iterator[None]:
        """Let an import find them; what had the same names before has them again afterwards."""
        others = exchanged(self._names, self._loaded)
        sys.path.insert(0, self._folder.name)
        try:
            yield
        finally:
            with contextlib.suppress(ValueError):  # a test may have taken it out
                sys.path.remove(self._folder.name)
            self._loaded = exchanged(self._names, others)

    def values(self) -> Iterator[Any]:
        """What stands in those that have been imported."""
        for module in self._loaded.values():
            yield from vars(module).values()

    def close(self) -> None:
        """Remove the folder."""
        self._folder.cleanup()


def modules_of(name: str) -> set[str]:
    """The module that a file is, and the packages around it; nothing for a file that is no module."""
    path = PurePosixPath(name)
    if path.suffix != ".py":
        return set()
    parts = path.parent.parts if path.stem == "__init__" else (*path.parent.parts, path.stem)
    return {".".join(parts[:count]) for count in range(1, len(parts) + 1)}


def exchanged(names: Iterable[str], modules: Mapping[str, ModuleType]) -> dict[str, ModuleType]:
    """Take the modules of these names out of Python's table, and put others in; what was taken out."""
    taken = {name: sys.modules.pop(name) for name in names if name in sys.modules}
    sys.modules.update(modules)
    return taken
