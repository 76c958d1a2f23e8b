"""`inspect.getsource` of what a student wrote: found in the notebook as it was handed in, never in what the box says.

The box says which text it is, and that text has to stand in a cell of the student's, line by line.
"""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Iterable
from typing import Any

from autograder.judge.remote import Remote


def watch() -> None:
    """Let `inspect` know stand-ins; again is the same as once."""
    if not hasattr(inspect.getsourcelines, "watched"):
        inspect.getsourcelines = knowing(inspect.getsourcelines)


def knowing(plain: Callable[..., Any]) -> Callable[..., Any]:
    """`inspect.getsourcelines`, on which `getsource` rests, for stand-ins too."""

    def getsourcelines(thing: Any) -> Any:
        if not issubclass(type(thing), Remote):
            return plain(thing)
        text = thing._remote_link.source(thing)  # noqa: SLF001 - a stand-in has no public attribute of its own
        return text.splitlines(keepends=True), 0

    getsourcelines.watched = True  # type: ignore[attr-defined]  # so that it is not wrapped twice
    return getsourcelines


def standing(text: Any, written: Iterable[str]) -> str:
    """The text, if it stands in one of these cells.

    Raises
    ------
    OSError
        If it does not, as where Python finds no source.
    """
    if isinstance(text, str):
        lines = text.splitlines()
        if lines and any(stands(lines, textwrap.dedent(cell).splitlines()) for cell in written):
            return text
    raise OSError("could not get source code")


def stands(lines: list[str], cell: list[str]) -> bool:
    """Whether these lines stand in a cell, one after the other."""
    return any(cell[start : start + len(lines)] == lines for start in range(len(cell) - len(lines) + 1))
