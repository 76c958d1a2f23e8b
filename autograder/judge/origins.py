"""Where the names of a notebook come from, found by reading it."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable

OWN = "own"
"""Stands for any function that a student's code defines."""

UNKNOWN = "?"


class Origins:
    """What each name is that these pieces of code import or define.

    Parameters
    ----------
    trees
        All code of one notebook.
    modules
        Names of modules of the student's own, whose code is among it.
    """

    def __init__(self, trees: Iterable[ast.AST], modules: frozenset[str] = frozenset()) -> None:
        self._of: dict[str, set[str]] = defaultdict(set)
        self._own = modules
        for tree in trees:
            for node in ast.walk(tree):
                self._note(node)

    def _note(self, node: ast.AST) -> None:
        if isinstance(node, ast.Import):
            for alias in node.names:
                self._of[alias.asname or alias.name.split(".")[0]].add(
                    alias.name if alias.asname else alias.name.split(".")[0]
                )
        elif isinstance(node, ast.ImportFrom):
            own = node.level > 0 or (node.module or "").split(".")[0] in self._own
            for alias in node.names:
                self._of[alias.asname or alias.name].add(OWN if own else f"{node.module}.{alias.name}")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            self._of[node.name].add(OWN)
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            self._of[node.id].add(UNKNOWN)
        elif isinstance(node, ast.arg):
            self._of[node.arg].add(UNKNOWN)

    def of(self, node: ast.AST) -> set[str]:
        """What `name.attribute...` can be, by its full name; a name that is bound nowhere is a builtin's."""
        attributes: list[str] = []
        while isinstance(node, ast.Attribute):
            attributes.insert(0, node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return {UNKNOWN}
        return {".".join([origin, *attributes]) for origin in self._of.get(node.id, {node.id})}

    def imported(self) -> set[str]:
        """The names that are nothing but imported."""
        return {name for name, found in self._of.items() if found.isdisjoint((OWN, UNKNOWN))}
