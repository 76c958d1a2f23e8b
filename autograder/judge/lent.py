"""Objects of a test that the student's code is given: a stub, a text stream, a mock. They stay here, and are asked.

What can be asked is narrow. A name that begins with an underscore, and those under which Python shows frames and code,
are refused: on them, one can walk to everything that the judge knows.
"""

from __future__ import annotations

import io
import itertools
import operator
from collections.abc import Callable
from types import GeneratorType, ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import NonCallableMock

from autograder.judge.errors import CannotBeSplitError
from autograder.judge.remote import Remote
from autograder.records import Named

REFUSED = ("_", "gi_", "cr_", "ag_", "f_", "tb_", "co_", "mro", "func_")
"""Beginnings of names that are not told."""

OF_MOCKS = ("configure_mock", "attach_mock", "mock_add_spec")
"""Methods of mocks by which a method of the test's could be replaced: `assert_called_with`."""

LENDABLE = (io.StringIO, io.BytesIO, NonCallableMock, SimpleNamespace)
"""Classes of libraries whose instances may be given, besides the classes of the test itself."""

ITERATORS: tuple[type, ...] = (
    *(type(iter(kind())) for kind in (list, tuple, dict, set, str)),
    *(type(iter(range(0))), type(reversed([])), type(reversed(range(0))), GeneratorType),
    *(map, filter, zip, enumerate, reversed),
    *(kind for kind in vars(itertools).values() if isinstance(kind, type)),
)


def is_lendable(value: Any) -> bool:
    """Whether the student's code may be given a stand-in for this object."""
    kind = type(value)
    return kind.__module__ == "__main__" or issubclass(kind, LENDABLE) or kind in (*ITERATORS, object)


def answerer(value: Any) -> Callable[..., Any]:
    """What answers the questions about an object."""

    def answer(operation: str, *operands: Any, **named: Any) -> Any:
        if operation == "call":
            return value(*operands, **named)
        if operation == "getattr":
            return look(value, *operands)
        if operation == "setattr":
            return change(value, *operands)
        if operation in BINARY and operands and issubclass(type(operands[0]), Remote):
            return own(value, operation, operands[0])
        return TABLE[operation](value, *operands)

    return answer


def own(value: Any, operation: str, other: Any) -> Any:
    """What its own method makes of a thing of the student's; where that is nothing, the box goes on as Python does."""
    if type(value) is SimpleNamespace:
        raise CannotBeSplitError("it compares a namespace with one of the student's")
    name = f"__{operation}__"
    found = getattr(value, name)(other) if hasattr(type(value), name) else NotImplemented
    return Named("builtins", "NotImplemented") if found is NotImplemented else found


def may_be_told(name: Any) -> bool:
    """Whether an attribute of this name has nothing to do with Python's own workings."""
    return type(name) is str and not name.startswith(REFUSED) and name not in OF_MOCKS


def look(value: Any, name: Any) -> Any:
    """An attribute, if it may be told."""
    if not may_be_told(name):
        raise AttributeError(name)
    found = getattr(value, name)
    if isinstance(found, type | ModuleType):
        raise AttributeError(name)  # noqa: TRY004 - as if there were none
    return found


def change(value: Any, name: Any, new: Any) -> None:
    """Set an attribute; the methods of its class stay as they are."""
    if not may_be_told(name) or callable(getattr(type(value), name, None)):
        raise AttributeError(name)
    setattr(value, name, new)


BINARY = (
    *("eq", "ne", "lt", "le", "gt", "ge", "add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv"),
    *("floordiv", "mod", "pow"),
)
"""Questions about two things, of which Python asks one side and then the other."""

TABLE: dict[str, Callable[..., Any]] = {
    **{name: getattr(operator, name) for name in ("getitem", "setitem", "delitem", "contains", "index", "neg", "abs")},
    **{name: getattr(operator, name) for name in ("eq", "ne", "lt", "le", "gt", "ge")},
    **{name: getattr(operator, name) for name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow")},
    "radd": lambda value, other: other + value,
    "rsub": lambda value, other: other - value,
    "rmul": lambda value, other: other * value,
    "rtruediv": lambda value, other: other / value,
    **{one.__name__: one for one in (len, iter, next, str, repr, bool, hash, int, float)},
    "enter": lambda value: value.__enter__(),
    "exit": lambda value, *error: value.__exit__(*error),
}
"""What each question means."""
