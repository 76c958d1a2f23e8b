"""What the code of a release imports, found by reading it: what a warm process imports, and what it leaves for later.

scikit-learn is left for later. Many notebooks import it, but the answers of few of them use it; it takes two seconds,
and its memory areas are most of those that every fork copies.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Sequence

LATER = "sklearn"
_SPECIAL = frozenset({"__main__", "antigravity", "idlelib", "this", "tkinter", "turtle"})
"""Modules of the standard library that do something when they are imported, or need a screen."""
TABLE = "modules"
"""With `sys.modules`, code may walk over all that is imported; then nothing more may be imported by a look at it."""
_Defined = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class Imports:
    """The imports of the files beside a notebook, and of the cells that students cannot change.

    Attributes
    ----------
    now : list of str
        Modules that every box needs.
    later : list of str
        Modules that wait for the first box that uses them.
    """

    def __init__(self, files: Iterable[tuple[str, bytes]], given: Sequence[str]) -> None:
        modules = [tree for name, data in files if name.endswith(".py") and (tree := parsed(data)) is not None]
        cells = {source: parsed(source) for source in given}
        trees = [*modules, *(tree for tree in cells.values() if tree)]
        names = sorted({name for tree in trees for name in imported(tree)})
        self._words = words([node for tree in trees for node in tree.body])
        self._using = frozenset(
            source for source, tree in cells.items() if (uses(tree, self._words) if tree else LATER in source)
        )
        self._plain = frozenset(given) - self._using
        self.now = [name for name in names if is_standard(name)]
        self.later = [name for name in names if of_library(name)]
        if any(uses(tree, self._words) for tree in modules):
            self.now, self.later = self.now + self.later, []

    def used_by(self, sources: Iterable[str]) -> bool:
        """Whether any of these texts, which a box is about to run, could use what waits."""
        return bool(self.later) and any(self._reaches(source) for source in sources)

    def _reaches(self, source: str) -> bool:
        if source in self._plain:
            return False
        return source in self._using or not (self._words | {TABLE}).isdisjoint(re.findall(r"\w+", source))


def parsed(source: str | bytes) -> ast.Module | None:
    """The tree of a module, or of a cell without its magics; None where it has none."""
    try:
        if isinstance(source, bytes):
            return ast.parse(source)
        return ast.parse("\n".join("" if line.lstrip()[:1] in {"%", "!"} else line for line in source.splitlines()))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def imported(tree: ast.Module) -> list[str]:
    """The modules that it imports when it is run."""
    names = [alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names]
    return names + [node.module for node in tree.body if isinstance(node, ast.ImportFrom) and node.module]


def is_standard(name: str) -> bool:
    """Whether it is a module of the standard library that can be imported without a trace."""
    first = name.partition(".")[0]
    return first in sys.stdlib_module_names and first not in _SPECIAL


def of_library(name: str | None) -> bool:
    """Whether it is the library that waits, or a part of it."""
    return name is not None and name.partition(".")[0] == LATER


def words(statements: Sequence[ast.stmt]) -> frozenset[str]:
    """The names by which code can reach the library: its own, and those of everything that mentions one of them."""
    known = {LATER}
    while True:
        found = {name for statement in statements for name in bound_to(statement, known)}
        if found <= known:
            return frozenset(known)
        known |= found


def bound_to(statement: ast.stmt, known: set[str]) -> list[str]:
    """The names that a statement gives to one of the known ones, or to what mentions it."""
    if isinstance(statement, ast.Import):
        return [alias.asname for alias in statement.names if alias.asname and of_library(alias.name)]
    if isinstance(statement, ast.ImportFrom):
        all_of_it = of_library(statement.module)
        return [alias.asname or alias.name for alias in statement.names if all_of_it or alias.name in known]
    return [statement.name] if isinstance(statement, _Defined) and mentions(statement, known) else []


def mentions(node: ast.AST, known: set[str] | frozenset[str]) -> bool:
    """Whether any part of it has one of these names, or imports the library."""
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and part.id in known:
            return True
        if isinstance(part, ast.Attribute) and part.attr in known:
            return True
        if isinstance(part, ast.Import) and any(of_library(alias.name) for alias in part.names):
            return True
        if isinstance(part, ast.ImportFrom) and of_library(part.module):
            return True
    return False


def uses(tree: ast.Module, known: frozenset[str]) -> bool:
    """Whether it uses the library when it is run, and does not only import it or define what will use it."""
    return any(uses_at_once(statement, known) for statement in tree.body)


def uses_at_once(statement: ast.stmt, known: frozenset[str]) -> bool:
    """As `uses`, for one statement. `import library` alone needs nothing of it, `from library import` does."""
    if isinstance(statement, ast.ImportFrom):
        return of_library(statement.module)
    return not isinstance(statement, ast.Import | _Defined) and mentions(statement, known)
