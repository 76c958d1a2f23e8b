"""A wire that keeps what the box says."""

from __future__ import annotations

import socket
from collections.abc import Callable

from autograder.records import Stop

from .inside.frames import Message
from .observations import Heard, Observations, asked, content
from .wire import Wire


class RecordingWire(Wire):
    """Keeps, in `observations`, what the box says, by what was said before."""

    def __init__(self, sock: socket.socket, watch: Callable[[], None], observations: Observations) -> None:
        super().__init__(sock, watch)
        self._observations = observations

    def ask(self, frame: bytes, nonce: str, deadline: float) -> None:
        """Put a question."""
        self.history = asked(self.history, content(frame, nonce))
        super().ask(frame, nonce, deadline)

    def answer(self, frame: bytes, nonce: str, deadline: float) -> None:
        """Answer what the box has called back."""
        self.history = asked(self.history, content(frame, nonce))
        super().answer(frame, nonce, deadline)

    def hear(self, nonce: str, deadline: float) -> Heard | Message:
        """Wait for what the box says to a question, and keep it."""
        found = super().hear(nonce, deadline)
        if not self._observations.unfit:
            self.history = self._observations.heard(self.history, found)
        return found

    def ended(self, stop: Stop | None) -> None:
        """Keep why the box stopped."""
        self._observations.ended(self.history, stop)
