"""A box of which nothing runs: it says again what a box has said before."""

from __future__ import annotations

from collections import Counter
from typing import Any

from autograder.records import Isolation, Limits, Stop

from .box import Ended, LiveBox
from .inside.frames import Message
from .observations import Observations, Saying, asked, content, said
from .questionnaire import Questionnaire, fingerprint
from .wire import Closed, Lost

MOST_QUESTIONS = 500
"""What one test may have asked and been told, where that is kept for others."""


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

    def box(self) -> RecalledBox:
        """A box as it was when it was fresh."""
        return RecalledBox(_Recalled(self), self._limits, self._isolation)

    def saying(self, history: bytes, time: int) -> tuple[int, Saying] | None:
        """What was said after this history, this time, with its number; None where nothing was."""
        sayings = self._after.get(history)
        number = sayings.number(time) if sayings else None
        return (number, sayings.different[number]) if sayings and number is not None else None

    def next(self, history: bytes) -> tuple[int, Saying]:
        """What was said after this history, the next time in order, with its number.

        Raises
        ------
        NotObservedError
            If nothing was.
        """
        found = None if self.missed else self.saying(history, self.times[history])
        if found is None:
            self.missed = True
            raise NotObservedError
        self.times[history] += 1
        return found


class RecalledBox(LiveBox):
    """A box over what was said before."""

    def __init__(self, talk: _Recalled, limits: Limits, isolation: Isolation) -> None:
        super().__init__(talk, _NoProcess(), limits, isolation)
        self._talk = talk
        self._before: Any = None

    def foresee(self, questionnaire: Questionnaire) -> Any:
        """What the test of this questionnaire will find, or None where that is not known; if it is, it has been put."""
        if self._stop is not None:
            return None
        history, times = self._talk.history, Counter[bytes]()
        while questionnaire.question is not None:
            history = asked(history, questionnaire.question)
            heard = self._talk.memory.saying(history, self._talk.memory.times[history] + times[history])
            onward = questionnaire.onward.get(fingerprint(heard[1])) if heard else None
            if heard is None or onward is None:
                return None
            times[history] += 1
            history, questionnaire = said(history, heard[0]), onward
        if questionnaire.found is not None:
            self._talk.history = history
            self._talk.memory.times.update(times)
        return questionnaire.found

    def listen(self) -> None:
        """Take down what is asked from now on, and what is said."""
        self._talk.heard, self._before = [], self._state()

    def fill_in(self, questionnaire: Questionnaire, found: Any) -> None:
        """Say what the test has found that was listened to; kept if it was a few plain questions and answers."""
        heard, self._talk.heard = self._talk.heard, None
        plain = self._stop is None and self._before == self._state()
        if plain and heard is not None and len(heard) < MOST_QUESTIONS:
            questionnaire.fill_in(heard, found)

    def _state(self) -> tuple[Any, ...]:
        """What a talk can change on this side: what may still be printed, and how many callables are known."""
        return self._output_left, len(self._values.callbacks)


class _Recalled:
    """Stands for the wire."""

    def __init__(self, memory: Memory) -> None:
        self.history = b""
        self.memory = memory
        self.heard: list[tuple[bytes, Saying]] | None = None
        self._asked = b""
        self._open = True

    def ask(self, frame: bytes, nonce: str, deadline: float) -> None:  # noqa: ARG002 - nothing takes time here
        if not self._open:
            raise Closed
        self._asked = content(frame, nonce)
        self.history = asked(self.history, self._asked)

    answer = ask

    def hear(self, nonce: str, deadline: float) -> Message:  # noqa: ARG002 - see above
        number, saying = self.memory.next(self.history)
        if self.heard is not None:
            self.heard.append((self._asked, saying))
        if saying is None:
            raise Lost
        if isinstance(saying, Stop):
            raise Ended(saying)
        self.history = said(self.history, number)
        return saying.message(nonce)

    def ended(self, stop: Stop | None) -> None:
        """It is known already."""

    def close(self) -> None:
        self._open = False


class _NoProcess:
    """Stands for the processes of a box."""

    def kill(self, grace: float = 0.0) -> int | None:  # noqa: ARG002 - there is nothing to wait for
        return None
