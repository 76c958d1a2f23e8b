"""The judge's own copy of what a test cell may rely on: imports and definitions that no student can touch.

A read-only cell of the release is trusted if every global name that it mentions is a builtin or comes from a trusted
cell. Of the trusted cells, only the statements that some test cell needs are run, once per release.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import io
import sys
import tempfile
import types
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from autograder.judge.names import bound, mentioned, plain_python, star_imports
from autograder.records import Release

BUILTINS = frozenset(dir(builtins))


class Trusted:
    """The trusted names of one release.

    Attributes
    ----------
    names : dict
        Name → value, after all trusted statements that the tests need.
    remote : frozenset of str
        Names that the release's other cells bind: a test takes them from the student's notebook.
    """

    def __init__(self, release: Release) -> None:
        self.names: dict[str, Any] = {"__name__": "__main__", "__builtins__": builtins}
        remote = {cell.id for cell in release.cells if cell.kind == "answer"}
        trees = {id(cell): plain_python(cell.source) for cell in release.cells if cell.kind != "text"}
        wanted = self._wanted(release, trees)
        self._folder = tempfile.TemporaryDirectory(prefix="seedbed-judge-")
        with importable(Path(self._folder.name), release.files):
            for cell in release.cells:
                tree = trees.get(id(cell))
                if tree is None or cell.kind == "test":
                    continue
                trusted = cell.kind in ("given", "demonstration") and not (
                    mentioned(tree) - self.names.keys() - BUILTINS
                )
                if trusted and not (mentioned(tree) & remote):
                    self._run(tree, wanted)
                    remote -= bound(tree)
                else:
                    remote |= bound(tree)
        self.remote = frozenset(remote)

    def _wanted(self, release: Release, trees: dict[int, ast.Module | None]) -> set[str]:
        """The names that test cells mention, and what the statements that bind those mention in turn."""
        wanted: set[str] = set()
        for cell in release.cells:
            tree = trees.get(id(cell))
            if cell.kind == "test" and tree is not None:
                wanted |= mentioned(tree)
        statements = [
            statement
            for cell in release.cells
            if cell.kind in ("given", "demonstration") and (tree := trees.get(id(cell))) is not None
            for statement in tree.body
        ]
        before = -1
        while before != len(wanted):
            before = len(wanted)
            for statement in statements:
                if bound(statement) & wanted:
                    wanted |= mentioned(statement)
        return wanted

    def _run(self, tree: ast.Module, wanted: set[str]) -> None:
        """Run those statements of a trusted cell that the tests need; the others only leave their names behind."""
        for statement in tree.body:
            if bound(statement) & wanted or star_imports(statement):
                with contextlib.redirect_stdout(io.StringIO()):
                    exec(compile(ast.Module([statement], []), "<release>", "exec"), self.names)  # noqa: S102 - trusted
            else:
                self.names.update({name: NOT_RUN for name in bound(statement) if name not in self.names})

    def close(self) -> None:
        """Remove the folder of trusted files."""
        self._folder.cleanup()


NOT_RUN = types.SimpleNamespace(reason="no test needs this name")


@contextlib.contextmanager
def importable(folder: Path, files: Iterable[tuple[str, bytes]]) -> Iterator[None]:
    """Lay the release's files into a folder and import from it, without what an earlier release left."""
    for name, data in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        sys.modules.pop(path.stem, None)
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
