"""What is logged while the judge listens."""

# ruff: noqa: ARG001  every operation takes the namespace

from __future__ import annotations

import logging
from typing import Any

MAX_RECORDS = 1_000
MAX_TEXT = 100_000

_listening: list[_Recorder] = []


class _Recorder(logging.Handler):
    """Keeps what one logger hears."""

    def __init__(self, name: str, level: int) -> None:
        super().__init__()
        self.found: list[list[Any]] = []
        self._heard_by, self._logger = name, logging.getLogger(name)
        self._level_before = self._logger.level
        self._logger.addHandler(self)
        if level:
            self._logger.setLevel(level)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one record."""
        if len(self.found) < MAX_RECORDS:
            self.found.append([self._heard_by, record.name, record.levelno, record.getMessage()[:MAX_TEXT]])

    def end(self) -> None:
        """Listen no more."""
        self._logger.removeHandler(self)
        self._logger.setLevel(self._level_before)


def listen(namespace: dict[str, Any], loggers: list[list[Any]]) -> None:
    """Keep what these loggers (name, level) hear from now on, until `heard` asks for it."""
    _listening.extend(_Recorder(name, level) for name, level in loggers)


def heard(namespace: dict[str, Any]) -> list[list[Any]]:
    """What was logged since `listen`: who heard it, whose it is, its level and its text."""
    found = []
    while _listening:
        recorder = _listening.pop(0)
        recorder.end()
        found += recorder.found
    return found
