"""Nothing of a student's runs in the judge, whatever a test does with a text or with bytes that came from there.

`eval` and `exec` of a text that does not stand in the test run it in the box. Unpickling anything that names a class or
a function, and doctest, which runs what a docstring says, are refused.
"""

from __future__ import annotations

import pickle
import sys
import threading
from collections.abc import Callable
from types import CodeType
from typing import TYPE_CHECKING, Any, Self

from autograder.judge.derived import parent
from autograder.judge.errors import CannotBeSplitError
from autograder.judge.rebuild import CODE
from autograder.judge.remote import Remote
from autograder.judge.rewritten import OURS

if TYPE_CHECKING:
    from autograder.judge.link import Link

_guarded: dict[int, list[str]] = {}  # by thread: what a test that runs there was kept from


class Guard:
    """Watches over one run of a test; entered where it runs."""

    def __init__(self) -> None:
        self._kept_from: list[str] = []

    def __enter__(self) -> Self:
        if not _hooked:
            sys.addaudithook(watch)
            _hooked.append(True)
        _guarded[threading.get_ident()] = self._kept_from
        return self

    def __exit__(self, *_: object) -> None:
        del _guarded[threading.get_ident()]
        if self._kept_from:  # the test may have swallowed it
            raise CannotBeSplitError(self._kept_from[0])


_hooked: list[bool] = []


def watch(event: str, details: tuple[Any, ...]) -> None:
    """Keep a test from running what a student wrote; Python tells of each of these."""
    if event == "pickle.find_class" and threading.get_ident() in _guarded:
        raise pickle.UnpicklingError("a test may not unpickle what could be made by a student")
    if event == "compile" and str(details[1]).startswith("<doctest") and threading.get_ident() in _guarded:
        _guarded[threading.get_ident()].append("doctest runs what is written in docstrings, which may be the student's")
        raise CannotBeSplitError(_guarded[threading.get_ident()][0])


def kind_of(value: Any, link: Link) -> Any:
    """The class of a value; of what stays in the box, the stand-in for its class there, which is never one of data."""
    if not issubclass(type(value), Remote) and "_remote_handle" not in getattr(value, "__dict__", {}):
        return type(value)
    found = link.ask("class", value)
    if issubclass(type(value), Remote) and (known := link.class_of(value)) in CODE.values():
        return known
    return found if issubclass(type(found), Remote) else type(value)


def ours(link: Link, texts: frozenset[str]) -> dict[str, Callable[..., Any]]:
    """What a test finds under the names to which calls of `type`, `super`, `eval` and `exec` were written."""

    def run(builtin: Callable[..., Any], text: Any, *scopes: Any) -> Any:
        if isinstance(text, CodeType):
            raise CannotBeSplitError("compiled code is run")
        if text in texts:
            frame = sys._getframe(2)  # noqa: SLF001 - as the builtin looks at its caller
            return builtin(text, *(scopes or (frame.f_globals, frame.f_locals)))
        value, scope = link.ask(builtin.__name__, text, *scopes[:1])
        if scopes:
            scopes[-1].update(scope)
        return value

    return {
        OURS["type"]: lambda value: kind_of(value, link),
        OURS["super"]: parent,
        OURS["eval"]: lambda text, *scopes: run(eval, text, *scopes),
        OURS["exec"]: lambda text, *scopes: run(exec, text, *scopes),
    }
