"""What a test has asked of a box and been told, and what the box was asked in its name before it ran."""

from __future__ import annotations

from collections import deque

from autograder.records import BoxFault

from .inside.frames import Message
from .observations import Heard
from .questionnaire import Question

MOST_QUESTIONS = 500
"""What one test may have asked and been told, where that is kept for others."""


class OutOfStepError(BoxFault):
    """A test has not asked what it was known to ask: what the box was asked in its name was not in its name.

    From then on that test is always run (`known.py`).
    """

    put_right = True


class Minutes:
    """Of one box.

    Attributes
    ----------
    ahead
        Questions that have been put before the test runs, with their answers.
    """

    def __init__(self) -> None:
        self.ahead = deque[tuple[Question, Heard | Message]]()
        self._heard: list[tuple[Question, Heard]] | None = None

    def known(self, question: Question) -> Heard | Message | None:
        """The answer to a question of the test's, if it has been put already.

        Raises
        ------
        OutOfStepError
            If another one has been put in its place.
        """
        if not self.ahead:
            return None
        foreseen, answer = self.ahead.popleft()
        if foreseen != question:
            raise OutOfStepError("a test asked something else than before, though it was told the same")
        return answer

    def begin(self) -> None:
        """Take down what is asked from now on, and what is said."""
        self._heard = []

    def add(self, question: Question, answer: Heard | Message) -> None:
        """Take down a question and its answer, if somebody has begun."""
        if isinstance(answer, Message):
            self.spoil()
        elif self._heard is not None and len(self._heard) <= MOST_QUESTIONS:
            self._heard.append((question, answer))

    def spoil(self) -> None:
        """Keep nothing of this test: it is more than plain questions and answers."""
        self._heard = None

    def end(self) -> list[tuple[Question, Heard]] | None:
        """What was asked, and said; None if it was too much, or something else than plain questions and answers.

        Raises
        ------
        OutOfStepError
            If not all was asked that had been put already.
        """
        if self.ahead:
            raise OutOfStepError("a test did not ask what it had asked before, though it was told the same")
        found, self._heard = self._heard, None
        return found if found is not None and len(found) <= MOST_QUESTIONS else None
