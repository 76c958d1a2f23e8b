"""Plain data to a tree of JSON lists and raw buffers.

None, bool, float, str and ints of 64 bits stand for themselves; everything else is a list that begins with a tag:

    I hex · c re im · b buffer · l items · L "q"|"d" buffer (a list of ints or floats) · t items · d key value …
    s items · f items · r start stop step · S start stop step (slice) · e (Ellipsis)
    a dtype shape order buffer (array) · n dtype buffer (NumPy scalar)
    o class arguments (a value of the standard library) · g module name (a builtin or NumPy function or class, by name)
    h number type callable (handle) · x type value number names (reduced subclass; the handle's number, or null; of what
    methods it has its own, if of any)
    E number module name bases (exception class) · X number class type text arguments cause attributes (exception)
    k number name doc made (callback, and what a function is made of, or null) · m name (module)
    K number class said (object of the judge's) · C number name doc bases fields (class of the judge's)
    F number attributes (callback that comes back with attributes of its own)
    R class arguments (what crosses to the box only) · O shape items (array of objects, to the box)
    A form arguments (alias: an annotation; null for no arguments)
    P class text (path) · P class text number (path of the box; its handle's number)
    B class arguments (builtin exception)
    N number tree (a container that has a number) · N number (the same once more)
    v base dtype shape offset strides (array in the memory of another one; it has a number, and so has that)
"""

# ruff: noqa: ARG005, SLF001  the table at the end holds the class's own methods, which all take the same arguments

from __future__ import annotations

import array
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable
from typing import Any, Literal

import numpy as np

from . import dtypes, library
from .frames import MAX_BODY, TooLarge

MAX_DEPTH = 60
MAX_NODES = 400_000
_KEY_BASES: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (str, str.__str__),
    (bool, bool),
    (int, int.__int__),
    (float, float.__float__),
)
MAX_RANGES = 10_000_000
"""How many items the ranges of one message may have in all: `sum` goes through them without a look at the clock."""
PACKED_FROM = 16
"""Lists of at least so many ints or floats travel as one buffer."""


class Encoder:
    """Turns values into trees; the buffers of all of them are in `buffers`.

    `other` is asked about everything that is not plain data: it returns the tree that stands for it. `marked` is for
    its use: how many subclasses it has reduced. With `once`, the same bytes are one buffer, whose arrays are then one.
    `number` gives the numbers of containers that have one; with `shallow`, that stands for what they hold. `base` gives
    the array in whose memory another one lies.
    """

    def __init__(
        self,
        other: Callable[[Encoder, Any, int], Any],
        once: bool = False,
        number: Callable[[Any], int | None] | None = None,
        shallow: bool = False,
        base: Callable[[np.ndarray[Any, Any]], np.ndarray[Any, Any] | None] | None = None,
    ) -> None:
        self.buffers: list[bytes] = []
        self.marked = 0
        self._other = other
        self._numbers: dict[bytes, int] | None = {} if once else None
        self._first = self._nodes = self._bytes = self._ranges = 0
        self._number, self._shallow, self._base = number, shallow, base
        self._sizes: dict[int, int] = {}
        self._written: list[int] = []

    def begin(self) -> None:
        """Begin a value that has limits of its own."""
        self._first, self._nodes, self._bytes, self.marked = len(self.buffers), 0, 0, 0
        self._written.clear()

    def undo(self) -> None:
        """Forget the buffers of the value that was begun last."""
        if self._numbers is not None:
            for data in self.buffers[self._first :]:
                del self._numbers[data]
        del self.buffers[self._first :]
        for number in self._written:
            del self._sizes[number]
        self._written.clear()

    def tree(self, value: Any, depth: int = 0) -> Any:
        """The tree of one value."""
        kind = type(value)
        if value is None or kind is bool or kind is float:
            return value
        if kind is str:
            return value if _speakable(value) else ["x", "str with lone surrogates", ascii(value)]
        if kind is int:
            return value if -(2**63) <= value < 2**63 else ["I", hex(value)]
        self._nodes += 1
        if depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise TooLarge("too deep, or too many items")
        encode = _ENCODERS.get(kind)
        if encode is not None:
            number = self._number(value) if self._number is not None and kind in CONTAINERS else None
            return encode(self, value, depth + 1) if number is None else self.numbered(number, value, depth + 1)
        if isinstance(value, np.generic) and kind.__module__ == "numpy":
            return self._scalar(value, depth)
        return self._other(self, value, depth + 1)

    def numbered(self, number: int, value: Any, depth: int) -> Any:
        """The tree of a container that has a number; what it holds is written only once."""
        size = self._sizes.get(number)
        if size is None and not self._shallow:
            self._sizes[number], before = 0, self._nodes
            self._written.append(number)
            base = self._base(value) if self._base is not None and type(value) is np.ndarray else None
            tree = ["N", number, self.content(value, depth) if base is None else self._view(value, base, depth)]
            self._sizes[number] = 1 + self._nodes - before
            return tree
        if size == 0:
            raise TooLarge("it holds itself")
        self._nodes += size or 0  # as if it were written again, so that what is read is no larger than it looks
        return ["N", number]

    def _view(self, value: np.ndarray[Any, Any], base: np.ndarray[Any, Any], depth: int) -> Any:
        """The tree of an array that lies in the memory of another one."""
        offset = value.__array_interface__["data"][0] - base.__array_interface__["data"][0]
        name, shape, strides = dtypes.name_of(value.dtype), ["t", *value.shape], ["t", *value.strides]
        return ["v", self.tree(base, depth), name, shape, offset, strides]

    def content(self, value: Any, depth: int = 1) -> Any:
        """What a container holds; it is known to be one."""
        return _ENCODERS[type(value)](self, value, depth)

    def is_written(self, number: int) -> bool:
        """Whether the container of this number is in the message already."""
        return number in self._sizes

    def items(self, values: Any, depth: int) -> list[Any]:
        """The trees of several values."""
        self._nodes += len(values)
        return [self.tree(value, depth) for value in values]

    def buffer(self, data: bytes) -> int:
        """Add a buffer; its number."""
        self._bytes += len(data)
        if self._bytes > MAX_BODY:
            raise TooLarge("the arrays are over the limit")
        number = new = len(self.buffers)
        if self._numbers is not None:
            number = self._numbers.setdefault(data, new)
        if number == new:
            self.buffers.append(data)
        return number

    def array(self, value: np.ndarray[Any, Any], depth: int) -> Any:
        """The tree of an exact ndarray."""
        name = dtypes.name_of(value.dtype)
        if name is None:
            return self._odd_array(value, depth)
        if value.nbytes > MAX_BODY:
            raise TooLarge("the array is over the limit")
        order: Literal["C", "F"] = "F" if value.flags.f_contiguous and not value.flags.c_contiguous else "C"
        return ["a", name, list(value.shape), order, self.buffer(value.tobytes(order))]

    def _odd_array(self, value: np.ndarray[Any, Any], depth: int) -> Any:
        label = f"ndarray of {value.dtype.name}"
        if value.dtype.kind in "iufc" and value.dtype.names is None:
            base = np.complex128 if value.dtype.kind == "c" else np.float64 if value.dtype.kind == "f" else np.int64
            label = f"ndarray of {value.dtype.str if value.dtype.name in dtypes.NUMERIC else value.dtype.name}"
            return ["x", label, self.array(value.astype(base), depth)]
        if value.dtype.kind == "O" and value.size <= 10_000:
            return ["x", label, self.tree(value.tolist(), depth)]
        return ["x", label, None]

    def _scalar(self, value: np.generic, depth: int) -> Any:
        name = dtypes.name_of(value.dtype)
        if type(value) is np.str_:
            return self.tree(str.__str__(value), depth)
        if name is None:
            return ["x", type(value).__name__, None]
        return ["n", name, self.buffer(value.tobytes())]

    def _list(self, value: list[Any], depth: int) -> Any:
        if len(value) >= PACKED_FROM:
            kinds = set(map(type, value))
            if kinds == {float}:
                return ["L", "d", self.buffer(array.array("d", value).tobytes())]
            if kinds == {int} and min(value) >= -(2**63) and max(value) < 2**63:
                return ["L", "q", self.buffer(array.array("q", value).tobytes())]
        return ["l", *self.items(value, depth)]

    def _dict(self, value: dict[Any, Any], depth: int) -> Any:
        tree: list[Any] = ["d"]
        self._nodes += 2 * len(value)
        for key, item in value.items():
            tree.append(key if type(key) is str and key.isascii() else self.key(key, depth))
            tree.append(self.tree(item, depth))
        return tree

    def key(self, value: Any, depth: int) -> Any:
        """The tree of a dictionary's key: a subclass of str or int, and a NumPy scalar, is its plain value."""
        for base, plain in _KEY_BASES:
            if issubclass(type(value), base):
                return self.tree(plain(value), depth)
        return self.tree(value.item() if isinstance(value, np.generic) else value, depth)

    def _range(self, value: range, depth: int) -> Any:
        self._ranges += len(value[: MAX_RANGES + 1])
        return self.triple(value, depth) if self._ranges <= MAX_RANGES else self._other(self, value, depth)

    def triple(self, value: range | slice, depth: int) -> Any:
        """The tree of a range or a slice, however long."""
        parts = (self.tree(part, depth) for part in (value.start, value.stop, value.step))
        return ["r" if type(value) is range else "S", *parts]

    def _set(self, value: Any, depth: int) -> Any:
        self._nodes += len(value)
        items = sorted((self.key(item, depth) for item in value), key=repr)  # so that equal sets are the same bytes
        return ["s" if type(value) is set else "f", *items]

    def _whole(self, value: Any, depth: int) -> Any:
        """A value of the standard library, as the arguments that make it."""
        arguments = library.parts(value)
        if arguments is None:
            return self._other(self, value, depth)
        without = (list, dict, np.ndarray)  # what has no number of its own here
        parts = [self.content(part, depth) if type(part) in without else self.tree(part, depth) for part in arguments]
        return ["o", type(value).__name__, ["t", *parts]]


def _speakable(text: str) -> bool:
    """Whether the text can be written in UTF-8 (lone surrogates cannot)."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


CONTAINERS = frozenset({dict, list, set, deque, Counter, OrderedDict, defaultdict, bytearray, array.array, np.ndarray})
"""What can be changed in place."""

_ENCODERS: dict[type, Callable[[Encoder, Any, int], Any]] = {
    complex: lambda encoder, value, depth: ["c", value.real, value.imag],
    bytes: lambda encoder, value, depth: ["b", encoder.buffer(value)],
    list: Encoder._list,
    tuple: lambda encoder, value, depth: ["t", *encoder.items(value, depth)],
    dict: Encoder._dict,
    set: Encoder._set,
    frozenset: Encoder._set,
    range: Encoder._range,
    slice: Encoder.triple,
    type(Ellipsis): lambda encoder, value, depth: ["e"],
    np.ndarray: Encoder.array,
    **dict.fromkeys(library.WHOLE, Encoder._whole),
}
