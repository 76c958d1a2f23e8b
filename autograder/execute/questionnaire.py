"""The questions of one test, as a tree: which it puts next after each answer, and at the end what it found.

A test is a function of the answers. Where a box answers all of them as another one did, the test need not be run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .observations import Heard, Large

MOST_PLACES = 5_000
MOST_BYTES = 8_000_000
"""Of more places than these, or longer questions, a questionnaire forgets all, and begins again."""


class Question(NamedTuple):
    """A question as put to a box: its frame without the nonce, and for how long how many answers are waited for."""

    content: bytes
    code: str
    seconds: float
    answers: int


@dataclass(slots=True)
class Place:
    """Where a test can be: it puts a question, and goes on by the answer; or it is at its end, and has found something.

    Attributes
    ----------
    question
        What it puts next.
    onward
        The next place, by the fingerprint of the answer.
    found
        What it found.
    """

    question: Question | None = None
    onward: dict[bytes, Place] = field(default_factory=dict)
    found: Any = None


class Questionnaire:
    """All places of one test that are known; it begins at `start`."""

    def __init__(self) -> None:
        self._forget()

    def _forget(self) -> None:
        """Know nothing."""
        self.start = Place()
        self._questions: dict[Question, Question] = {}
        self._places = self._bytes = 0

    def fill_in(self, heard: Collection[tuple[Question, Heard]], found: Any) -> None:
        """Add what a test asked, what it was told, and what it found."""
        new = {question for question, _ in heard} - self._questions.keys()
        size = sum(len(question.content) for question in new)
        if size > MOST_BYTES:
            return  # a test passes on what it is told, and somebody has said too much
        if self._places > MOST_PLACES or self._bytes + size > MOST_BYTES:
            self._forget()
        self._bytes += size
        here = self.start
        for question, answer in heard:
            if here.found is not None or here.question not in (None, question):
                return  # it does not always ask the same: so it is no function of the answers
            here.question = self._questions.setdefault(question, question)
            mark = fingerprint(answer)
            if mark not in here.onward:
                here.onward[mark] = Place()
                self._places += 1
            here = here.onward[mark]
        if here.question is None:
            here.found = found


def fingerprint(answer: Heard) -> bytes:
    """A digest of what a box said; it keeps no memory."""
    digest = hashlib.sha256()
    for piece in (answer.header.encode(), *answer.pieces):
        part = piece.name.encode() if isinstance(piece, Large) else piece
        digest.update(b"%d " % len(part))
        digest.update(part)
    return digest.digest()
