"""Frames: how one message lies on the socket, and the limits that are checked before anything is allocated.

    magic (4 bytes) · length of the header (u32) · length of the body (u32) · header (JSON) · body (raw buffers)

The header is a JSON list `[kind, nonce, sizes, payload]`; the body is cut into buffers by `sizes`. There is no JSON
object anywhere, so there are no duplicate keys to argue about.
"""

from __future__ import annotations

import json
import struct
from typing import Any, NamedTuple

MAGIC = b"SBX1"
PREFIX = struct.Struct("!4sII")
MAX_HEADER = 1 << 20
MAX_BODY = 64 << 20
MAX_BUFFERS = 20_000


class ChannelError(Exception):
    """The other side sent something that is not a message. Nothing else is ever raised by reading one."""


class TooLarge(Exception):
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
    header = json.dumps([kind, nonce, sizes, payload], ensure_ascii=False, separators=(",", ":")).encode()
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


def unpack(header: bytes | bytearray, body: bytearray) -> Message:
    """Read a message from its two parts."""
    try:
        parts = json.loads(header.decode("utf-8"))
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
