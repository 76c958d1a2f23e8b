"""Read what a student wrote for whether it could reach something: never run, and in doubt it could."""

from __future__ import annotations

import ast
import symtable
from collections.abc import Callable
from functools import lru_cache

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


@lru_cache(maxsize=256)
def read_later(source: str) -> frozenset[str]:
    """The names that functions of a cell read from the notebook or from Python when they are called."""
    tree = plain_python(source)
    try:
        return frozenset(globals_read(ast.unparse(tree), at_once=False)) if tree else frozenset()
    except (SyntaxError, RecursionError):  # see `could`
        return frozenset()


def globals_read(source: str, at_once: bool = True) -> set[str]:
    """The names that a cell reads from the notebook or from Python, as Python's own scoping sees them.

    Without `at_once`, those that it reads outside of functions and classes are left out.
    """
    names: set[str] = set()
    waiting = [symtable.symtable(dedented(source), "<cell>", "exec")]
    while waiting:
        table = waiting.pop()
        top = table.get_type() == "module"
        wanted = table.get_symbols() if at_once or not top else []
        names |= {one.get_name() for one in wanted if one.is_referenced() and (top or one.is_global())}
        waiting += table.get_children()
    return names
