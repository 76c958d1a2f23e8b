"""Iterating over what lives in the box: item by item, as Python does it, and many at a time where there are many."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from autograder.judge.crossing import handle_of
from autograder.judge.errors import StudentStoppedError

if TYPE_CHECKING:
    from autograder.judge.link import Link
    from autograder.judge.remote import Remote

SINGLE, MOST = 16, 256
"""So many items are asked for one by one, then as many as there were so far, at most so many at once."""


class Ahead:
    """Items that were asked for before the test has taken them, by the number of their iterator.

    No more of them wait than the test has taken already: an endless generator is not run far ahead.
    """

    def __init__(self, link: Link) -> None:
        self._link = link
        self._waiting: defaultdict[int, deque[Any]] = defaultdict(deque)
        self._taken: defaultdict[int, int] = defaultdict(int)
        self._of: dict[int, int] = {}
        self._said: dict[int, int] = {}
        self._given: dict[int, int] = {}

    def length(self, holder: Remote) -> int:
        """How many items it says that it holds."""
        number = holder._remote_handle.number  # noqa: SLF001 - see `Crossing.outgoing`
        self._link.note("count")
        said = int(self._link.ask("len", holder))
        self._compare(said, self._said.setdefault(number, said), self._given.get(number, said))
        return said

    def iterator(self, holder: Remote) -> Iterator[Any]:
        """What iterates over it."""
        self._link.note("count")
        found: Iterator[Any] = self._link.ask("iterator", holder)
        if handle := handle_of(found):
            self._of[handle.number] = holder._remote_handle.number  # noqa: SLF001 - see above
        return found

    def recount(self) -> None:
        """Anything may hold more or less now: something has been done."""
        self._said.clear()
        self._given.clear()

    def _compare(self, *counts: int) -> None:
        """See that an object gives as many items as it says, unless the key has an object there, too.

        To say the right number and give none would pass where a test goes through both at once.

        Raises
        ------
        StudentStoppedError
            If it does not.
        """
        if len(set(counts)) > 1 and not self._link.is_meant("count"):
            raise StudentStoppedError("What your code returned does not hold as many items as it says.")

    def next(self, iterator: Remote) -> Any:
        """The next item of an iterator.

        Raises
        ------
        StopIteration
            At its end.
        ValueError
            If the items are too large to be looked at.
        """
        number = iterator._remote_handle.number  # noqa: SLF001 - see `Crossing.outgoing`
        waiting, taken = self._waiting[number], self._taken[number]
        if not waiting:
            items = self._link.ask("next", iterator, *([min(taken, MOST)] if taken >= SINGLE else []))
            if type(items) is not list:
                raise ValueError("what it holds is too much to be looked at")
            waiting.extend(items)
        if not waiting:
            self._link.note("count")
            holder = self._of.get(number, number)
            self._given[holder] = taken
            self._compare(taken, self._said.get(holder, taken))
            raise StopIteration
        self._taken[number] += 1
        return waiting.popleft()
