"""A box of which nothing runs: it says again what a box has said before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from autograder.records import Isolation, Limits, Stop

from .box import Ended, LiveBox
from .observations import Heard, Observations, Saying, asked, content, said
from .wire import Closed, Lost


class NotObservedError(BaseException):
    """A question that was never put. No `Exception`, so that a test does not take it for the student's failure."""


class Memory:
    """Boxes of one submission, from what its boxes said before.

    Attributes
    ----------
    missed : bool
        Whether something was asked that nobody knows the answer to. What was judged since is void, even where a test
        swallowed the error.
    """

    def __init__(self, observations: Observations, limits: Limits, isolation: Isolation) -> None:
        self.missed = False
        self.times: Counter[bytes] = Counter()
        self._after, self._limits, self._isolation = observations.after, limits, isolation

    def box(self, sources: Collection[str] | None = None) -> LiveBox:  # noqa: ARG002 - nothing runs in it
        """A box as it was when it was fresh."""
        return LiveBox(_Recalled(self), _NoProcess(), self._limits, self._isolation)

    def next(self, history: bytes) -> tuple[int, Saying]:
        """What was said after this history, the next time in order, with its number.

        Raises
        ------
        NotObservedError
            If nothing was.
        """
        sayings = None if self.missed else self._after.get(history)
        number = sayings.number(self.times[history]) if sayings else None
        if sayings is None or number is None:
            self.missed = True
            raise NotObservedError
        self.times[history] += 1
        return number, sayings.different[number]


class _Recalled:
    """Stands for the wire."""

    def __init__(self, memory: Memory) -> None:
        self.history = b""
        self._memory = memory
        self._open = True

    def ask(self, frame: bytes, nonce: str, deadline: float) -> None:  # noqa: ARG002 - nothing takes time here
        if not self._open:
            raise Closed
        self.history = asked(self.history, content(frame, nonce))

    answer = ask

    def hear(self, nonce: str, deadline: float) -> Heard:  # noqa: ARG002 - see above
        number, saying = self._memory.next(self.history)
        if saying is None:
            raise Lost
        if isinstance(saying, Stop):
            raise Ended(saying)
        self.history = said(self.history, number)
        return saying

    def ended(self, stop: Stop | None) -> None:
        """It is known already."""

    def close(self) -> None:
        self._open = False


class _NoProcess:
    """Stands for the processes of a box."""

    orphaned = False

    def kill(self, grace: float = 0.0) -> int | None:  # noqa: ARG002 - there is nothing to wait for
        return None
