"""A wire that keeps what the box says."""

from __future__ import annotations

import socket
from collections.abc import Callable

from autograder.records import Stop

from .inside import frames
from .observations import Observations, asked, content
from .wire import Wire


class RecordingWire(Wire):
    """Keeps, in `observations`, what the box says, by what was said before."""

    def __init__(self, sock: socket.socket, watch: Callable[[], None], observations: Observations) -> None:
        super().__init__(sock, watch)
        self._observations = observations
        self._header = bytearray()

    def ask(self, frame: bytes, nonce: str, deadline: float) -> None:
        """Put a question."""
        self.history = asked(self.history, content(frame, nonce))
        super().ask(frame, nonce, deadline)

    def answer(self, frame: bytes, nonce: str, deadline: float) -> None:
        """Answer what the box has called back."""
        self.history = asked(self.history, content(frame, nonce))
        super().answer(frame, nonce, deadline)

    def hear(self, nonce: str, deadline: float) -> frames.Message:
        """Wait for what the box says to a question, and keep it."""
        message = super().hear(nonce, deadline)
        if not self._observations.unfit:
            self.history = self._observations.heard(self.history, self._header, message)
        return message

    def receive(self, deadline: float) -> frames.Message:
        """Read a frame, and hold its header as it came."""
        self._expect(deadline)
        self._header, body = self._reader.parts()
        return frames.unpack(self._header, body)

    def ended(self, stop: Stop | None) -> None:
        """Keep why the box stopped."""
        self._observations.ended(self.history, stop)
