"""Functions of libraries that a test gives a thing of the student's: `dataclasses.asdict`, which the box then runs.

`assertIsInstance` looks at its kind, as `isinstance` in a test does.
"""

from __future__ import annotations

import dataclasses
import functools
import unittest.case
from collections.abc import Callable
from typing import Any

from autograder.judge.facts import is_instance
from autograder.judge.remote import Remote

FUNCTIONS = ("asdict", "astuple", "fields", "is_dataclass", "replace")


def watch() -> None:
    """Let `dataclasses` and `unittest` know stand-ins; again is the same as once."""
    unittest.case.isinstance = is_instance  # type: ignore[attr-defined]  # in the place of the builtin
    for name in FUNCTIONS:
        plain = getattr(dataclasses, name)
        if not hasattr(plain, "watched"):
            setattr(dataclasses, name, knowing(plain))


def knowing(plain: Callable[..., Any]) -> Callable[..., Any]:
    """A function of `dataclasses` that takes stand-ins, too."""

    @functools.wraps(plain)
    def known(*args: Any, **named: Any) -> Any:
        if not (args and issubclass(type(args[0]), Remote)):
            return plain(*args, **named)
        return args[0]._remote_link.call(known, args, named)  # noqa: SLF001 - a stand-in has no public attribute

    known.watched = True  # type: ignore[attr-defined]  # so that it is not wrapped twice
    return known
