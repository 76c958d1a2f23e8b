"""Stand-ins, in the judge, for what stays in the box: functions, instances, modules."""

from __future__ import annotations

import copy
import inspect
import math
import operator
from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.judge.derived import Derived
from autograder.judge.errors import CannotBeSplitError
from autograder.judge.exceptions import as_there
from autograder.records import Handle

if TYPE_CHECKING:
    from autograder.judge.link import Link


ADDRESSES = frozenset(
    {
        *("__array_interface__", "__array_struct__", "__dlpack__", "__cuda_array_interface__", "__buffer__"),
        "__array_wrap__",
    }
)
"""Attributes that tell where in memory an array lies: NumPy would read there, in the judge.

NumPy gives the last one what it has calculated, to make of it what it likes, and crashes if the look for it raises.
"""


class Remote:  # noqa: D101 - a docstring would be taken for that of the student's thing; a test may look at it
    # Something that lives in the box. Every use of it is one question; only plain data comes back.

    __slots__ = ("_remote_handle", "_remote_link")
    _remote_handle: Handle
    _remote_link: Link

    def __getattr__(self, name: str) -> Any:
        if name in ADDRESSES or not (name.startswith("__") or self._remote_link.may("getattr", self)):
            raise AttributeError(name)
        return self._remote_link.ask("getattr", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._remote_link.ask("setattr", self, name, value)

    def __delattr__(self, name: str) -> None:
        self._remote_link.ask("delattr", self, name)

    def __getitem__(self, key: Any) -> Any:
        return self._remote_link.ask("getitem", self, key)

    def __setitem__(self, key: Any, value: Any) -> None:
        self._remote_link.ask("setitem", self, key, value)

    def __delitem__(self, key: Any) -> None:
        self._remote_link.ask("delitem", self, key)

    def __contains__(self, item: Any) -> bool:
        if not self._remote_link.may("contains", self, item):
            raise TypeError("argument is not a container")
        return bool(self._remote_link.ask("contains", self, item))

    def __len__(self) -> int:
        return self._remote_link.ahead.length(self)

    def __bool__(self) -> bool:
        return bool(self._remote_link.ask("bool", self))

    def __iter__(self) -> Iterator[Any]:
        return self._remote_link.ahead.iterator(self)  # one more stand-in, or this one

    def __repr__(self) -> str:
        return str(self._remote_link.ask("repr", self))

    def __str__(self) -> str:
        return str(self._remote_link.ask("str", self))

    def __format__(self, spec: str) -> str:
        return str(self._remote_link.ask("format", self, spec))

    def __hash__(self) -> int:
        return int(self._remote_link.ask("hash", self))

    def __instancecheck__(self, instance: Any) -> bool:
        return bool(self._remote_link.ask("call", isinstance, (instance, self), {}))

    def __subclasscheck__(self, subclass: Any) -> bool:
        return bool(self._remote_link.ask("call", issubclass, (subclass, self), {}))

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        return (Derived,)

    def __next__(self) -> Any:
        return self._remote_link.ahead.next(self)

    def __enter__(self) -> Any:
        return self._remote_link.ask("call", self.__getattr__("__enter__"), (), {})

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        what = (None, None) if kind is None or error is None else as_there(kind, error)
        heeded = kind is None or self._remote_link.may_swallow()
        return bool(self._remote_link.ask("call", self.__getattr__("__exit__"), (*what, None), {})) and heeded

    def __floor__(self) -> Any:
        return self._remote_link.ask("call", math.floor, (self,), {})

    def __ceil__(self) -> Any:
        return self._remote_link.ask("call", math.ceil, (self,), {})

    def __trunc__(self) -> Any:
        return self._remote_link.ask("call", math.trunc, (self,), {})

    def __reversed__(self) -> Any:
        return self._remote_link.ask("call", reversed, (self,), {})

    def __bytes__(self) -> Any:
        return self._remote_link.ask("call", bytes, (self,), {})

    def __round__(self, digits: int | None = None) -> Any:
        return self._remote_link.ask("unary", "round", self, *([] if digits is None else [digits]))

    @property  # type: ignore[misc]  # it is not to be set
    def __class__(self) -> type:
        return self._remote_link.class_of(self)

    @property
    def __doc__(self) -> Any:  # type: ignore[override]  # it is not to be set
        return self.__getattr__("__doc__")

    @property
    def __init__(self) -> Any:  # type: ignore[misc]  # a test's class may call that of the student's, its base
        return self.__getattr__("__init__")  # noqa: PLE0101 - a property of that name

    def __dir__(self) -> list[str]:
        return [str(name) for name in self._remote_link.ask("dir", self)]

    def __copy__(self) -> Any:
        return self._remote_link.ask("call", copy.copy, (self,), {})

    def __deepcopy__(self, memo: Any) -> Any:
        return self._remote_link.ask("call", copy.deepcopy, (self,), {})

    def __reduce_ex__(self, _: Any) -> Any:
        raise CannotBeSplitError("it pickles an object of the student's")

    @property
    def __signature__(self) -> inspect.Signature:
        """The parameters, with their defaults and annotations."""
        parameters, returned = self._remote_link.ask("signature", self)
        return inspect.Signature([parameter(*one) for one in parameters], **only("return_annotation", returned))


del Remote.__annotations__  # they would be taken for those of the student's function


def parameter(name: str, kind: str, default: list[Any], annotation: list[Any]) -> inspect.Parameter:
    """One parameter of a signature; of what it lacks there is an empty list."""
    parts = {**only("default", default), **only("annotation", annotation)}
    return inspect.Parameter(name, inspect._ParameterKind[kind], **parts)  # noqa: SLF001 - its names are what the box tells


def only(name: str, found: list[Any]) -> dict[str, Any]:
    """A keyword argument, if there is something to give."""
    return dict.fromkeys([name], found[0]) if found else {}


class RemoteCallable(Remote):  # noqa: D101 - see above
    # A function, method or class that lives in the box.

    __slots__ = ()
    __doc__ = Remote.__doc__

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it in the box."""
        return self._remote_link.call(self, args, kwargs)

    def call_each(self, calls: list[tuple[tuple[Any, ...], int | None]]) -> Iterator[Any]:
        """Call it many times in one trip; see `Link.call_each`."""
        return self._remote_link.call_each(self, calls)


class RemoteCoroutine(Remote):  # noqa: D101 - see above
    # Something of the student's that can be waited for; asyncio takes it for a coroutine that never pauses.

    __slots__ = ()
    __doc__ = Remote.__doc__

    def __await__(self) -> Generator[Any, Any, Any]:
        return self._remote_link.ask("await", self)
        yield  # what makes it a generator; the box waits as long as it takes

    def __next__(self) -> Any:
        return self.send(None)

    def send(self, _: Any) -> Any:
        """Wait for it, in the box."""
        raise StopIteration(self._remote_link.ask("await", self))

    def throw(self, error: BaseException) -> Any:
        """Raise here what asyncio wants raised: the box is not running."""
        raise error

    def close(self) -> None:
        """Let it be."""


def stand_in_for(link: Link, handle: Handle) -> Remote:
    """The stand-in of the right class."""
    kind = RemoteCoroutine if handle.type == "coroutine" else RemoteCallable if handle.callable else Remote
    made: Remote = kind.__new__(kind)  # not by a call: `__init__` is the student's
    object.__setattr__(made, "_remote_link", link)
    object.__setattr__(made, "_remote_handle", handle)
    return made


def _binary(name: str, question: str = "binary") -> Callable[[Remote, Any], Any]:
    """A method that asks the box for `self name other`; `question` is "binary" or "compare"."""

    def method(self: Remote, other: Any) -> Any:
        if other is NOTHING or not self._remote_link.may(question, self, other):
            return NotImplemented
        return self._remote_link.ask(question, name, self, other)

    return method


def _reflected(name: str) -> Callable[[Remote, Any], Any]:
    """A method that asks the box for `other name self`."""

    def method(self: Remote, other: Any) -> Any:
        if not self._remote_link.may("binary", self, other):
            return NotImplemented
        return self._remote_link.ask("binary", name, other, self)

    return method


def _in_place(name: str) -> Callable[[Remote, Any], Any]:
    """A method that has the box change `self`, or do without."""
    function = getattr(operator, f"__i{name}__")

    def method(self: Remote, other: Any) -> Any:
        if not self._remote_link.may("binary", self, other):
            return NotImplemented
        return self._remote_link.call(function, (self, other), {})

    return method


def _unary(name: str) -> Callable[[Remote], Any]:
    """A method that asks the box for `name self`."""

    def method(self: Remote) -> Any:
        return self._remote_link.ask("unary", name, self)

    return method


NOTHING = np._NoValue  # noqa: SLF001 - it has no public name
"""What NumPy compares a function with that it is given, to see whether it was: nothing of the student's equals it."""

_COMPARED = ("eq", "ne", "lt", "le", "gt", "ge")
_CHANGED = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor", "lshift", "rshift")
for _name in _COMPARED:
    setattr(Remote, f"__{_name}__", _binary(_name, "compare"))
for _name in (*_CHANGED, "divmod"):
    setattr(Remote, f"__{_name}__", _binary(_name))
    setattr(Remote, f"__r{_name}__", _reflected(_name))
for _name in _CHANGED:
    setattr(Remote, f"__i{_name}__", _in_place(_name))
for _name in ("neg", "pos", "abs", "invert", "int", "float", "complex", "index"):
    setattr(Remote, f"__{_name}__", _unary(_name))

OPERATORS = frozenset(
    f"__{name}__"
    for name in (
        *("contains", "divmod", "rdivmod", "getattribute", "getattr", *_COMPARED),
        *(f"{how}{name}" for how in ("", "r", "i") for name in _CHANGED),
    )
)
"""Methods that are given something of the test's; what stands for plain data is not asked for them."""
