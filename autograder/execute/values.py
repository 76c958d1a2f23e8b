"""The judge's side of the codec: handles and reduced subclasses as records, callables as numbers."""

from __future__ import annotations

import math
import sys
import types
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.records import (
    Alias,
    ExceptionClass,
    ExceptionValue,
    FilePath,
    Handle,
    Lent,
    LentClass,
    Named,
    NotPlain,
    Numbered,
    ObjectArray,
    Raised,
    Tagged,
    UnsendableError,
    View,
)

from .inside import aliases, dtypes, library
from .inside.decode import Decoder
from .inside.encode import CONTAINERS, MAX_RANGES, Encoder
from .inside.frames import ChannelError

MAX_NAME = 100
MAX_VIEW = 1 << 20
"""How many bytes an array may have that lies in another one's memory, and need not have so much of its own."""
_BY_NAME = ("builtins", "math", "numpy")
_BASES: tuple[Any, ...] = (dict, list, tuple, str, bool, int, float, complex, set, frozenset)


class Values:
    """Encodes what the judge sends to one box, and decodes what comes back."""

    def __init__(self) -> None:
        self.callbacks: dict[int, Callable[..., Any]] = {}

    def encoder(self) -> Encoder:
        """An encoder for the operands of one question."""
        return Encoder(self._other)

    def decoder(self, buffers: list[memoryview]) -> Decoder:
        """A decoder for one reply."""
        hooks = {
            "h": _handle,
            "x": _not_plain,
            "g": _builtin_class,
            "E": _exception_class,
            "X": _exception,
            "N": _numbered,
            "v": _view,
            "P": _path,
            "A": _alias,
        }
        return Decoder(buffers, {**hooks, "k": self._callback, "F": self._tagged}, MAX_RANGES)

    def add(self, callbacks: Mapping[int, Callable[..., Any]]) -> None:
        """Make callables known under numbers of the judge's choice."""
        self.callbacks.update(callbacks)

    def _other(self, encoder: Encoder, value: Any, depth: int) -> Any:
        ours = self._ours(encoder, value, depth)
        if ours is not None:
            return ours
        if type(value) is range:
            return encoder.triple(value, depth)
        if isinstance(value, types.ModuleType):
            return ["m", value.__name__]
        if type(value).__name__ in library.PATHS and type(value) is library.PATHS[type(value).__name__]:
            return ["P", type(value).__name__, str(value)]
        if type(value).__name__ in library.ONLY_GIVEN:
            given = (value.tobytes(),) if type(value) is memoryview else (value.pattern, value.flags)
            return ["R", type(value).__name__, encoder.tree(given, depth)]
        named = _named(value)
        if named is not None:
            return named
        for base in _BASES:
            if isinstance(value, base):
                return encoder.tree(base(value), depth)
        if isinstance(value, BaseException) and type(value).__module__ == "builtins":
            return ["B", type(value).__name__, encoder.tree(value.args, depth)]
        if callable(value):
            made_of = vars(value).get("made_of") if type(value) is types.FunctionType else None
            return ["k", self._number(value), *said_of(value), encoder.tree(made_of, depth)]
        raise UnsendableError(f"a value of type {type(value).__name__} cannot be sent to the box")

    def _ours(self, encoder: Encoder, value: Any, depth: int) -> Any:
        """The tree of a record of ours, which stands for something; None for anything else."""
        if isinstance(value, Handle):
            return ["h", value.number]
        if isinstance(value, NotPlain):
            return encoder.tree(value.value, depth)
        if isinstance(value, Numbered):
            return encoder.numbered(value.number, value.value, depth)
        if isinstance(value, Named):
            return ["g", value.module, value.name]
        if isinstance(value, Alias):
            return self._alias(encoder, value, depth)
        if isinstance(value, Lent):
            more = [] if value.kind is None else [encoder.tree(value.kind, depth), encoder.tree(value.said, depth)]
            return ["K", self._number(value.answer), *more]
        if isinstance(value, ObjectArray):
            return ["O", encoder.tree(value.shape, depth), encoder.tree(value.items, depth)]
        if isinstance(value, LentClass):
            bases, fields = encoder.tree(value.bases, depth), encoder.tree(value.fields, depth)
            return ["C", self._number(value.answer), value.name, value.doc, bases, fields]
        return None

    def _alias(self, encoder: Encoder, value: Alias, depth: int) -> Any:
        found = aliases.parts(value.made)
        if found is None:
            raise UnsendableError(f"{value.made} cannot be sent to the box")
        return ["A", found[0], encoder.tree(value.arguments, depth)]

    def _callback(self, parts: list[Any]) -> Callable[..., Any]:
        """What the judge has lent, when it comes back."""
        (number,) = parts
        if type(number) is not int or number not in self.callbacks:
            raise ChannelError("nothing that was lent")
        return self.callbacks[number]

    def _tagged(self, parts: list[Any]) -> Tagged:
        number, attributes = parts
        if type(attributes) is not dict or not all(type(name) is str for name in attributes):
            raise ChannelError("not attributes")
        return Tagged(self._callback([number]), attributes)

    def _number(self, value: Callable[..., Any]) -> int:
        for number, known in self.callbacks.items():
            if known is value:
                return number
        number = 1 + max(self.callbacks, default=0)
        self.callbacks[number] = value
        return number


def said_of(value: Callable[..., Any]) -> list[str | None]:
    """The name and the docstring of a callable, which a decorator may give to what it makes of it."""
    said = (getattr(value, "__name__", None), getattr(value, "__doc__", None))
    return [text.encode("utf-8", "replace").decode() if type(text) is str else None for text in said]


def _named(value: Any) -> list[Any] | None:
    """A builtin, `math` or NumPy function or type goes by its name: the box has the same."""
    name = getattr(value, "__name__", None)
    if not isinstance(name, str):
        return None
    for module in _BY_NAME:
        if getattr(sys.modules.get(module), name, None) is value:
            return ["g", module, name]
    return None


def clean_name(text: Any) -> str:
    """A type's name as it may be shown; anything odd in it is gone."""
    if type(text) is not str:
        raise ChannelError("a name is not text")
    return "".join(letter for letter in text[:MAX_NAME] if letter.isprintable()) or "object"


def _number(number: Any) -> int:
    if type(number) is not int or not 0 <= number < 2**31:
        raise ChannelError("not a handle")
    return number


def _handle(parts: list[Any]) -> Handle:
    number, name, is_callable = parts
    if type(is_callable) is not bool:
        raise ChannelError("not a handle")
    return Handle(_number(number), clean_name(name), is_callable)


def _alias(parts: list[Any]) -> Any:
    name, arguments = parts
    if arguments is not None and not (type(arguments) is tuple and aliases.is_plain(name, arguments)):
        raise ChannelError("not an alias")
    return aliases.alias(name, arguments)


def _path(parts: list[Any]) -> FilePath:
    name, text, number = parts
    if type(name) is not str or name not in library.PATHS or type(text) is not str:
        raise ChannelError("not a path")
    return FilePath(Handle(_number(number), name), library.PATHS[name], text)


def _not_plain(parts: list[Any]) -> NotPlain:
    name, value, *more = parts
    number = more[0] if more else None
    own = more[1] if len(more) == 2 else ()
    if type(own) is not tuple or not all(type(one) is str for one in own):
        raise ChannelError("not names")
    return NotPlain(value, clean_name(name), None if number is None else _number(number), own)


def _numbered(parts: list[Any]) -> Numbered:
    number, value = parts
    if type(value) not in CONTAINERS and type(value) is not View:
        raise ChannelError("not a container")
    own = type(value) is np.ndarray  # its memory is its own, as in the box; what has that of another one is a `View`
    return Numbered(number, value.copy(order="K") if own else value)


def _view(parts: list[Any]) -> View:
    base, name, shape, offset, strides = parts
    dtype = dtypes.named(name)
    if type(base) is not Numbered or type(base.value) is not np.ndarray or dtype is None or type(offset) is not int:
        raise ChannelError("not in the memory of an array")
    if dtype.names or base.value.dtype.names:  # there may be text among its numbers
        raise ChannelError("in the memory of a table")
    if type(shape) is not tuple or type(strides) is not tuple or not 0 <= len(shape) == len(strides) <= 32:
        raise ChannelError("not a shape")
    if {*map(type, shape), *map(type, strides)} - {int} or not all(0 < size < 2**31 for size in shape):
        raise ChannelError("not a shape")
    if math.prod(shape) * dtype.itemsize > MAX_VIEW or not all(abs(step) < 2**31 for step in strides):
        raise ChannelError("not a shape")
    if "U" in (dtype.kind, base.value.dtype.kind) and any(number % 4 for number in (offset, *strides)):
        raise ChannelError("not text")
    if (dtype.kind == "U") != (base.value.dtype.kind == "U"):
        raise ChannelError("text in the memory of numbers, or the other way round")
    return View(base, dtype, shape, offset, strides)


def _builtin_class(parts: list[Any]) -> type:
    module, name = parts
    if module != "builtins" or type(name) is not str or name not in library.CLASSES:
        raise ChannelError("not a builtin class of data")
    return library.CLASSES[name]


def _exception_class(parts: list[Any]) -> ExceptionClass:
    number, module, name, bases = parts
    if type(bases) is not tuple:
        raise ChannelError("not a class")
    return ExceptionClass(_number(number), clean_name(module), clean_name(name), bases)


def _exception(parts: list[Any]) -> ExceptionValue:
    number, kind, name, message, arguments, cause, attributes = parts
    known = type(kind) is ExceptionClass or (type(kind) is type and issubclass(kind, BaseException))
    if (
        not known
        or type(arguments) is not tuple
        or type(cause) not in (type(None), ExceptionValue, types.FunctionType)
        or type(attributes) is not dict
    ):
        raise ChannelError("not an exception")
    said = raised([name, message, None])
    number = None if number is None else _number(number)
    return ExceptionValue(number, kind, said.type, said.message, arguments, cause, attributes)


def raised(error: Any) -> Raised:
    """What the box says was raised: the name must be that of a builtin exception."""
    if type(error) is not list or len(error) != 3:
        raise ChannelError("not a list of the right length")
    name, message, line = error
    kind = library.CLASSES.get(name) if type(name) is str else None
    if kind is None or not issubclass(kind, BaseException) or type(message) is not str:
        raise ChannelError("not an exception")
    if line is not None and (type(line) is not int or not 0 <= line < 10_000_000):
        raise ChannelError("not a line")
    clean = "".join(letter if letter.isprintable() or letter in "\n\t" else "\ufffd" for letter in message[:2000])
    return Raised(name, clean, line)
