"""A tree back to plain data. Whatever the tree holds, nothing but `ChannelError` is raised.

Only the exact shapes that `encode` writes are accepted. What a handle, a callback or a reduced subclass becomes is
up to the side that reads: it gives one function for each tag that it accepts, which gets what stands after the tag.
"""

# ruff: noqa: ARG002, ARG005, SLF001  the table at the end holds the class's own methods, which all take the same arguments

from __future__ import annotations

import array
import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from . import dtypes, library
from .frames import MAX_BODY, ChannelError

MAX_DEPTH = 64
MAX_PACKED = 2_000_000
"""How many items of packed lists one message may hold."""
MAX_NODES = 4_000_000
"""How many items one message may hold in all, where what stands in it several times counts each time."""
MAX_COPIED = 4 * MAX_BODY
"""How many bytes one message may have copied or looked through; a buffer counts each time that it is mentioned."""
MAX_COSTLY_KEYS = 2_000
"""How many keys one message may hold whose hashes a stranger can make collide: 2,000 of them cost 0.1 s at worst."""

Hook = Callable[[list[Any]], Any]


class Decoder:
    """Reads the trees of one message, whose ranges may have so many items in all."""

    def __init__(self, buffers: list[memoryview], hooks: Mapping[str, Hook], ranges: float = math.inf) -> None:
        self._buffers, self._ranges = buffers, ranges
        self._hooks = hooks
        self._packed = 0
        self._copied = 0
        self._costly = 0
        self._nodes = 0
        self._numbered: dict[int, tuple[Any, int]] = {}

    def value(self, tree: Any) -> Any:
        """The value of one tree.

        Raises
        ------
        ChannelError
            If the tree is anything but what the encoder writes.
        """
        try:
            return self._value(tree, 0)
        except (ValueError, TypeError, OverflowError, MemoryError, RecursionError, LookupError, AttributeError):
            raise ChannelError("a value is not of the form it should have") from None

    def _value(self, tree: Any, depth: int) -> Any:
        kind = type(tree)
        if tree is None or kind is bool or kind is float:
            return tree
        if kind is int:
            return self._int(tree)
        if kind is str:
            return self._text(tree)
        if kind is not list or not tree or depth > MAX_DEPTH:
            raise ChannelError("not a value")
        self._nodes += len(tree)
        tag = tree[0]
        if type(tag) is not str:
            raise ChannelError("no tag")
        reader = _READERS.get(tag)
        if reader is not None:
            return reader(self, tree, depth + 1)
        if tag in self._hooks:
            return self._hooks[tag](self._items(tree, depth + 1) if tag in _OF_VALUES else tree[1:])
        raise ChannelError("unknown tag")

    def _int(self, number: int) -> int:
        if not -(2**63) <= number < 2**64:
            raise ChannelError("an int out of its range")
        return number

    def _text(self, text: str) -> str:
        if not text.isascii():
            text.encode()  # raises on a lone surrogate, which is a ValueError
        return text

    def buffer(self, number: Any) -> memoryview:
        """The buffer of this number."""
        if type(number) is not int or not 0 <= number < len(self._buffers):
            raise ChannelError("no such buffer")
        return self._buffers[number]

    def _copy(self, size: int) -> None:
        """Take note that so many bytes are about to be copied, or looked through."""
        self._copied += size
        if self._copied > MAX_COPIED:
            raise ChannelError("too many bytes")

    def _items(self, tree: list[Any], depth: int) -> list[Any]:
        return [self._value(item, depth) for item in tree[1:]]

    def _big(self, tree: list[Any], depth: int) -> int:
        _, text = tree
        if type(text) is not str or not text.lstrip("-").startswith("0x"):
            raise ChannelError("not a number")
        return int(text, 16)

    def _with_number(self, tree: list[Any], depth: int) -> Any:
        """A container that has a number; the second time only that is there, and it is whole by then."""
        number, before = tree[1], self._nodes
        if type(number) is not int or not 0 < abs(number) < 2**31:
            raise ChannelError("not a number of a container")
        if len(tree) == 2:
            value, size = self._numbered[number]
            self._nodes += size
            if self._nodes > MAX_NODES:
                raise ChannelError("too many items")
            return value
        _, _, content = tree
        if number in self._numbered or content[0] not in _CONTAINERS:
            raise ChannelError("not a container that has a number")
        held = self._value(content, depth - 1)
        if type(held) is np.ndarray:
            self._copy(held.nbytes)
        value = self._hooks["N"]([number, held])
        self._numbered[number] = value, self._nodes - before
        return value

    def _complex(self, tree: list[Any], depth: int) -> complex:
        _, real, imag = tree
        if type(real) is not float or type(imag) is not float:
            raise ChannelError("not a complex number")
        return complex(real, imag)

    def _bytes(self, tree: list[Any], depth: int) -> bytes:
        _, number = tree
        data = self.buffer(number)
        self._copy(len(data))
        return bytes(data)

    def _packed_list(self, tree: list[Any], depth: int) -> list[Any]:
        _, code, number = tree
        if code not in ("q", "d"):
            raise ChannelError("not a packed list")
        data = self.buffer(number)
        self._packed += len(data) // 8
        if self._packed > MAX_PACKED:
            raise ChannelError("too many items")
        packed = array.array(code)
        packed.frombytes(data)
        self._nodes += len(packed)
        return packed.tolist()

    def _dict(self, tree: list[Any], depth: int) -> dict[Any, Any]:
        if len(tree) % 2 != 1:
            raise ChannelError("a key without a value")
        result = {}
        for position in range(1, len(tree), 2):
            key = self._key(tree[position], depth)
            result[key] = self._value(tree[position + 1], depth)
        if len(result) != len(tree) // 2:
            raise ChannelError("a key twice")
        return result

    def _key(self, tree: Any, depth: int) -> Any:
        key = self._value(tree, depth)
        kind = type(key)
        cheap = kind is str or kind is bytes or kind is bool or key is None or (kind is int and abs(key) < 2**53)
        if not cheap:
            self._costly += 1
            if self._costly > MAX_COSTLY_KEYS:
                raise ChannelError("too many keys of a costly kind")
        return key

    def _set(self, tree: list[Any], depth: int) -> Any:
        items = [self._key(item, depth) for item in tree[1:]]
        result = set(items)
        if len(result) != len(items):
            raise ChannelError("an item twice")
        return result if tree[0] == "s" else frozenset(result)

    def _triple(self, tree: list[Any], depth: int) -> Any:
        start, stop, step = (self._value(part, depth) for part in tree[1:])
        if tree[0] == "S":
            return slice(start, stop, step)
        if not type(start) is type(stop) is type(step) is int or step == 0:
            raise ChannelError("not a range")
        found = range(start, stop, step)
        self._ranges -= len(found[: 2**31])
        if self._ranges < 0:
            raise ChannelError("ranges that are too long")
        return found

    def _array(self, tree: list[Any], depth: int) -> np.ndarray[Any, Any]:
        _, name, shape, order, number = tree
        dtype, data = dtypes.named(name), self.buffer(number)
        if dtype is None or type(shape) is not list or len(shape) > 32 or order not in ("C", "F"):
            raise ChannelError("not an array")
        count = 1
        for size in shape:
            if type(size) is not int or not 0 <= size < 2**31:
                raise ChannelError("not a shape")
            count *= size
        if count * dtype.itemsize != len(data):
            raise ChannelError("the array's size is not that of its buffer")
        if dtype.kind in "UV":
            self._copy(len(data))
        _check_text(dtype, data)
        if not count:
            return np.empty(shape, dtype)
        return np.frombuffer(data, dtype).reshape(shape, order=order)

    def _whole(self, tree: list[Any], depth: int) -> Any:
        _, name, part = tree
        arguments = self._value(part, depth)
        if type(name) is not str or type(arguments) is not tuple:
            raise ChannelError("not a value of the standard library")
        for part in arguments:
            if type(part) is np.ndarray:
                self._copy(2 * part.nbytes)  # a masked array has its own, and a mask
        return library.whole(name, arguments)

    def _scalar(self, tree: list[Any], depth: int) -> Any:
        _, name, number = tree
        dtype, data = dtypes.named(name), self.buffer(number)
        if dtype is None or dtype.itemsize != len(data):
            raise ChannelError("not a scalar")
        self._copy(len(data))
        _check_text(dtype, data)
        return np.frombuffer(data, dtype)[0]


def _check_text(dtype: np.dtype[Any], data: memoryview) -> None:
    """Text in arrays is made of code points, and a stranger's buffer need not be."""
    if dtype.names:
        whole = np.frombuffer(data, dtype) if len(data) else np.empty(0, dtype)
        for name in dtype.names:
            _check_text(dtype[name], memoryview(whole[name].tobytes()))
    if dtype.kind == "U":
        points = np.frombuffer(data, np.uint32)
        if points.size and (points.max() > 0x10FFFF or bool(((points >= 0xD800) & (points <= 0xDFFF)).any())):
            raise ChannelError("not text")


_READERS: dict[str, Callable[[Decoder, list[Any], int], Any]] = {
    "I": Decoder._big,
    "c": Decoder._complex,
    "b": Decoder._bytes,
    "l": Decoder._items,
    "L": Decoder._packed_list,
    "t": lambda decoder, tree, depth: tuple(decoder._items(tree, depth)),
    "d": Decoder._dict,
    "s": Decoder._set,
    "f": Decoder._set,
    "r": Decoder._triple,
    "S": Decoder._triple,
    "e": lambda decoder, tree, depth: Ellipsis,
    "a": Decoder._array,
    "n": Decoder._scalar,
    "o": Decoder._whole,
    "N": Decoder._with_number,
}
_CONTAINERS = ("l", "L", "d", "s", "a", "o", "v")
_OF_VALUES = ("x", "E", "X", "v", "B", "A", "C", "K", "F", "k", "R", "O")
"""Tags whose parts are values in their turn; a hook gets them read."""
