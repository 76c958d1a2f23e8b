"""The containers that the judge and the student's code both hold, by number, and which of them have changed.

Whoever gave a container first has numbered it: the box's numbers are positive, the judge's negative. A container that
nothing holds but this table is let go: nothing can change it any more.
"""

from __future__ import annotations

import array
import marshal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from . import dtypes
from .encode import Encoder

MOST = 4_096
"""How many are kept, the latest."""
MOST_ITEMS = 100_000
MOST_BYTES = 1 << 20
"""What is larger has no number: it crosses as a copy."""
ALONE = 2
"""References to what nothing but the table holds: the entry's, and that of the question itself."""
ALONE_BUT_FOR_VIEW = 3
"""References to an array that only one other, in its memory, holds."""
_SIMPLE = frozenset({int, float, str, bool, type(None)})
"""What a list may hold to be looked at as it is."""


class Entry:
    """One container, and how it looked when the judge last heard of it; None if nothing has run since."""

    __slots__ = ("look", "number", "value")

    def __init__(self, number: int, value: Any) -> None:
        self.number, self.value, self.look = number, value, None


class Kept:
    """The containers of one box that have numbers; `shallow` makes an encoder that writes no more than these."""

    def __init__(self, shallow: Callable[[Callable[[Any], int | None]], Encoder]) -> None:
        self._shallow = shallow
        self._entries: dict[int, Entry] = {}
        self._ids: dict[int, int] = {}
        self._gone: set[int] = set()
        self._count = 0

    def next(self) -> int:
        """A number that no container has had."""
        self._count += 1
        return self._count

    def number_of(self, value: Any) -> int | None:
        """The number of a container that has one."""
        return self._ids.get(id(value))

    def number(self, value: Any) -> int | None:
        """The number of a container, which it may get now; None for one that is too large."""
        found = self._ids.get(id(value))
        if found is None and is_small(value):
            found = self.next()
            self._add(found, value)
        return found

    def base(self, value: np.ndarray[Any, Any]) -> np.ndarray[Any, Any] | None:
        """The array in whose memory this one lies, if the judge knows it, or anything else can change it."""
        base = value.base
        if type(base) is not np.ndarray or not base.flags.forc or not is_small(base) or not value.size:
            return None
        return base if self.number_of(base) is not None or sys.getrefcount(base) > ALONE_BUT_FOR_VIEW else None

    def given(self, number: int, content: Any) -> Any:
        """The container of this number, after the judge has said what it holds."""
        entry = self._entries.get(number)
        if entry is None:
            content = (
                content.copy(order="K") if type(content) is np.ndarray else content
            )  # what views have as their base
            self._add(number, content)
            return content
        if self._look(entry.value) != self._look(content):
            refill(entry.value, content)
            entry.look = None
        return entry.value

    def _add(self, number: int, value: Any) -> None:
        self._entries[number] = Entry(number, value)
        self._ids[id(value)] = number
        self._gone.discard(number)
        if len(self._entries) > MOST:
            self._drop(next(iter(self._entries)))

    def _drop(self, number: int) -> None:
        entry = self._entries.pop(number, None)
        if entry is not None:
            del self._ids[id(entry.value)]
            self._gone.add(number)

    def begin(self, forget: Iterable[int]) -> None:
        """Forget those that the judge no longer has, all with 0, and those that the student's code no longer has."""
        for number in forget:
            if number:
                self._drop(number)
            else:
                self._entries.clear()
                self._ids.clear()
        before = -1
        while before != len(self._entries):
            before = len(self._entries)
            for number in [one.number for one in self._entries.values() if sys.getrefcount(one.value) <= ALONE]:
                self._drop(number)
        if 0 in forget:
            self._gone.clear()

    def look(self) -> None:
        """See how those look that the judge has just heard of: something may run now."""
        for entry in self._entries.values():
            if entry.look is None:
                entry.look = self._look(entry.value)

    def changed(self) -> Iterator[Entry]:
        """Those that look different now; the judge is about to hear of them."""
        for entry in list(self._entries.values()):
            if entry.look is not None and entry.look != self._look(entry.value):
                entry.look = None
                yield entry

    def gone(self) -> list[int]:
        """The numbers of those that were let go since the last time."""
        found, self._gone = sorted(self._gone), set()
        return found

    def _look(self, value: Any) -> Any:
        """What is another one if the container has been changed."""
        if type(value) is list and _SIMPLE.issuperset(map(type, value)):
            return marshal.dumps(value, 2)
        encoder = self._shallow(self.number_of)
        try:
            return marshal.dumps(encoder.content(value), 2), encoder.buffers
        except Exception:  # something in it cannot be looked at
            return object()


def is_small(value: Any) -> bool:
    """Whether a container is worth a number."""
    if type(value) is np.ndarray:
        return value.nbytes <= MOST_BYTES and type(dtypes.name_of(value.dtype)) is str
    return len(value) <= MOST_ITEMS


def refill(container: Any, value: Any) -> None:
    """Give a container, or an array, the content of another of its kind."""
    if isinstance(container, np.ndarray):
        if container.shape != value.shape:
            container.shape = value.shape
        container[...] = value
        return
    kind: Any = next(one for one in type(container).__mro__ if one.__module__ in ("builtins", "collections", "array"))
    if issubclass(kind, list | bytearray | array.array):
        kind.__setitem__(container, slice(None), value)
    else:
        kind.clear(container)
        (kind.extend if issubclass(kind, deque) else kind.update)(container, value)
