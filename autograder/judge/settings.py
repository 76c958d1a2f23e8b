"""What a test sets for a whole process: the student's code runs under it, and it ends with the test."""

from __future__ import annotations

import contextlib
import decimal
import re
import sys
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from autograder.judge.link import Link


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that can be set: how a text mentions it, its module, and what reads it there and sets it to `state`."""

    mentioned: re.Pattern[str]
    module: ModuleType
    read: str
    write: str

    def here(self, text: str, state: Any = None) -> Any:
        """Read or set it in the judge."""
        return eval(text, {self.module.__name__: self.module, "state": state})  # noqa: S307 - one of the texts below


DECIMAL = "{name: getattr(decimal.getcontext(), name) for name in ('prec', 'rounding', 'Emin', 'Emax')}"
KINDS = (
    Kind(re.compile("errstate|seterr"), np, "numpy.geterr()", "numpy.seterr(**state)"),
    Kind(re.compile("printoptions"), np, "numpy.get_printoptions()", "numpy.set_printoptions(**state)"),
    Kind(re.compile("setrecursionlimit"), sys, "sys.getrecursionlimit()", "sys.setrecursionlimit(state)"),
    Kind(re.compile("int_max_str"), sys, "sys.get_int_max_str_digits()", "sys.set_int_max_str_digits(state)"),
    Kind(re.compile("decimal"), decimal, DECIMAL, "[setattr(decimal.getcontext(), *one) for one in state.items()]"),
)


class Settings:
    """Those of the judge; the box has those that a test mentions."""

    def __init__(self, link: Link, source: str) -> None:
        self._link = link
        self._all = [(kind, kind.here(kind.read)) for kind in KINDS]
        self._before = [(kind, state) for kind, state in self._all if kind.mentioned.search(source)]

    @contextlib.contextmanager
    def kept(self) -> Iterator[None]:
        """Let a test set them, and take that back."""
        self._link.around += [self.there] if self._before else []
        with decimal.localcontext():
            try:
                yield
            finally:
                for kind, state in self._all:
                    kind.here(kind.write, state)
                for forget in typing._cleanups:  # type: ignore[attr-defined]  # noqa: SLF001 - it keeps what it is given
                    forget()

    @contextlib.contextmanager
    def there(self) -> Iterator[None]:
        """Let the box have what is not as it was meanwhile."""
        saved = []
        for kind, before in self._before:
            if (now := kind.here(kind.read)) != before:
                saved.append((kind, self._put(kind, f"({kind.read}, {kind.write})[0]", now)))
        yield
        for kind, state in reversed(saved):
            self._put(kind, kind.write, state)

    def _put(self, kind: Kind, text: str, state: Any) -> Any:
        """Read or set it in the box: what there is."""
        value = self._link.put("eval", text, {kind.module.__name__: kind.module, "state": state}).value
        return value[0] if isinstance(value, tuple) else None
