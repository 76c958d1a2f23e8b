"""Observations as bytes, and back.

    magic (8 bytes) · SHA-256 of the rest · length of the table (u32) · deflated: table (JSON), small buffers

Large buffers are kept apart, by their SHA-256, since many submissions have the same.
"""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zlib
from collections.abc import Callable
from typing import Any

from autograder.records import Observed, Stop

from .observations import Heard, Large, Observations, Saying, Sayings

MAGIC = b"seedobs1"
MOST = 32_000_000
_LENGTH = struct.Struct("!I")


class Unreadable(Exception):  # noqa: N818 - what a file is, not an error of ours
    """It is not what was written, or a part of it is missing."""


def pack(submission: str, observations: Observations, facts: dict[str, Any]) -> Observed:
    """Lay out the observations of a submission, with what else should be known about them."""
    small: list[bytes] = []

    def row(saying: Saying) -> list[Any]:
        if isinstance(saying, Heard):
            small.extend(piece for piece in saying.pieces if isinstance(piece, bytes))
            return [saying.header, [one.name if isinstance(one, Large) else len(one) for one in saying.pieces]]
        return [saying.code, saying.message] if saying else []

    after = [[key.hex(), list(map(row, one.different)), one.order] for key, one in observations.after.items()]
    table = json.dumps([submission, facts, after], ensure_ascii=False, check_circular=False).encode()
    rest = _LENGTH.pack(len(table)) + zlib.compress(table + b"".join(small), 1)
    parts = {large.name: large.data for large in observations.large.values()}
    return Observed(submission, MAGIC + hashlib.sha256(rest).digest() + rest, parts)


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
    found, facts, after = json.loads(plain[:end])
    small = io.BytesIO(plain[end:])
    observations = Observations()
    for history, rows, order in after:
        different = [_saying(row, small, part) for row in rows]
        observations.after[bytes.fromhex(history)] = Sayings(different, order)
    return found, facts, observations


def _saying(row: list[Any], small: io.BytesIO, part: Callable[[str], bytes]) -> Saying:
    if not row:
        return None
    first, second = row
    if isinstance(second, str):
        return Stop(first, second)
    pieces = (small.read(piece) if isinstance(piece, int) else Large(piece, part(piece)) for piece in second)
    return Heard(first, tuple(pieces))
