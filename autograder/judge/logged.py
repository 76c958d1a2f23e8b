"""What the student's code logs, for a test that listens: `assertLogs`, or a handler of its own."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.judge.link import Link

State = tuple[tuple[logging.Handler, ...], int]
"""The handlers of a logger, and its level."""


class Logged:
    """Listens in the box where a test listens here, and tells the test's handlers of what it hears.

    A test listens to a logger that has other handlers than before the test.
    """

    def __init__(self, link: Link) -> None:
        self._link, self._before, self._hearing = link, states(), False

    @contextlib.contextmanager
    def kept(self) -> Iterator[None]:
        """Let a test set loggers up, and take that back."""
        self._link.around.append(self.heard)
        try:
            yield
        finally:
            for name, state in states().items():
                handlers, level = self._before.get(name, ((), logging.NOTSET))
                if state != (handlers, level):
                    logger = logging.getLogger(name)
                    logger.handlers[:] = handlers
                    logger.setLevel(level)

    @contextlib.contextmanager
    def heard(self) -> Iterator[None]:
        """Hear what the box logs meanwhile."""
        listening = {
            name: handlers
            for name, (handlers, _) in states().items()
            if handlers and handlers != self._before.get(name, ((), 0))[0]
        }
        if self._hearing or not listening:  # what is called back may ask for more
            yield
            return
        self._link.put("log", [[name, logging.getLogger(name).level] for name in listening])
        self._hearing = True
        yield
        self._hearing = False
        found = self._link.put("logged").value
        for one in found if isinstance(found, list) else []:
            self._tell(listening, one)

    def _tell(self, listening: dict[str, tuple[logging.Handler, ...]], one: Any) -> None:
        """Give a record to the handlers of the logger that heard it: to those of the test alone."""
        match one:
            case [str(heard_by), str(name), int(level), str(text)] if heard_by in listening:
                record = logging.LogRecord(name, level, "<answer>", 0, text, None, None)
                before = self._before.get(heard_by, ((), 0))[0]
                for handler in listening[heard_by]:
                    if handler not in before and level >= handler.level:
                        handler.handle(record)


def states() -> dict[str, State]:
    """Each logger that there is, by name; the root's is empty."""
    loggers = {name: one for name, one in logging.root.manager.loggerDict.items() if isinstance(one, logging.Logger)}
    return {name: (tuple(one.handlers), one.level) for name, one in {"": logging.root, **loggers}.items()}
