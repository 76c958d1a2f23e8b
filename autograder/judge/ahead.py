"""Iterating over what lives in the box: item by item, as Python does it, and many at a time where there are many."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING, Any

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
            raise StopIteration
        self._taken[number] += 1
        return waiting.popleft()
