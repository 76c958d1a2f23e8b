"""Warnings of the student's code, for a test that listens for them."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from autograder.judge.exceptions import made

if TYPE_CHECKING:
    from autograder.judge.link import Link


class Warned:
    """Listens in the box while a test listens here, and warns again here of what it hears.

    A test listens where it has changed the filters: `catch_warnings`, `pytest.warns` and `assertWarns` all do.
    """

    def __init__(self, link: Link) -> None:
        self._link, self._filters, self._hearing = link, warnings.filters, False

    @contextlib.contextmanager
    def heard(self) -> Iterator[None]:
        """Hear what the box warns of meanwhile."""
        if self._hearing or warnings.filters is self._filters:  # what is called back may ask for more
            yield
            return
        self._link.put("warn")
        self._hearing = True
        yield
        self._hearing = False
        reply = self._link.put("warned")
        found = self._link.incoming(reply.value)
        for one in found if isinstance(found, list) else []:
            if isinstance(one, list) and len(one) == 2:
                again(*one)


def again(kind: Any, text: Any) -> None:
    """Give a warning once more, under the filters of the test."""
    if isinstance(kind, type) and issubclass(kind, Warning) and isinstance(text, str):
        warning = made(kind, (text,), text, text)
        warning.student_text = text  # type: ignore[attr-defined]  # what a stand-in's text is
        warnings.warn_explicit(warning, None, "<answer>", 1)  # type: ignore[call-overload]  # it is a Warning
