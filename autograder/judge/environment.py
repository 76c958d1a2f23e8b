"""What a test sets in `os.environ`: the student's code finds it there while the test calls it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.judge.link import Link


class Environment:
    """The judge's environment during one run of a test, which ends as it was before."""

    def __init__(self, link: Link) -> None:
        self._link, self._before = link, dict(os.environ)

    @contextlib.contextmanager
    def kept(self) -> Iterator[None]:
        """Let a test change it, and take that back."""
        self._link.around.append(self.there)
        try:
            yield
        finally:
            for name in self._changed():
                if name in self._before:
                    os.environ[name] = self._before[name]
                else:
                    del os.environ[name]

    def _changed(self) -> dict[str, str | None]:
        """What is not as it was, and what it is now."""
        now = dict(os.environ)
        return {name: now.get(name) for name in {**self._before, **now} if self._before.get(name) != now.get(name)}

    @contextlib.contextmanager
    def there(self) -> Iterator[None]:
        """Let the box have what the test has changed meanwhile."""
        changed = self._changed()
        if not changed:
            yield
            return
        theirs = self._link.put("getattr", os, "environ").value
        saved = {name: self._link.put("getitem", theirs, name) for name in changed}
        for name, value in changed.items():
            self._set(theirs, name, value)
        yield
        for name, reply in saved.items():
            self._set(theirs, name, None if reply.raised else reply.value)

    def _set(self, theirs: object, name: str, value: object) -> None:
        """Set or delete one; what was not there is not, however that is told."""
        self._link.put(*(("delitem", theirs, name) if value is None else ("setitem", theirs, name, value)))
