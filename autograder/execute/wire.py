"""The judge's end of the channel: never blocks past a deadline, never allocates before it has checked a size.

The socket blocks for a tick at most (SO_RCVTIMEO): a question costs two system calls, and no `poll`.
"""

from __future__ import annotations

import select
import socket
import struct
import time
from collections.abc import Callable

from autograder.records import Stop

from .inside import frames
from .observations import Heard, unread

TICK = 0.05
"""Seconds between two looks at the box while it is waited for."""


class Late(Exception):  # noqa: N818  what the other side did, not an error of ours
    """The deadline has passed."""


class Closed(Exception):  # noqa: N818  what the other side did, not an error of ours
    """The other end is closed."""


class Lost(Exception):  # noqa: N818  what the other side did, not an error of ours
    """A fork of the box is gone, while the box itself goes on."""


class Wire:
    """A stream of frames. `watch` is called at every tick of waiting, and may raise.

    Attributes
    ----------
    history : bytes
        Stands for all that was said so far, where somebody keeps it. Who talks to a copy of a box for a while puts it
        back afterwards.
    """

    history = b""

    def __init__(self, sock: socket.socket, watch: Callable[[], None]) -> None:
        tick = struct.pack("ll", 0, int(TICK * 1e6))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, tick)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, tick)
        self._sock = sock
        self._watch = watch
        self._poll = select.poll()
        self._poll.register(sock, select.POLLIN)
        self._reader = frames.Reader(self._more)
        self._deadline = self._next_look = 0.0

    def ask(self, frame: bytes, nonce: str, deadline: float) -> None:  # noqa: ARG002 - for one who records
        """Put a question.

        Raises
        ------
        Lost, Closed, ChannelError
            If something has arrived that was not asked for: the box is gone, or babbles.
        """
        if not self._reader.is_empty or self._poll.poll(0):
            raise self._unasked()
        self.send(frame, deadline)

    def _unasked(self) -> Exception:
        """What it means that the socket is readable."""
        try:
            message = self.receive(time.monotonic() + 0.2)
        except (Closed, frames.ChannelError, Late) as error:
            return error if isinstance(error, Closed) else frames.ChannelError("unasked")
        return Lost() if message.kind == "lost" else frames.ChannelError("unasked")

    def hear(self, nonce: str, deadline: float) -> Heard | frames.Message:
        """Wait for what the box says to the question of this nonce; not yet read, if it is written as usual.

        Raises
        ------
        Lost, Closed, ChannelError, Late
            If it says nothing, or something else.
        """
        self._expect(deadline)
        header, body = self._reader.parts()
        if as_usual := unread(header, body, nonce):
            return as_usual
        message = frames.unpack(header, body)
        if message.kind == "lost":
            raise Lost
        if message.nonce != nonce:
            raise frames.ChannelError("an answer to another question")
        return message

    def answer(self, frame: bytes, nonce: str, deadline: float) -> None:  # noqa: ARG002 - see `ask`
        """Answer what the box has called back."""
        self.send(frame, deadline)

    def ended(self, stop: Stop | None) -> None:
        """Take note that the box has stopped and says no more, or, with None, that a fork of it was lost."""

    def send(self, frame: bytes, deadline: float) -> None:
        """Write a frame."""
        self._expect(deadline)
        view = memoryview(frame)
        while view:
            try:
                view = view[self._sock.send(view, socket.MSG_NOSIGNAL) :]
            except BlockingIOError:
                self._tick()
            except OSError:
                raise Closed from None

    def receive(self, deadline: float) -> frames.Message:
        """Read a frame.

        Raises
        ------
        ChannelError
            If what arrives is not a frame.
        """
        self._expect(deadline)
        return self._reader.frame()

    def close(self) -> None:
        """Hang up."""
        self._sock.close()

    def _expect(self, deadline: float) -> None:
        self._deadline = deadline
        self._next_look = min(time.monotonic() + TICK, deadline)

    def _more(self, view: memoryview) -> int:
        """Fill what can be filled; wait for the first byte."""
        while True:
            try:
                count = self._sock.recv_into(view)
            except BlockingIOError:
                self._tick()
                continue
            except OSError:
                raise Closed from None
            if not count:
                raise Closed
            if time.monotonic() > self._next_look:  # a byte now and then puts nothing off
                self._tick()
            return count

    def _tick(self) -> None:
        """A while has passed: look at the clock and at the box."""
        now = time.monotonic()
        if now > self._deadline:
            raise Late
        self._watch()
        self._next_look = min(now + TICK, self._deadline)
