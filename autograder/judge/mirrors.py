"""Containers that exist in the box and are looked at here: what a test does to one in place is done there too."""

from __future__ import annotations

import array
import marshal
import sys
from collections import OrderedDict, defaultdict, deque
from collections.abc import Iterable
from typing import Any

import numpy as np

from autograder.judge.errors import StudentStoppedError
from autograder.judge.rebuild import builtin_kind, change_in_place, held
from autograder.records import Handle

MANY = 1_024
"""How many are watched at a time, the latest."""
LARGE = 100_000
"""Items, or ten times as many bytes of an array; a larger one is not watched."""
MOST_ITEMS = 4_000_000
"""How much the containers may hold in all, where what they have in common counts each time."""
ALONE = 3
"""References to what nothing but the table holds: the table's own, the loop's, and that of `getrefcount`."""


class Mirrors:
    """The containers that a test may still hold, each with what it held when it was last the same on both sides.

    A container is known by its number; one of a class of the student's, by its handle. Only what is in this table,
    given to the student's code by the test or got from it, is ever changed by what the box says.
    """

    def __init__(self) -> None:
        self._known: dict[int | Handle, tuple[Any, bytes | None, bool]] = {}
        self._numbers: dict[int, int] = {}
        self._count = 0

    def __contains__(self, address: object) -> bool:
        return address in self._known

    def __bool__(self) -> bool:
        return bool(self._known)

    def number(self, value: Any) -> int | None:
        """The number of what the test gives, the same each time; None for what is too large."""
        number = self._numbers.get(id(value))
        if number is None:
            if not is_small(value):
                return None
            self._count += 1
            number = -self._count
        self._keep(number, value)
        return number

    def one(self, address: int | Handle, value: Any) -> Any:
        """The test's own picture of this container, with this content.

        Raises
        ------
        StudentStoppedError
            If it cannot be the same container, or holds too much.
        """
        known = self._known.get(address, (value, None, False))[0]
        if isinstance(address, int) and type(known) is not type(value):
            raise StudentStoppedError("What your code returned is not what it was.", "protocol")
        differs = known is not value and self.picture(known) != self.picture(value)
        if differs:
            change_in_place(known, value)
        self._keep(address, known)
        if differs:
            self._weigh()
        return known

    def _keep(self, address: int | Handle, value: Any) -> None:
        self._known.pop(address, None)
        if isinstance(address, int):
            self._numbers[id(value)] = address
        self._known[address] = value, self.picture(value), False
        if len(self._known) > MANY:
            self.let_go([next(iter(self._known))])

    def let_go(self, addresses: Iterable[int | Handle]) -> None:
        """Forget those that the student's code no longer holds: neither side can change the other's."""
        for address in addresses:
            if address in self._known:
                self._numbers.pop(id(self._known.pop(address)[0]), None)

    def changed(self) -> list[tuple[int | Handle, Any]]:
        """Those that the test has changed since.

        What it no longer holds is looked at once more, and then not until it comes again. When that is depends on the
        garbage collector, so that no question may depend on it. Only those of a student's own class are forgotten then:
        the box is asked for each of them.
        """
        found = []
        for address, (value, before, is_idle) in list(self._known.items()):
            is_alone = sys.getrefcount(value) <= ALONE
            if is_alone and is_idle:
                continue
            now = self.picture(value) if before is not None else None
            if now != before:
                found.append((address, value if isinstance(address, int) else as_base(value)))
            self._known[address] = value, now, is_alone
            if is_alone and isinstance(address, Handle):
                self.let_go([address])
        return found

    def of_students(self) -> list[Handle]:
        """Those of the student's own classes, whose methods change them."""
        return [address for address in self._known if isinstance(address, Handle)]

    def picture(self, value: Any) -> bytes | None:
        """What a container holds, down to the next that have a number; None where it is not worth watching."""
        if not is_small(value):
            return None
        try:
            return marshal.dumps(self._mark(value, 0), 2)
        except ValueError:  # too deep
            return None

    def _mark(self, value: Any, depth: int) -> Any:
        """Something that can be written down, and is another one if the value is."""
        kind = type(value)
        if kind in SCALARS:
            return value
        number = self._numbers.get(id(value)) if depth else None
        if number is not None:
            return ("number", number)
        if depth > DEEPEST:
            raise ValueError("too deep")
        if issubclass(kind, np.ndarray):  # not `isinstance`: it would ask a stand-in, and that would ask the box
            return (
                value.dtype.str,
                value.shape,
                value.tobytes() if value.dtype != object else value.tolist().__repr__(),
            )
        if issubclass(kind, dict):
            return [
                kind.__name__,
                *(self._mark(one, depth + 1) for pair in builtin_kind(value).items(value) for one in pair),
            ]
        if issubclass(kind, list | tuple | deque):
            return [kind.__name__, *(self._mark(one, depth + 1) for one in held(value))]
        if issubclass(kind, set | frozenset):
            return [kind.__name__, sorted(repr(self._mark(one, depth + 1)) for one in held(value))]
        return bytes(value) if kind in (bytearray, array.array) else ("id", id(value))

    def _weigh(self) -> None:
        """See that what the containers hold can be looked at in reasonable time, however they hold one another."""
        weights: dict[int, int] = {}
        try:
            total = sum(weight(value, weights) for value, *_ in self._known.values())
        except RecursionError:
            total = MOST_ITEMS + 1
        if total > MOST_ITEMS:
            raise StudentStoppedError("What your code returned holds too much.", "protocol")


DEEPEST = 100
SCALARS = frozenset({type(None), bool, int, float, str, bytes, complex})


def weight(value: Any, weights: dict[int, int]) -> int:
    """How many items a container holds, all the way down; `weights` are those that are known."""
    if type(value) not in (list, tuple, dict, deque, OrderedDict, defaultdict):
        return 1
    if id(value) not in weights:
        weights[id(value)] = MOST_ITEMS + 1  # until it is known: what holds itself has no end
        items = value.values() if isinstance(value, dict) else value
        weights[id(value)] = 1 + sum(weight(item, weights) for item in items)
    return weights[id(value)]


def is_small(value: Any) -> bool:
    """Whether a container is worth watching."""
    if isinstance(value, np.ndarray):
        return value.nbytes <= 10 * LARGE and value.dtype.kind in "biufcUMm"
    return builtin_kind(value).__len__(value) <= LARGE  # type: ignore[no-any-return]  # of a container


def as_base(value: Any) -> Any:
    """A look-alike as the plain container that it is."""
    return next((base(held(value)) for base in (dict, list, set, deque) if isinstance(value, base)), value)
