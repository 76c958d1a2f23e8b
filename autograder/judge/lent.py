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
import tempfile
from collections.abc import Callable
from types import CoroutineType, FunctionType, GeneratorType, MethodType, ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import NonCallableMock

from autograder.judge.errors import CannotBeSplitError
from autograder.judge.exceptions import may_be_set
from autograder.judge.remote import OPERATORS, Remote, RemoteCallable
from autograder.judge.rewritten import waited
from autograder.records import Named

REFUSED = ("_", "gi_", "cr_", "ag_", "f_", "tb_", "co_", "mro", "func_")
"""Beginnings of names that are not told."""

OF_MOCKS = ("configure_mock", "attach_mock", "mock_add_spec")
"""Methods of mocks by which a method of the test's could be replaced: `assert_called_with`."""

OF_NAMED_TUPLES = ("_replace", "_asdict", "_fields", "_make")
"""Names that begin with an underscore only so that a field can have any other."""

OF_CLASSES = OPERATORS - {"__getattribute__", "__getattr__"} | {
    *("__init__", "__repr__", "__str__", "__format__", "__hash__", "__len__", "__iter__", "__next__", "__getitem__"),
    *("__setitem__", "__delitem__", "__call__", "__bool__", "__enter__", "__exit__", "__neg__", "__abs__"),
}
"""Methods of Python's own that a decorator of classes may set, if the answer key's does."""

KINDS = (type, ModuleType)
"""What is not told: classes, modules."""

FILES = (io.TextIOWrapper, io.BufferedReader, io.BufferedWriter, io.BufferedRandom, tempfile._TemporaryFileWrapper)  # noqa: SLF001 - what `NamedTemporaryFile` gives
"""Classes of files that the test has opened."""

LENDABLE = (io.StringIO, io.BytesIO, *FILES, NonCallableMock, SimpleNamespace, CoroutineType)
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


def made_of(function: FunctionType, bound: int = 0) -> tuple[Any, ...]:
    """What one can see of a function besides name and docstring; see `execute/inside/functions.py`.

    `bound` is how many of its first arguments are given already.
    """
    code = function.__code__
    rest = bool(code.co_flags & inspect.CO_VARARGS), bool(code.co_flags & inspect.CO_VARKEYWORDS)
    counts = max(0, code.co_posonlyargcount - bound), code.co_argcount - bound, code.co_kwonlyargcount
    defaults = function.__defaults__ and function.__defaults__[-counts[1] :] if counts[1] else None
    parts = defaults, function.__kwdefaults__, function.__annotations__
    return function.__qualname__, code.co_varnames[bound:], counts, rest, *parts


def parts_of(value: Any) -> tuple[Any, ...] | None:
    """The same of a function or a method; None of anything else."""
    if type(value) is MethodType:
        function: Any = value.__func__
        has_first = type(function) is FunctionType and function.__code__.co_argcount
        return made_of(function, bound=1) if has_first else None
    return made_of(value) if type(value) is FunctionType else None


def is_lendable(value: Any) -> bool:
    """Whether the student's code may be given a stand-in for this object."""
    kind = type(value)
    return kind.__module__ == "__main__" or issubclass(kind, LENDABLE) or kind in (*ITERATORS, object)


def answerer(value: Any, is_asked: Callable[[str], bool] = lambda _: False) -> Callable[..., Any]:
    """What answers the questions about an object; `is_asked` says whether the answer key asks this, too."""
    added: set[str] = set()

    def answer(operation: str, *operands: Any, **named: Any) -> Any:
        if operation == "call":
            return value(*operands, **named)
        if operation == "getattr":
            return look(value, *operands)
        if operation == "derive":
            raise CannotBeSplitError("the student's code derives a class from one of the test's")
        if operation == "setattr":
            name, new = operands
            return change(value, name, new, is_asked, added)
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
    if name == "__dict__" and isinstance(value, type):
        return {one: found for one, found in vars(value).items() if may_be_told(one) and type(found) is FunctionType}
    if name == "__dict__" and is_own(type(value)) and not any(issubclass(type(v), KINDS) for v in vars(value).values()):
        return {one: found for one, found in vars(value).items() if not one.startswith("__")}
    of_tuple = isinstance(value, tuple) and name in OF_NAMED_TUPLES
    of_its_class = isinstance(value, type) and hasattr(type(value), name)  # `ABC.register`
    if not (of_tuple or may_be_told(name)) or of_its_class:
        raise AttributeError(name)
    found = getattr(value, name)
    if isinstance(found, KINDS):
        raise AttributeError(name)  # noqa: TRY004 - as if there were none
    return found


def change(value: Any, name: Any, new: Any, is_asked: Callable[[str], bool], added: set[str]) -> None:
    """Set an attribute; the methods of its class stay as they are.

    Of a class, so does all that it has, and what Python itself asks; but where the answer key sets this as well.
    `added` are the names that the student's code has given it.
    """
    if isinstance(value, type):
        is_new = may_be_told(name) and (name in added or not hasattr(value, name))
        if not (may_be_set(name) and is_new) and not (may_be_method(value, name) and is_asked(f"set {name}")):
            raise AttributeError(name)
        if is_new:
            added.add(name)
        setattr(value, name, method(new) if issubclass(type(new), RemoteCallable) else new)
        return
    is_file = isinstance(value, FILES)  # a test may remove what has its name
    if not may_be_told(name) or not may_be_set(name) or is_file or callable(getattr(type(value), name, None)):
        raise AttributeError(name)
    setattr(value, name, new)


def may_be_method(kind: type, name: Any) -> bool:
    """Whether a decorator of classes may set this: a method of the class's own, or one that Python asks."""
    if type(name) is not str or (hasattr(type(kind), name) and not name.startswith("__")):
        return False
    return name in OF_CLASSES or (may_be_told(name) and type(vars(kind).get(name)) is FunctionType)


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
    **{one.__name__: one for one in (len, iter, next, str, repr, bool, hash, int, float, format, reversed, round)},
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "await": waited,
    "enter": lambda value: value.__enter__(),
    "exit": lambda value, *error: value.__exit__(*error),
}
"""What each question means."""
