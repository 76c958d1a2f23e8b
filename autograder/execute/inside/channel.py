"""The box's end of the channel: blocking, one message at a time."""

from __future__ import annotations

import os
import socket
from typing import Any

from . import frames


class Gone(BaseException):
    """The judge has closed its end. A BaseException, so that `except Exception` in a cell does not swallow it."""


class Channel:
    """Reads questions and writes replies."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def receive(self) -> frames.Message:
        """Wait for the next message."""
        header, body = frames.lengths(bytes(self._exactly(frames.PREFIX.size)))
        return frames.unpack(self._exactly(header), self._exactly(body))

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

    def _exactly(self, size: int) -> bytearray:
        data = bytearray(size)
        view, got = memoryview(data), 0
        while got < size:
            try:
                count = self._sock.recv_into(view[got:])
            except OSError:
                raise Gone from None
            if not count:
                raise Gone
            got += count
        return data


def leave(status: int) -> None:
    """End this process at once: nothing of the student's runs any more."""
    os._exit(status)
