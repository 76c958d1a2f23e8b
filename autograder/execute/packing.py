"""Observations as bytes, and back.

    magic (8 bytes) · SHA-256 of the rest · length of the table (u32) · deflated: table (JSON), small buffers

Large buffers are kept apart, by their SHA-256, since many submissions have the same.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Callable
from typing import Any

from autograder.records import Observed, Stop

from .observations import Heard, Observations, Saying, Sayings

MAGIC = b"seedobs1"
LARGE = 4096
MOST = 32_000_000
_LENGTH = struct.Struct("!I")


class Unreadable(Exception):  # noqa: N818 - what a file is, not an error of ours
    """It is not what was written, or a part of it is missing."""


def pack(submission: str, observations: Observations, facts: dict[str, Any]) -> Observed:
    """Lay out the observations of a submission, with what else should be known about them."""
    small: list[bytes] = []
    large: dict[str, bytes] = {}
    places: dict[bytes, int] = {}
    pieces: list[int | str] = []

    def place(buffer: bytes) -> int:
        if buffer not in places:
            places[buffer] = len(pieces)
            if len(buffer) < LARGE:
                small.append(buffer)
                pieces.append(len(buffer))
            else:
                pieces.append(hashlib.sha256(buffer).hexdigest())
                large[str(pieces[-1])] = buffer
        return places[buffer]

    def row(saying: Saying) -> list[Any]:
        if isinstance(saying, Heard):
            return [saying.header, [place(buffer) for buffer in saying.buffers]]
        return [saying.code, saying.message] if saying else []

    after = [[key.hex(), list(map(row, one.different)), one.order] for key, one in observations.after.items()]
    table = json.dumps([submission, facts, after, pieces], ensure_ascii=False, check_circular=False).encode()
    rest = _LENGTH.pack(len(table)) + zlib.compress(table + b"".join(small), 1)
    return Observed(submission, MAGIC + hashlib.sha256(rest).digest() + rest, large)


def unpack(submission: str, data: bytes, part: Callable[[str], bytes]) -> tuple[dict[str, Any], Observations]:
    """Read what `pack` wrote: the facts and the observations.

    Parameters
    ----------
    submission, data
        Of which submission they should be, and the bytes.
    part
        Gives the large buffer of this SHA-256; raises `Unreadable` where there is none.

    Raises
    ------
    Unreadable
        If anything about it is not as it was written.
    """
    digest, rest = data[len(MAGIC) : len(MAGIC) + 32], data[len(MAGIC) + 32 :]
    if not data.startswith(MAGIC) or hashlib.sha256(rest).digest() != digest:
        raise Unreadable("it is not what was written")
    try:
        found, facts, observations = _unpacked(rest, part)
    except (ValueError, TypeError, LookupError, RecursionError, struct.error, zlib.error) as error:
        raise Unreadable(str(error)) from None
    if found != submission:
        raise Unreadable("it is of another submission")
    return facts, observations


def _unpacked(rest: bytes, part: Callable[[str], bytes]) -> tuple[str, dict[str, Any], Observations]:
    plain = zlib.decompressobj().decompress(rest[_LENGTH.size :], MOST)
    (end,) = _LENGTH.unpack(rest[: _LENGTH.size])
    found, facts, after, pieces = json.loads(plain[:end])
    buffers = []
    for piece in pieces:
        buffers.append(part(piece) if isinstance(piece, str) else plain[end : end + piece])
        end += 0 if isinstance(piece, str) else piece
    observations = Observations()
    for history, rows, order in after:
        different = [_saying(row, buffers) for row in rows]
        observations.after[bytes.fromhex(history)] = Sayings(different, order)
    return found, facts, observations


def _saying(row: list[Any], buffers: list[bytes]) -> Saying:
    if not row:
        return None
    first, second = row
    return Stop(first, second) if isinstance(second, str) else Heard(first, tuple(buffers[place] for place in second))
