"""The box's end of the channel: blocking, one message at a time."""

from __future__ import annotations

import os
import socket
from typing import Any, NoReturn

from . import frames


class Gone(BaseException):
    """The judge has closed its end. A BaseException, so that `except Exception` in a cell does not swallow it."""


class Channel:
    """Reads questions and writes replies."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._reader = frames.Reader(self._more)

    def receive(self) -> frames.Message:
        """Wait for the next message."""
        return self._reader.frame()

    def send(self, kind: str, nonce: str, payload: Any, buffers: list[bytes]) -> None:
        """Write one message whole.

        Raises
        ------
        TooLarge
            If it does not fit into a frame; then nothing was written.
        """
        frame = frames.pack(kind, nonce, payload, buffers)
        try:
            self._sock.sendall(frame)
        except OSError:
            raise Gone from None

    def _more(self, view: memoryview) -> int:
        try:
            count = self._sock.recv_into(view)
        except OSError:
            raise Gone from None
        if not count:
            raise Gone
        return count


def leave(status: int) -> NoReturn:
    """End this process at once: nothing of the student's runs any more."""
    os._exit(status)
