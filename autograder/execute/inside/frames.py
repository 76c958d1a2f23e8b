"""Frames: how one message lies on the socket, and the limits that are checked before anything is allocated.

    magic (4 bytes) · length of the header (u32) · length of the body (u32) · header (JSON) · body (raw buffers)

The header is a JSON list `[kind, nonce, sizes, payload]`; the body is cut into buffers by `sizes`. There is no JSON
object anywhere, so there are no duplicate keys to argue about.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from typing import Any, NamedTuple

MAGIC = b"SBX1"
PREFIX = struct.Struct("!4sII")
MAX_HEADER = 1 << 20
MAX_BODY = 64 << 20
MAX_BUFFERS = 20_000
CHUNK = 1 << 16


_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
_decode = json.JSONDecoder().decode


class ChannelError(Exception):
    """The other side sent something that is not a message. Nothing else is ever raised by reading one."""


class TooLarge(Exception):  # noqa: N818  an answer, not an error
    """A value does not fit into a frame; its owner keeps it and sends a handle instead."""


class Message(NamedTuple):
    """One message: what it is, which question it belongs to, its tree and its raw buffers."""

    kind: str
    nonce: str
    payload: Any
    buffers: list[memoryview]


def pack(kind: str, nonce: str, payload: Any, buffers: list[bytes]) -> bytes:
    """Lay a message out as one frame.

    Raises
    ------
    TooLarge
        If the header or the body is over its limit.
    """
    sizes = [len(buffer) for buffer in buffers]
    header = _encode([kind, nonce, sizes, payload]).encode()
    if len(header) > MAX_HEADER or sum(sizes) > MAX_BODY or len(sizes) > MAX_BUFFERS:
        raise TooLarge(f"{len(header)} + {sum(sizes)} bytes")
    return b"".join([PREFIX.pack(MAGIC, len(header), sum(sizes)), header, *buffers])


def lengths(prefix: bytes) -> tuple[int, int]:
    """Read a frame's prefix: the lengths of its header and its body, within their limits."""
    try:
        magic, header, body = PREFIX.unpack(prefix)
    except struct.error:
        raise ChannelError("not a frame") from None
    if magic != MAGIC or header > MAX_HEADER or body > MAX_BODY:
        raise ChannelError("not a frame, or one over the limits")
    return header, body


class Reader:
    """Puts frames together from what arrives: `more` waits, and fills at least one byte of what it is given."""

    def __init__(self, more: Callable[[memoryview], int]) -> None:
        self._more = more
        self._chunk = bytearray(CHUNK)
        self._start = self._end = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing has arrived beyond the last frame."""
        return self._start == self._end

    def frame(self) -> Message:
        """The next frame."""
        return unpack(*self.parts())

    def parts(self) -> tuple[bytearray, bytearray]:
        """The next frame as it came: its header and its body."""
        header, body = lengths(bytes(self._exactly(PREFIX.size)))
        return self._exactly(header), self._exactly(body)

    def _exactly(self, size: int) -> bytearray:
        """So many bytes, in memory of their own: arrays keep it."""
        if self._end - self._start >= size:
            self._start += size
            return self._chunk[self._start - size : self._start]
        if size <= CHUNK // 2:
            return self._short(size)
        data = self._chunk[self._start : self._end]
        got, self._start, self._end = len(data), 0, 0
        data.extend(bytes(size - got))
        with memoryview(data) as view:
            while got < size:
                got += self._more(view[got:])
        return data

    def _short(self, size: int) -> bytearray:
        """So many bytes by way of the chunk, which may bring the next part along."""
        left = self._chunk[self._start : self._end]
        self._chunk[: len(left)] = left
        self._start, self._end = 0, len(left)
        with memoryview(self._chunk) as view:
            while self._end < size:
                self._end += self._more(view[self._end :])
        self._start = size
        return self._chunk[:size]


def unpack(header: bytes | bytearray, body: bytearray) -> Message:
    """Read a message from its two parts."""
    try:
        parts = _decode(header.decode("utf-8"))
    except (ValueError, RecursionError):
        raise ChannelError("the header is not JSON") from None
    if type(parts) is not list or len(parts) != 4:
        raise ChannelError("the header is not a list of four")
    kind, nonce, sizes, payload = parts
    if type(kind) is not str or type(nonce) is not str or type(sizes) is not list:
        raise ChannelError("the header's parts have other types")
    return Message(kind, nonce, payload, _cut(body, sizes))


def _cut(body: bytearray, sizes: list[Any]) -> list[memoryview]:
    """Cut the body into its buffers; the sizes must be exact."""
    if len(sizes) > MAX_BUFFERS or any(type(size) is not int or size < 0 for size in sizes) or sum(sizes) != len(body):
        raise ChannelError("the sizes of the buffers do not add up")
    view, start, buffers = memoryview(body), 0, []
    for size in sizes:
        buffers.append(view[start : start + size])
        start += size
    return buffers
