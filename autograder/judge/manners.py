"""What a test may ask of an object of the student's: what it asks, at the same place, of the answer key's.

An object whose `__eq__` says yes to everything would pass for any value. Where the key gives plain data, a test asks
nothing of an object; so there, an object of the student's own class has no operators and no methods. Where the key
gives an object too, the student's class is what the exercise is about, and is asked.
"""

from __future__ import annotations

import contextlib
import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import CodeType, FrameType
from typing import Any

from autograder.judge.errors import CannotBeSplitError, KeyNeededError

Place = tuple[str, int]
"""A function of the test, and a place in its code."""

Asked = tuple[str, tuple[Place, ...]]
"""A question, and where: each function of the test that is running, once, with the place; the innermost first."""


ANYWHERE = ("getattr", "exit")
"""Questions that are put wherever the key's run has not been: a test may have lines for objects of other kinds."""


@dataclass(slots=True)
class KeyRun:
    """What one test asked when it met the answer key, and which of its lines ran then; None where it did not pass."""

    lines: set[int] = field(default_factory=set)
    asked: set[Asked] = field(default_factory=set)

    def trace(self, frame: FrameType, event: str, _: Any) -> Any:
        """Note a line, for `sys.settrace`."""
        if frame.f_code.co_filename != "<test>":
            return None
        if event == "line":
            self.lines.add(frame.f_lineno)
        return self.trace


class Manners:
    """Decides for one run of a test what it may ask.

    Parameters
    ----------
    known
        Whether it is known what the test asks of the key.
    key
        What it asks; None if nothing can be learnt from the key.
    noted
        Gets what it asks, where it meets the key; then it may ask everything.

    Attributes
    ----------
    needed : bool
        Whether the key has to be tried first.
    """

    def __init__(self, known: bool = True, key: KeyRun | None = None, noted: KeyRun | None = None) -> None:
        self._known, self._key, self._noted = known, key, noted
        self.needed = False

    @property
    def meets_key(self) -> bool:
        """Whether it is the key that the test meets."""
        return self._noted is not None

    def is_asked(self, question: str) -> bool:
        """Whether the test asks the key's object this, at the same place.

        Raises
        ------
        KeyNeededError
            If the key has to be tried first.
        """
        self.note(question)
        if self._noted is not None:
            return True
        if not self._known:
            self.needed = True
            raise KeyNeededError
        return self._key is not None and asked(question) in self._key.asked

    def note(self, question: str) -> None:
        """Take note of a question, if the test meets the key."""
        if self._noted is not None:
            self._noted.asked.add(asked(question))

    def is_meant(self, question: str) -> bool:
        """Whether the test asks the key's object this, or what it asks there is not known.

        Where the key's run has not been, it is known all the same if the test compares no object anywhere.

        Raises
        ------
        KeyNeededError
            If the key has to be tried first.
        """
        frame = test_frame(sys._getframe(1))  # noqa: SLF001 - see above
        if self.is_asked(question) or self._key is None or frame is None:
            return True
        if frame.f_lineno in self._key.lines:
            return False
        return question in ANYWHERE or any(other == question for other, _ in self._key.asked)

    def may(self, question: str, bases: Any) -> bool:
        """Whether the test may put a question to an object; `bases` gives the full names of its classes.

        Raises
        ------
        KeyNeededError
            If the key has to be tried first.
        CannotBeSplitError
            If the object is of a class of a library's, or says so: it may be right, and it may be a lie.
        """
        if self.is_meant(question):
            return True
        name = next(iter(bases()), "")
        if not from_library(name):
            return False
        raise CannotBeSplitError(f"the answer is a {name} where plain data was expected; a person has to look at it")

    @contextlib.contextmanager
    def kept(self) -> Iterator[None]:
        """Note which lines run, if the test meets the key; insist that the key is tried, if that is needed.

        Raises
        ------
        KeyNeededError
            Also where the test swallowed it.
        """
        before = sys.gettrace()
        if self._noted is not None:
            sys.settrace(self._noted.trace)
        try:
            yield
        finally:
            if self._noted is not None:
                sys.settrace(before)
            if self.needed:
                raise KeyNeededError


def asked(question: str) -> Asked:
    """A question, as it is asked now."""
    return question, places(test_frame(sys._getframe(1)))  # noqa: SLF001 - where it comes from


def test_frame(frame: FrameType | None) -> FrameType | None:
    """The frame of the test itself that is nearest."""
    while frame is not None and frame.f_code.co_filename != "<test>":
        frame = frame.f_back
    return frame


def places(frame: FrameType | None) -> tuple[Place, ...]:
    """Where a test is: one function of its own may compare objects for one line, and plain data for another."""
    found: dict[CodeType, int] = {}
    while frame is not None:
        found.setdefault(frame.f_code, frame.f_lasti)
        frame = test_frame(frame.f_back)
    return tuple((code.co_name, place) for code, place in found.items())


test_frame.__test__ = False  # type: ignore[attr-defined]  # pytest would take it for a test


def from_library(name: str) -> bool:
    """Whether a class of this full name could be one of a library's, and not one of Python's own.

    Those of builtin code compare by identity, and what annotates equals no plain data, and no annotation that crosses.
    """
    module = name.partition(".")[0]
    if module in ("__main__", "builtins", "types", "typing", ""):
        return False
    try:
        return module in sys.modules or importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False
