"""Test cells whose calls go over a limit: what has no end is waited for a few times, and not by every test again."""

from __future__ import annotations

from collections import Counter

from autograder.records import Cell, Stop


class Late:
    """Which test cells ran over a limit of time or memory, so that the time of the others is not spent on them.

    In the first run of the notebook one such test ends the asking of its exercise; in later runs each test that is
    still in doubt is tried by itself, once in a run, and no more when two runs agree.
    """

    def __init__(self) -> None:
        self._runs = 0
        self._stops: dict[str, Stop] = {}
        self._times: Counter[str] = Counter()
        self._over: set[str] = set()

    def begin(self) -> None:
        """Begin another run of the notebook."""
        self._runs += 1
        self._over.clear()

    def note(self, cell: Cell, stop: Stop | None) -> None:
        """Note why a test was stopped, if it was."""
        if stop and stop.code.startswith(("time/", "memory")):
            self._stops[cell.exercise] = stop
            self._times[cell.id] += 1
            self._over |= {cell.id, cell.exercise} if self._runs == 1 else {cell.id}

    def stop(self, cell: Cell) -> Stop | None:
        """Why this test is not tried again, if it is not."""
        over = self._times[cell.id] > 1 or not self._over.isdisjoint((cell.id, cell.exercise))
        return self._stops[cell.exercise] if over else None

    def forgive(self, cell: Cell) -> None:
        """Try this test once more: its exercise has been written anew since."""
        self._over.discard(cell.id)
        self._times[cell.id] = min(self._times[cell.id], 1)
