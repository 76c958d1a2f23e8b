"""What a test puts in the place of a function that the student's code uses: `input`, `print`, `random.randint`.

In one process, `patch("random.randint")` changes what the student's function draws. Here it changes the judge's module;
so what a test replaces is sent along with each call, and put back after it.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import operator
import sys
from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.judge.link import Link

Place = tuple[str, str]
"""A module and the name of something in it."""

ALWAYS: tuple[Place, ...] = (("builtins", "input"), ("builtins", "print"))
REPLACE = ("patch", "object", "setattr", "delattr")
"""How functions are called that put something in the place of something else, or take it away."""
HEAP = 1 << 9
"""How Python marks a class that it has made when it ran."""
STREAMS = {("sys", "stdout"), ("sys", "stderr")}
"""What is printed arrives here anyway."""


class Replaced:
    """Which functions of modules a test has replaced since it began."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._kept: dict[int, tuple[Any, dict[str, Any]]] = {}
        self._originals: dict[Place, Any] = {}
        self.watch(ALWAYS)

    def watch(self, places: Iterable[Place]) -> None:
        """Look for a replacement at these places, too."""
        for module, name in places:
            if (module, name) not in STREAMS and module != "__main__":
                with contextlib.suppress(ImportError, AttributeError):
                    self._originals[module, name] = getattr(importlib.import_module(module), name)

    def keep(self, modules: Iterable[str], values: Iterable[Any]) -> None:
        """Remember all that these modules, and those among these values, have, and their classes.

        A test may replace what nobody foresees.
        """
        found: list[Any] = [sys.modules[name] for name in modules if name in sys.modules]
        found += [value for value in values if type(value) is ModuleType]
        found += [one for module in found for one in vars(module).values() if isinstance(one, type) and is_open(one)]
        self._kept = {id(one): (one, vars(one).copy()) for one in found}

    @contextlib.contextmanager
    def there(self) -> Iterator[None]:
        """Let the box have the replacements meanwhile."""
        saved = []
        for (module, name), value in self._now():
            found = self._link.put("getattr", sys.modules[module], name)
            if not (found.stop or found.raised):
                saved.append((sys.modules[module], name, found.value))
                self._link.put("setattr", sys.modules[module], name, value)
        yield
        for one in saved:
            self._link.put("setattr", *one)

    @contextlib.contextmanager
    def kept(self) -> Iterator[None]:
        """Let a test replace them, and take that back: the next submission is to find them as they were."""
        try:
            yield
        finally:
            for (module, name), _ in list(self._now()):
                setattr(sys.modules[module], name, self._originals[module, name])
            for one, before in self._kept.values():
                for name in missing(before, vars(one)):
                    with contextlib.suppress(AttributeError, TypeError):  # what Python has changed for itself may stay
                        setattr(one, name, before[name])

    def _now(self) -> Iterator[tuple[Place, Any]]:
        """What stands at those places that is not what stood there."""
        for place, original in self._originals.items():
            value = getattr(sys.modules[place[0]], place[1], original)
            if value is not original:
                yield place, value


def missing(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Which names of before are gone by now, or stand for something else."""
    if len(now) >= len(before) and all(map(operator.is_, before.values(), now.values())):
        return []  # the usual case, quickly
    return [name for name, value in before.items() if now.get(name, now) is not value]


def is_open(kind: type) -> bool:
    """Whether something of a class can be replaced: of one that is written in C, nothing can."""
    return bool(kind.__flags__ & HEAP)


def places(tree: ast.AST) -> frozenset[Place]:
    """Where a test may replace something: `patch("a.b")`, `patch.object(a, "b")`, `a.b = …`, as it is written."""
    modules = imports(tree)
    found: set[Place] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and name_of(node.func).rpartition(".")[2] in REPLACE:
            first, *more = node.args
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(split(first.value))
            elif more and isinstance(more[0], ast.Constant):
                found.add((module_of(first, modules), str(more[0].value)))
        if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
            found.add((module_of(node.value, modules), node.attr))
    return frozenset(place for place in found if place[0] in sys.modules or place[0] in modules.values())


def imports(tree: ast.AST) -> dict[str, str]:
    """The names under which modules are imported, and their own."""
    aliases = [alias for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    return {"__builtins__": "builtins"} | {alias.asname or alias.name: alias.name for alias in aliases}


def imported(tree: ast.AST) -> frozenset[str]:
    """The modules that a test imports, or of which it imports something; what is builtin is everywhere."""
    from_one = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    return frozenset(from_one.union(imports(tree).values()))


def module_of(node: ast.AST, modules: dict[str, str]) -> str:
    """The module that a dotted name means: `np.random`, where NumPy is imported as `np`."""
    first, dot, rest = name_of(node).partition(".")
    return modules.get(first, first) + dot + rest


def split(text: str) -> Place:
    """The module and the name in it of a dotted name."""
    module, _, name = text.rpartition(".")
    return module, name


def name_of(node: ast.AST) -> str:
    """A dotted name as it is written; "" for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    base = name_of(node.value) if isinstance(node, ast.Attribute) else ""
    return f"{base}.{node.attr}" if base and isinstance(node, ast.Attribute) else ""
