"""Modules that lie beside the notebook, compiled once in the zygote: compiling them again costs every box 30 ms."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, ModuleType


class Ready(MetaPathFinder, Loader):
    """Finds the modules among the given files, and runs the code that was made of them."""

    def __init__(self, files: Sequence[tuple[str, bytes]]) -> None:
        self._code = {name.removesuffix(".py"): code for name, data in files if (code := compiled(name, data))}

    def install(self) -> None:
        """Be asked before the folder is: a student may overwrite the files, but not what is imported."""
        sys.meta_path.insert(0, self)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Say where a module is, if it is one of these."""
        if path is not None or target is not None or fullname not in self._code:
            return None
        spec = ModuleSpec(fullname, self, origin=str(Path.cwd() / f"{fullname}.py"))
        spec.has_location = True
        return spec

    def exec_module(self, module: ModuleType) -> None:
        """Run a module's code."""
        exec(self._code[module.__name__], module.__dict__)  # noqa: S102  a file of the release


def compiled(name: str, data: bytes) -> CodeType | None:
    """The code of a file, if it is a module that compiles; what does not is left to the box."""
    if not name.endswith(".py") or not name.removesuffix(".py").isidentifier():
        return None
    try:
        return compile(data, name, "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return None
