"""Decorators that cannot make a function's answers depend on earlier calls.

Some keep nothing at all. A cache keeps what was returned; that makes no difference where the same arguments always give
the same value, and nobody can change that value.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.judge.origins import OWN, Origins

Function = ast.FunctionDef | ast.AsyncFunctionDef

HARMLESS = frozenset(
    {
        *(OWN, "staticmethod", "functools.wraps", "contextlib.contextmanager", "numpy.vectorize", "numpy.errstate"),
        *("numba.njit", "numba.jit", "numba.vectorize", "numba.guvectorize"),
        *("typing.overload", "typing.final", "typing.no_type_check", "typing_extensions.overload"),
    }
)
"""Decorators that keep nothing between calls. Functions of the student's own are looked at like all others."""

CACHES = frozenset({"functools.lru_cache", "functools.cache"})

_NUMBERS = frozenset({"abs", "bool", "float", "int", "len", "max", "min", "pow", "range", "round", "str", "sum"})
_OF_NUMPY = frozenset({f"numpy.{name}" for name in ("sqrt", "cbrt", "exp", "log", "log2", "tanh", "float64", "power")})
_BUILDS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp, ast.Lambda, ast.Yield, ast.YieldFrom)


def decorators(tree: ast.AST) -> Iterator[tuple[Function, ast.expr]]:
    """Each decorated function with each of its decorators, arguments left aside."""
    for node in ast.walk(tree):
        if isinstance(node, Function):
            for one in node.decorator_list:
                yield node, one.func if isinstance(one, ast.Call) else one


def remember(tree: ast.AST, origins: Origins) -> bool:
    """Whether a decorator may keep what matters later, or a cache is made in another way."""
    found = list(decorators(tree))
    if not all(is_harmless(function, origins.of(one), origins) for function, one in found):
        return True
    seen = {id(one) for _, one in found}
    names = (node for node in ast.walk(tree) if isinstance(node, ast.Name | ast.Attribute) and id(node) not in seen)
    return any(origins.of(node) & CACHES for node in names)


def is_harmless(function: Function, kinds: set[str], origins: Origins) -> bool:
    """Whether a function that is decorated by one of these remembers nothing that could matter."""
    return kinds <= HARMLESS or (kinds <= HARMLESS | CACHES and computes_a_number(function, origins))


def computes_a_number(function: Function, origins: Origins) -> bool:
    """Whether a function plainly computes numbers or texts from its arguments, and from nothing else.

    Arguments of a cached function can be hashed, so that what they hold cannot be changed either.
    """
    nodes = [node for statement in function.body for node in ast.walk(statement)]
    own = {node.arg for node in ast.walk(function.args) if isinstance(node, ast.arg)}
    own |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    called = {id(part) for call in calls for part in ast.walk(call.func)}
    return (
        not any(isinstance(node, (*_BUILDS, ast.FunctionDef)) for node in nodes)
        and all(gives_a_number(call, function.name, origins) for call in calls)
        and all(node.id in own for node in nodes if isinstance(node, ast.Name) and id(node) not in called)
        and not any(isinstance(node, ast.Attribute) and id(node) not in called for node in nodes)
    )


def gives_a_number(call: ast.Call, name: str, origins: Origins) -> bool:
    """Whether a call gives something that cannot be changed: a number of numbers, or the function's own value."""
    if isinstance(call.func, ast.Name) and call.func.id == name:
        return True
    kinds = origins.of(call.func)
    of_numpy = kinds <= _OF_NUMPY and all(isinstance(one, ast.BinOp | ast.Constant) for one in call.args)
    return of_numpy or all(kind in _NUMBERS or kind.startswith("math.") for kind in kinds)
