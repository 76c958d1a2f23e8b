"""What a command of ours need not import of nbgrader and of the packages that it uses: most of what they take to start.

Everything is there for whoever asks for it; it only is not loaded before.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

WITHOUT = str(Path(__file__).parent / "without")


def start_lean() -> None:
    """Let nbgrader be imported in parts, and without the grammar, here and in its commands that we start."""
    spare_a_grammar()
    spare_server_extensions()


def spare_a_grammar() -> None:
    """Let jsonschema, which nbgrader imports, do without a check of internationalised addresses.

    The check builds a grammar when it is imported, most of what nbgrader takes to start, and no notebook needs it. The
    same goes for nbgrader's own commands that we start, and for those that it starts.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None: Python's way to say that it is not there
    others = os.environ.get("PYTHONPATH", "")
    if WITHOUT not in others.split(os.pathsep):
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [WITHOUT, others]))


def spare_server_extensions() -> None:
    """Let parts of nbgrader be imported without those that Jupyter's server needs, which its `__init__` imports."""
    if "nbgrader" in sys.modules:
        return
    spec = importlib.util.find_spec("nbgrader")
    if spec is not None and spec.submodule_search_locations:
        sys.modules["nbgrader"] = Package(spec)


class Package(ModuleType):
    """nbgrader's package, which loads a part when that is asked for, and runs its own `__init__` for all the rest."""

    def __init__(self, spec: ModuleSpec) -> None:
        super().__init__(spec.name)
        self.__spec__, self.__loader__, self.__file__ = spec, spec.loader, spec.origin
        self.__path__ = spec.submodule_search_locations or []

    def __getattr__(self, name: str) -> Any:
        if name == "__version__":  # nbgrader's parts ask for it while they are imported
            return importlib.import_module("nbgrader._version").__version__
        if name.startswith("__"):
            raise AttributeError(name)
        if importlib.util.find_spec(f"nbgrader.{name}") is not None:
            return importlib.import_module(f"nbgrader.{name}")
        self.__class__ = ModuleType  # type: ignore[assignment]  # from now on it is an ordinary one
        self.__spec__.loader.exec_module(self)  # type: ignore[union-attr]  # a package that was found has both
        return getattr(self, name)
