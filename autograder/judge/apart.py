"""Functions of libraries that a test gives a thing of the student's: `dataclasses.asdict`, which the box then runs.

So it does with those that evaluate annotations, which may be texts of the student's. `assertIsInstance` looks at a
thing's kind, as `isinstance` in a test does.
"""

from __future__ import annotations

import dataclasses
import functools
import inspect
import typing
import unittest.case
from collections.abc import Callable
from typing import Any

from autograder.judge.facts import is_instance
from autograder.judge.remote import Remote

FUNCTIONS = (
    *((dataclasses, name) for name in ("asdict", "astuple", "fields", "is_dataclass", "replace")),
    (typing, "get_type_hints"),
    (inspect, "get_annotations"),
)


def watch() -> None:
    """Let these modules know stand-ins; again is the same as once."""
    unittest.case.isinstance = is_instance  # type: ignore[attr-defined]  # in the place of the builtin
    for module, name in FUNCTIONS:
        plain = getattr(module, name)
        if not hasattr(plain, "watched"):
            setattr(module, name, knowing(plain))


def knowing(plain: Callable[..., Any]) -> Callable[..., Any]:
    """A function of a library that takes stand-ins, too."""

    @functools.wraps(plain)
    def known(*args: Any, **named: Any) -> Any:
        first = next(iter((*args, *named.values())), None)
        if not issubclass(type(first), Remote):
            return plain(*args, **named)
        return first._remote_link.call(known, args, named)  # type: ignore[union-attr]  # noqa: SLF001 - a stand-in's

    known.watched = True  # type: ignore[attr-defined]  # so that it is not wrapped twice
    return known
