"""The questions of one test, as a tree: which it puts next after each answer, and at the end what it found.

A test is a function of the answers. Where a box would answer all of them as another one did, the test need not be run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from .observations import Heard, Large, Saying


class Questionnaire:
    """The first question of a test, and the rest of them by the answer; `found` is what the test found at the end."""

    __slots__ = ("found", "onward", "question")

    def __init__(self) -> None:
        self.question: bytes | None = None
        self.onward: dict[bytes, Questionnaire] = {}
        self.found: Any = None

    def fill_in(self, asked: Iterable[tuple[bytes, Saying]], found: Any) -> None:
        """Add what a test asked, what it was told, and what it found."""
        here = self
        for question, saying in asked:
            if here.found is not None or here.question not in (None, question):
                return  # it does not always ask the same: so it is no function of the answers
            here.question = question
            here = here.onward.setdefault(fingerprint(saying), Questionnaire())
        if here.question is None:
            here.found = found


def fingerprint(saying: Saying) -> bytes:
    """A digest of what a box said; it keeps no memory."""
    digest = hashlib.sha256()
    for piece in (saying.header.encode(), *saying.pieces) if isinstance(saying, Heard) else (repr(saying).encode(),):
        part = piece.name.encode() if isinstance(piece, Large) else piece
        digest.update(b"%d " % len(part))
        digest.update(part)
    return digest.digest()
