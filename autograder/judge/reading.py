"""Read what a student wrote for whether it could reach something: never run, and in doubt it could."""

from __future__ import annotations

import ast
import symtable
from collections.abc import Callable

from autograder.judge.names import dedented, plain_python

DYNAMIC = frozenset(
    {
        "globals",
        "locals",
        "vars",
        "exec",
        "eval",
        "compile",
        "get_ipython",
        "setattr",
        "delattr",
        "open",
        "sys",
        "builtins",
    }
)
"""Names with which code can reach what its text does not mention."""

OWN = ("answer", "manual", "free")
"""Kinds of cells that a student writes."""

MAX_READ = 50_000
"""Texts with more letters are not read here: the tree of a text takes a hundred times its space."""


COMPILED = (".so", ".pyd")
"""Modules that cannot be read at all."""


def could(source: str, names: set[str] | frozenset[str], further: Callable[[ast.Module], bool]) -> bool:
    """Whether a cell reads one of these names or has magics, or its tree shows `further` that it could."""
    if len(source) > MAX_READ or any(line.lstrip().startswith(("%", "!")) for line in source.splitlines()):
        return True
    tree = plain_python(source)
    if tree is None:
        return False  # it does not compile, so it never runs
    try:
        if globals_read(source) & names:
            return True
    except (SyntaxError, RecursionError):  # two parameters of one name, for instance
        return False
    return further(tree)


def globals_read(source: str) -> set[str]:
    """The names that a cell reads from the notebook or from Python, as Python's own scoping sees them."""
    names: set[str] = set()
    waiting = [symtable.symtable(dedented(source), "<cell>", "exec")]
    while waiting:
        table = waiting.pop()
        top = table.get_type() == "module"
        names |= {one.get_name() for one in table.get_symbols() if one.is_referenced() and (top or one.is_global())}
        waiting += table.get_children()
    return names
