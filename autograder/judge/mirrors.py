"""Containers that exist in the box and are looked at here: what a test does to one in place is done there too."""

from __future__ import annotations

import marshal
import sys
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.judge.rebuild import change_in_place
from autograder.records import Handle

MANY = 64
"""How many are watched at a time, the latest."""
LARGE = 20_000
"""Bytes; a larger one is not watched."""


class Mirrors:
    """The containers that a test may still hold, each with what it held when it was last the same on both sides.

    A container is known by the number that the box gives it; one of a class of the student's, by its handle.
    """

    def __init__(self) -> None:
        self._known: dict[int | Handle, tuple[Any, bytes | None]] = {}

    def one(self, address: int | Handle, value: Any) -> Any:
        """The test's own picture of this container, with this content."""
        known = self._known.pop(address, (value, None))[0]
        if known is not value:
            change_in_place(known, value)
        self._known[address] = known, picture(known)
        if len(self._known) > MANY:
            del self._known[next(iter(self._known))]
        return known

    def changed(self) -> Iterator[tuple[int | Handle, Any]]:
        """Those that the test has changed since; those that it no longer holds are forgotten."""
        for address in list(self._known):
            value, before = self._known[address]
            now = picture(value) if before is not None else None
            if sys.getrefcount(value) <= ALONE:
                del self._known[address]
            else:
                self._known[address] = value, now
            if now != before:
                yield address, value if isinstance(address, int) else as_base(value)

    def of_students(self) -> list[Handle]:
        """Those of the student's own classes, whose methods change them."""
        return [address for address in self._known if isinstance(address, Handle)]


ALONE = 3
"""References to what nothing but the table holds: the table's own, the loop's, and that of the question."""


def as_base(value: Any) -> Any:
    """A look-alike as the plain container that it is."""
    return next((base(value) for base in (dict, list, set) if isinstance(value, base)), value)


def picture(value: Any) -> bytes | None:
    """What a container holds, all the way down; None where it is not worth watching."""
    if isinstance(value, np.ndarray):
        return value.tobytes() if value.nbytes <= LARGE and value.dtype != object else None
    if len(value) > LARGE:
        return None
    for kind, plain in ((defaultdict, dict), (Counter, dict), (OrderedDict, dict), (deque, list)):
        if isinstance(value, kind):
            value = plain(value)
    try:
        found = marshal.dumps(as_base(value), 2)
    except ValueError:  # something in it is no plain data
        return None
    return found if len(found) <= LARGE else None
