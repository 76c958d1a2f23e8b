"""Objects of a test that the student's code is given: a stub, a text stream, a mock. They stay here, and are asked.

What can be asked is narrow. A name that begins with an underscore, and those under which Python shows frames and code,
are refused: on them, one can walk to everything that the judge knows.
"""

from __future__ import annotations

import copy
import dataclasses
import inspect
import io
import itertools
import operator
from collections.abc import Callable
from types import FunctionType, GeneratorType, ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import NonCallableMock

from autograder.judge.errors import CannotBeSplitError
from autograder.judge.exceptions import may_be_set
from autograder.judge.remote import Remote, RemoteCallable
from autograder.records import Named

REFUSED = ("_", "gi_", "cr_", "ag_", "f_", "tb_", "co_", "mro", "func_")
"""Beginnings of names that are not told."""

OF_MOCKS = ("configure_mock", "attach_mock", "mock_add_spec")
"""Methods of mocks by which a method of the test's could be replaced: `assert_called_with`."""

OF_NAMED_TUPLES = ("_replace", "_asdict", "_fields", "_make")
"""Names that begin with an underscore only so that a field can have any other."""

KINDS = (type, ModuleType)
"""What is not told: classes, modules."""

LENDABLE = (io.StringIO, io.BytesIO, NonCallableMock, SimpleNamespace)
"""Classes of libraries whose instances may be given, besides the classes of the test itself."""

ITERATORS: tuple[type, ...] = (
    *(type(iter(kind())) for kind in (list, tuple, dict, set, str)),
    *(type(iter(range(0))), type(reversed([])), type(reversed(range(0))), GeneratorType),
    *(map, filter, zip, enumerate, reversed),
    *(kind for kind in vars(itertools).values() if isinstance(kind, type)),
)


def is_own(kind: type) -> bool:
    """Whether a class is one of the test's."""
    return kind.__module__ == "__main__"


def fields_of(kind: type) -> tuple[tuple[str, Any], ...]:
    """Names and annotations of the fields of a dataclass."""
    if not dataclasses.is_dataclass(kind):
        return ()
    return tuple((one.name, one.type) for one in dataclasses.fields(kind))


def made_of(function: FunctionType) -> tuple[Any, ...]:
    """What one can see of a function besides name and docstring; see `execute/inside/functions.py`."""
    code = function.__code__
    rest = bool(code.co_flags & inspect.CO_VARARGS), bool(code.co_flags & inspect.CO_VARKEYWORDS)
    counts = code.co_posonlyargcount, code.co_argcount, code.co_kwonlyargcount
    parts = function.__defaults__, function.__kwdefaults__, function.__annotations__
    return function.__qualname__, code.co_varnames, counts, rest, *parts


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
    if name == "__dict__" and is_own(type(value)) and not any(isinstance(one, KINDS) for one in vars(value).values()):
        return {one: found for one, found in vars(value).items() if not one.startswith("__")}
    of_tuple = isinstance(value, tuple) and name in OF_NAMED_TUPLES
    if not (of_tuple or may_be_told(name)) or (
        isinstance(value, type) and hasattr(type(value), name)
    ):  # `ABC.register`
        raise AttributeError(name)
    found = getattr(value, name)
    if isinstance(found, KINDS):
        raise AttributeError(name)  # noqa: TRY004 - as if there were none
    return found


def change(value: Any, name: Any, new: Any) -> None:
    """Set an attribute; the methods of its class stay as they are, and so does all that a class has."""
    is_class = isinstance(value, type)
    allowed = may_be_told(name) and may_be_set(name)
    if not allowed or callable(getattr(type(value), name, None)) or (is_class and hasattr(value, name)):
        raise AttributeError(name)
    setattr(value, name, method(new) if is_class and issubclass(type(new), RemoteCallable) else new)


def method(function: Any) -> Any:
    """A function of the student's as a method of a test's class: it is given the object."""

    def called(*given: Any, **named: Any) -> Any:
        return function(*given, **named)

    return called


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
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "enter": lambda value: value.__enter__(),
    "exit": lambda value, *error: value.__exit__(*error),
}
"""What each question means."""
