"""Values of a few classes of the standard library that cross as what they are, and builtin classes that go by name.

Each is known by its exact type, and is written as its class and the arguments that make it again.
"""

from __future__ import annotations

import array
import builtins
import datetime as dt
import pathlib
import re
import uuid
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

MAX_BITS = 10_000
"""Of a number in a fraction, and of a decimal's exponent: beyond, arithmetic could be made to take for ever."""

_DATA = (bool, int, float, complex, str, bytes, bytearray, list, tuple, dict, set, frozenset, range, slice, object)
CLASSES = {kind.__name__: kind for kind in _DATA} | {
    name: kind for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException)
}
"""Builtin classes of data and of exceptions: who gives back one of them gives its name."""

PATHS = {kind.__name__: kind for kind in (pathlib.PurePosixPath, pathlib.PosixPath, pathlib.PureWindowsPath)}
"""Paths; the judge takes from a box only those in a folder of its own, and the others stay there."""


def is_known(kind: type) -> bool:
    """Whether this is a builtin class that goes by its name."""
    return CLASSES.get(type.__dict__["__name__"].__get__(kind)) is kind


def _clock(value: Any) -> tuple[Any, ...]:
    if value.fold:
        return ()  # it fits nothing, so it stays where it is
    return (value.hour, value.minute, value.second, value.microsecond, value.tzinfo)


def _masked(value: Any) -> tuple[Any, ...]:
    data, mask = np.ma.getdata(value), np.ma.getmask(value)
    return (data, None if mask is np.ma.nomask else mask)


_ZONE = (type(None), dt.timezone)
_INTS = (int,) * 7
_PARTS: dict[type, tuple[Callable[[Any], tuple[Any, ...]], tuple[Any, ...]]] = {
    bytearray: (lambda value: (bytes(value),), (bytes,)),
    Fraction: (lambda value: (value.numerator, value.denominator), _INTS[:2]),
    Decimal: (lambda value: (str(value),), (str,)),
    dt.date: (lambda value: (value.year, value.month, value.day), _INTS[:3]),
    dt.time: (_clock, (*_INTS[:4], _ZONE)),
    dt.datetime: (lambda value: (value.year, value.month, value.day, *_clock(value)), (*_INTS, _ZONE)),
    dt.timedelta: (lambda value: (value.days, value.seconds, value.microseconds), _INTS[:3]),
    dt.timezone: (lambda value: (value.utcoffset(None),), (dt.timedelta,)),
    Counter: (lambda value: (dict(value),), (dict,)),
    OrderedDict: (lambda value: (dict(value),), (dict,)),
    defaultdict: (lambda value: (value.default_factory, dict(value)), ((type(None), type), dict)),
    deque: (lambda value: (list(value), value.maxlen), (list, (type(None), int))),
    array.array: (lambda value: (value.typecode, value.tobytes()), (str, bytes)),
    uuid.UUID: (lambda value: (value.hex,), (str,)),
    np.ma.MaskedArray: (_masked, (np.ndarray, (type(None), np.ndarray))),
    type({}.keys()): (lambda value: (dict.fromkeys(value),), (dict,)),
    type({}.values()): (lambda value: (list(value),), (list,)),
    type({}.items()): (lambda value: (dict(value),), (dict,)),
}
"""By exact type: the arguments that make a value again, and their exact types."""

_MADE: dict[str, Callable[..., Any]] = {
    "array": lambda code, data: array.array(code if code in ARRAYS else "", data),
    "MaskedArray": lambda data, mask: np.ma.MaskedArray(data, np.ma.nomask if mask is None else mask, copy=True),
    "dict_keys": lambda items: items.keys(),
    "dict_values": lambda items: dict(enumerate(items)).values(),
    "dict_items": lambda items: items.items(),
}
ARRAYS = "bBhHiIlLqQfd"
"""The kinds of `array.array` that hold numbers."""
ONLY_GIVEN: dict[str, Callable[..., Any]] = {"Pattern": re.compile, "memoryview": memoryview}
"""What crosses to the box only: an expression of a student's could take for ever here."""
_KINDS = {kind.__name__: kind for kind in _PARTS}
WHOLE = tuple(_PARTS)


def parts(value: Any) -> tuple[Any, ...] | None:
    """The arguments that make the value again, or None where it had better stay where it is."""
    arguments = _PARTS[type(value)][0](value)
    return arguments if _fits(type(value), arguments) else None


def whole(name: str, arguments: tuple[Any, ...]) -> Any:
    """Make a value of its class's name and its arguments.

    Raises
    ------
    ValueError
        If it is none that `parts` would have taken apart so.
    """
    kind = _KINDS.get(name)
    if kind is None or not _fits(kind, arguments):
        raise ValueError(f"not a {name}")
    try:
        value = _MADE.get(name, kind)(*arguments)
    except Exception as error:
        raise ValueError(f"not a {name}") from error
    if kind is Decimal and not _is_moderate(value):
        raise ValueError(f"not a {name}")
    return value


def _fits(kind: type, arguments: tuple[Any, ...]) -> bool:
    """Whether arguments are of the right types, and their numbers not too long."""
    kinds = _PARTS[kind][1]
    if len(arguments) != len(kinds) or not all(map(_is_of, arguments, kinds)):
        return False
    if kind is Fraction:
        return all(part.bit_length() <= MAX_BITS for part in arguments)
    return kind is not Decimal or len(arguments[0]) <= MAX_BITS


def _is_of(argument: Any, kinds: Any) -> bool:
    if type(argument) is type:
        return kinds == (type(None), type) and is_known(argument)
    return type(argument) in (kinds if isinstance(kinds, tuple) else (kinds,))


def _is_moderate(value: Decimal) -> bool:
    return not value.is_finite() or abs(value.adjusted()) <= MAX_BITS
