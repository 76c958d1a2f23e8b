"""The judge's end of the channel: never blocks past a deadline, never allocates before it has checked a size."""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Callable

from .inside import frames

TICK = 0.05
"""Seconds between two looks at the box while it is waited for."""


class Late(Exception):
    """The deadline has passed."""


class Closed(Exception):
    """The other end is closed."""


class Wire:
    """A non-blocking stream of frames. `watch` is called at every tick of waiting, and may raise."""

    def __init__(self, sock: socket.socket, watch: Callable[[], None]) -> None:
        sock.setblocking(False)
        self._sock = sock
        self._watch = watch
        self._poll = select.poll()

    def is_quiet(self) -> bool:
        """Whether nothing has arrived that was not asked for."""
        self._poll.register(self._sock, select.POLLIN)
        return not self._poll.poll(0)

    def send(self, frame: bytes, deadline: float) -> None:
        """Write a frame."""
        view = memoryview(frame)
        while view:
            try:
                view = view[self._sock.send(view) :]
            except BlockingIOError:
                self._wait(select.POLLOUT, deadline)
            except OSError:
                raise Closed from None

    def receive(self, deadline: float) -> frames.Message:
        """Read a frame.

        Raises
        ------
        ChannelError
            If what arrives is not a frame.
        """
        header, body = frames.lengths(bytes(self._exactly(frames.PREFIX.size, deadline)))
        return frames.unpack(self._exactly(header, deadline), self._exactly(body, deadline))

    def close(self) -> None:
        """Hang up."""
        self._sock.close()

    def _exactly(self, size: int, deadline: float) -> bytearray:
        data = bytearray(size)
        view, got = memoryview(data), 0
        while got < size:
            try:
                count = self._sock.recv_into(view[got:])
            except BlockingIOError:
                self._wait(select.POLLIN, deadline)
                continue
            except OSError:
                raise Closed from None
            if not count:
                raise Closed
            got += count
        return data

    def _wait(self, event: int, deadline: float) -> None:
        """Wait until the socket is ready; look at the box at every tick."""
        self._poll.register(self._sock, event)
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise Late
            if self._poll.poll(1000 * min(left, TICK)):
                return
            self._watch()
