"""Modules that hold what the student's code has done, as a test imports them: they are asked for in the box."""

from __future__ import annotations

import ast
import importlib
import re
import sys
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any

from autograder.judge.errors import CannotBeSplitError

if TYPE_CHECKING:
    from autograder.judge.link import Link

STATEFUL = ("matplotlib", "pylab", "turtle")
"""Those modules: figures that are open, for instance."""

STATELESS = ("matplotlib.colors",)
"""Of these, what only computes: the judge's own, as the student's could say that any two colours are the same."""

THERE = "__seedbed_there__"
"""Under which name a test finds what gives it a part of such a module."""

FIGURES = re.compile(r"matplotlib|pylab|\bplt\b")
CLOSED = "__import__('matplotlib.pyplot').pyplot.close('all')"
"""A notebook closes every figure after each cell, a test cell included."""


@dataclass(frozen=True, slots=True)
class Import:
    """What an import gives: `what` is its full name, and `module` the module that is imported for it."""

    module: str
    what: str

    def here(self) -> tuple[ModuleType, str]:
        """The judge's own module, and the name in it; "" for the module itself.

        Raises
        ------
        ImportError
            If there is no such thing.
        CannotBeSplitError
            If it is everything that a module has.
        """
        name = self.what.removeprefix(f"{self.module}.")
        if name == "*":
            raise CannotBeSplitError(f"everything is imported from {self.module}")
        found = importlib.import_module(self.module)
        if name == self.what:  # the module, or the package that it is in
            return sys.modules[self.what], ""
        if not hasattr(found, name):
            importlib.import_module(self.what)
        return (sys.modules[self.what], "") if self.what in sys.modules else (found, name)

    def plain(self) -> Any:
        """What it gives in one process."""
        module, name = self.here()
        return getattr(module, name) if name else module

    def there(self, link: Link) -> Any:
        """What it gives in the box."""
        module, name = self.here()
        if module is not sys.modules[self.module]:
            link.ask("plain", sys.modules[self.module])  # a module goes by its name: it is imported there
        return link.ask("getattr", module, name) if name else link.ask("plain", module)


def is_there(what: str) -> bool:
    """Whether an import gives something that the box has to be asked for."""
    return what.partition(".")[0] in STATEFUL and not f"{what}.".startswith(tuple(f"{one}." for one in STATELESS))


def given_by(alias: ast.alias, node: ast.Import | ast.ImportFrom) -> str:
    """The full name of what an import gives."""
    if isinstance(node, ast.ImportFrom):
        return f"{node.module or ''}.{alias.name}"
    return alias.name if alias.asname else alias.name.partition(".")[0]


def plain(module: str, what: str) -> Any:
    """What a test finds under that name where it meets no student."""
    return Import(module, what).plain()


def asked_for(node: ast.Import | ast.ImportFrom) -> list[ast.stmt]:
    """An import, with what it takes from such modules asked of us."""
    made: list[ast.stmt] = []
    for alias in node.names:
        what = given_by(alias, node)
        module = alias.name if isinstance(node, ast.Import) else node.module or ""
        if is_there(what) and not getattr(node, "level", 0):
            bound = alias.asname or (alias.name if isinstance(node, ast.ImportFrom) else what)
            name = ast.Name("_" if bound == "*" else bound, ast.Store())
            arguments: list[ast.expr] = [ast.Constant(module), ast.Constant(what)]
            made.append(ast.Assign([name], ast.Call(ast.Name(THERE, ast.Load()), arguments, [])))
        elif isinstance(node, ast.Import):
            made.append(ast.Import([alias]))
        else:
            made.append(ast.ImportFrom(node.module, [alias], node.level))
    return [ast.copy_location(one, node) for one in made]
