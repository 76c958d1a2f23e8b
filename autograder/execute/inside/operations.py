"""The questions that the judge may ask, each a small function of the student's namespace. See ../operations.md."""

# ruff: noqa: ARG001, ARG005  every operation takes the namespace, also those that need none

from __future__ import annotations

import builtins
import contextlib
import inspect
import operator
import random
import sys
import types
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from IPython.core.async_helpers import get_asyncio_loop

from . import figures, files, logs
from .objects import type_name

Namespace = dict[str, Any]

MAX_ITEMS = 10_000
MAX_TEXT = 100_000
MAX_WARNINGS = 1_000

_recorders: list[Any] = []

COMPARISONS = {"lt", "le", "eq", "ne", "gt", "ge"}
BINARY = {
    *("add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "divmod", "pow"),
    *("lshift", "rshift", "and", "or", "xor"),
}
UNARY = {"neg", "pos", "abs", "invert", "int", "float", "complex", "index", "round"}


def get(namespace: Namespace, name: str) -> Any:
    """The value that a name is bound to."""
    if name not in namespace:
        raise NameError(f"name {name!r} is not defined")
    return namespace[name]


def names(namespace: Namespace, wanted: list[str]) -> list[str]:
    """Which of these names are bound."""
    return [name for name in wanted if name in namespace]


def is_import(value: Any, module: str, name: str) -> bool:
    """Whether this is the module, or what the module has by a name."""
    found = sys.modules.get(module)
    return found is not None and value is (getattr(found, name, found) if name else found)


def set_(namespace: Namespace, name: str, value: Any) -> None:
    """Bind a name."""
    namespace[name] = value


def delete(namespace: Namespace, name: str) -> None:
    """Unbind a name."""
    if name not in namespace:
        raise NameError(f"name {name!r} is not defined")
    del namespace[name]


def iterator(namespace: Namespace, target: Any) -> Any:
    """An iterator over it."""
    return iter(target)


def advance(namespace: Namespace, target: Any, count: int = 1) -> list[Any]:
    """The next items of an iterator; fewer at its end."""
    items: list[Any] = []
    with contextlib.suppress(StopIteration):
        while len(items) < min(count, MAX_ITEMS):
            items.append(next(target))  # not by `islice`: it would call `__iter__`
    return items


def unary(namespace: Namespace, name: str, target: Any, *more: Any) -> Any:
    """An operator of one operand, or one of the conversions."""
    if name in ("int", "float", "complex", "round"):
        return getattr(builtins, name)(target, *more)
    return getattr(operator, name)(target)


def binary(namespace: Namespace, name: str, left: Any, right: Any) -> Any:
    """An operator of two operands; the reflected one is asked for by swapping them."""
    if name == "divmod":
        return divmod(left, right)
    return getattr(operator, {"and": "and_", "or": "or_"}.get(name, name))(left, right)


def compare(namespace: Namespace, name: str, left: Any, right: Any) -> Any:
    """A comparison."""
    return getattr(operator, name)(left, right)


def is_instance(namespace: Namespace, target: Any, name: str) -> bool:
    """Whether it is an instance of a builtin type, or of NumPy's `ndarray`, by name."""
    kind = np.ndarray if name == "ndarray" else getattr(builtins, name)
    return isinstance(target, kind)


def subclass(
    namespace: Namespace, name: str, bases: list[type], members: dict[str, Any], keywords: dict[str, Any] | None = None
) -> type:
    """A class that derives from a student's."""
    kind = types.new_class(name, tuple(bases), keywords or {}, lambda body: body.update(members))
    kind.__module__ = "__main__"
    return kind


def run_text(builtin: Callable[..., Any], text: str, namespace: Namespace, scope: Namespace | None) -> Any:
    """Run a text among the notebook's names, or among those of a scope: what it comes to, and the scope after it."""
    value = builtin(text, namespace if scope is None else scope)
    return value, {name: item for name, item in (scope or {}).items() if name != "__builtins__"}


def await_(namespace: Namespace, target: Any) -> Any:
    """What an awaitable comes to, in the loop in which the notebook's own cells wait."""
    return get_asyncio_loop().run_until_complete(_waited(target))  # type: ignore[no-untyped-call]  # IPython's


async def _waited(target: Any) -> Any:
    return await target


def warn(namespace: Namespace) -> None:
    """Keep every warning from now on, whatever the filters say, until `warned` asks for them."""
    if not _recorders:
        recorder = warnings.catch_warnings(record=True)
        _recorders.append((recorder, recorder.__enter__()))
        warnings.simplefilter("always")


def warned(namespace: Namespace) -> list[list[Any]]:
    """The warnings since `warn`: class and text."""
    if not _recorders:
        return []
    recorder, found = _recorders.pop()
    recorder.__exit__(None, None, None)
    return [[one.category, str(one.message)[:MAX_TEXT]] for one in (found or [])[:MAX_WARNINGS]]


def type_of(namespace: Namespace, target: Any) -> list[Any]:
    """The type's name, and the names of all its bases in their order."""
    kinds = type.__dict__["__mro__"].__get__(type(target))
    return [type_name(target), [f"{kind.__module__}.{kind.__qualname__}" for kind in kinds]]


def source(namespace: Namespace, target: Any) -> str:
    """The text in which a function or a class was written."""
    return inspect.getsource(target)[:MAX_TEXT]


def signature(namespace: Namespace, target: Any) -> list[Any]:
    """The parameters (name, kind, default, annotation) and what is returned; what there is not is an empty list."""
    found, empty = inspect.signature(target), inspect.Signature.empty

    def some(value: Any) -> list[Any]:
        return [] if value is empty else [value]

    parameters = [[p.name, p.kind.name, some(p.default), some(p.annotation)] for p in found.parameters.values()]
    return [parameters, some(found.return_annotation)]


def set_random_state(namespace: Namespace, state: dict[str, Any]) -> None:
    """Install the state of NumPy's legacy generator, Python's, or both."""
    if state.get("numpy") is not None:
        position, key, has_gauss, cached = state["numpy"]
        words = np.frombuffer(key, np.uint32)
        np.random.set_state(("MT19937", words, position, has_gauss, cached))  # noqa: NPY002  the judge's legacy state
    if state.get("python") is not None:
        version, words, gauss = state["python"]
        random.setstate((version, tuple(words), gauss))


def random_state(namespace: Namespace) -> dict[str, Any]:
    """The state of both generators, in the form in which `call` takes it."""
    state: Any = np.random.get_state()  # noqa: NPY002  the judge's legacy state
    _, key, position, has_gauss, cached = state
    version, words, gauss = random.getstate()
    return {"numpy": (position, key.tobytes(), has_gauss, cached), "python": (version, list(words), gauss)}


TABLE: dict[str, Callable[..., Any]] = {
    "get": get,
    "names": names,
    "set": set_,
    "delete": delete,
    "getattr": lambda namespace, target, name: getattr(target, name),
    "hasattr": lambda namespace, target, name: hasattr(target, name),
    "setattr": lambda namespace, target, name, value: setattr(target, name, value),
    "delattr": lambda namespace, target, name: delattr(target, name),
    "getitem": lambda namespace, target, key: target[key],
    "setitem": lambda namespace, target, key, value: operator.setitem(target, key, value),
    "delitem": lambda namespace, target, key: operator.delitem(target, key),
    "contains": lambda namespace, target, item: item in target,
    "len": lambda namespace, target: len(target),
    "bool": lambda namespace, target: bool(target),
    "repr": lambda namespace, target: repr(target)[:MAX_TEXT],
    "str": lambda namespace, target: str(target)[:MAX_TEXT],
    "format": lambda namespace, target, spec: format(target, spec)[:MAX_TEXT],
    "hash": lambda namespace, target: hash(target),
    "dir": lambda namespace, target: dir(target),
    "is": lambda namespace, left, right: left is right,
    "iterator": iterator,
    "next": advance,
    "unary": unary,
    "binary": binary,
    "compare": compare,
    "isinstance": is_instance,
    "type": type_of,
    "source": source,
    "signature": signature,
    "class": lambda namespace, target: type(target),
    "subclass": subclass,
    "super": lambda namespace, kind, target: super(kind, target),
    "plain": lambda namespace, target: target,
    "renew": lambda namespace, *containers: None,
    "eval": lambda namespace, text, scope=None: run_text(eval, text, namespace, scope),
    "exec": lambda namespace, text, scope=None: run_text(exec, text, namespace, scope),
    "await": await_,
    "warn": warn,
    "warned": warned,
    "log": logs.listen,
    "logged": logs.heard,
    "shared": files.shared,
    "folder": files.folder,
    "lay": files.lay,
    "write_file": files.write,
    "set_random_state": set_random_state,
    "random_state": random_state,
    "figures": lambda namespace: figures.flush.take(),
}
