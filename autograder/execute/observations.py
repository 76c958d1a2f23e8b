"""What the boxes of one submission said, by all that had been said before: enough to judge it again and run nothing.

A history stands for everything that was said between the judge and one box, the judge's random numbers left out. What a
box said is kept as the bytes that came, and goes through the same reading again: it is as hostile as before.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from autograder.records import Stop

from .inside.frames import PREFIX, Message, unpack

MOST_BYTES = 4_000_000
MOST_MESSAGES = 10_000
"""What is kept of one submission; of one that says more, nothing is kept."""


LARGE = 4096
"""Buffers of at least so many bytes are known by their SHA-256."""


@dataclass(frozen=True, slots=True)
class Large:
    """A large buffer; `name` is its SHA-256."""

    name: str
    data: bytes = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Heard:
    """One message of a box: its header without the nonce, and its buffers one after the other, small ones joined."""

    header: str
    pieces: tuple[bytes | Large, ...]

    def message(self, nonce: str) -> Message:
        """The message, as if it answered the question of this nonce.

        Raises
        ------
        ChannelError
            If it is none.
        """
        body = bytearray().join(piece.data if isinstance(piece, Large) else piece for piece in self.pieces)
        return unpack(self.header.encode(), body)._replace(nonce=nonce)


Saying = Heard | Stop | None
"""What a box said; or why it stopped; None where a copy of it was lost."""


@dataclass(slots=True)
class Sayings:
    """What was said after one history: each different thing once, and which of them it was each time."""

    different: list[Saying] = field(default_factory=list)
    order: list[int] = field(default_factory=list)

    def add(self, saying: Saying) -> int:
        """Add one; its number."""
        if saying not in self.different:
            self.different.append(saying)
        number = self.different.index(saying)
        self.order.append(number)
        return number

    def number(self, time: int) -> int | None:
        """Which it was at that time, or None; what was said every time would be said once more."""
        if time < len(self.order):
            return self.order[time]
        return 0 if len(self.different) == 1 else None


class Observations:
    """All that the boxes of one submission said. `unfit` says that it was too much, or too odd, to be kept."""

    def __init__(self) -> None:
        self.after: dict[bytes, Sayings] = {}
        self.unfit = False
        self.large: dict[str, Large] = {}
        self._messages = self._bytes = 0

    def heard(self, history: bytes, message: Heard | Message) -> bytes:
        """Keep a message; the history with it."""
        if isinstance(message, Message):
            self.unfit = True  # no box of ours writes it so; or it is too much
            return history
        return self._add(history, Heard(message.header, tuple(map(self._known, message.pieces))))

    def ended(self, history: bytes, stop: Stop | None) -> None:
        """Keep why a box stopped, or, with None, that a copy of it was lost."""
        self._add(history, stop)

    def _add(self, history: bytes, saying: Saying) -> bytes:
        self._messages += 1
        if isinstance(saying, Heard):
            self._bytes += len(saying.header) + sum(len(piece) for piece in saying.pieces if isinstance(piece, bytes))
        self.unfit = self.unfit or self._bytes > MOST_BYTES or self._messages > MOST_MESSAGES
        if self.unfit:
            self.after.clear()
            self.large.clear()
            return history
        return said(history, self.after.setdefault(history, Sayings()).add(saying))

    def _known(self, piece: bytes | Large) -> bytes | Large:
        """The same bytes, large ones kept once."""
        if not isinstance(piece, Large):
            return piece
        if piece.name not in self.large:
            self._bytes += len(piece.data)
            self.large[piece.name] = piece
        return self.large[piece.name]


def unread(header: bytes | bytearray, body: bytes | bytearray, nonce: str) -> Heard | None:
    """A message to the question of this nonce, as it came; only its sizes have been read.

    None where it is too large to be kept, or where no box of ours would write it so.
    """
    start = next(
        (one for one in (b'["reply","', b'["call","') if header.startswith(one + nonce.encode() + b'",')), None
    )
    if start is None or len(body) > MOST_BYTES:
        return None
    begin = len(start) + len(nonce) + 2
    try:
        rest = header[begin:].decode()
        sizes = json.loads(rest[: rest.index("]") + 1])
    except ValueError:
        return None
    if type(sizes) is not list or set(map(type, sizes)) - {int} or min(sizes, default=0) < 0 or sum(sizes) != len(body):
        return None
    return Heard(f'{start.decode()}",{rest}', tuple(pieces(memoryview(body), sizes)))


def pieces(body: memoryview, sizes: list[int]) -> Iterator[bytes | Large]:
    """A body in pieces: large buffers each by itself, those between them as one."""
    done = 0
    for size, end in zip(sizes, itertools.accumulate(sizes), strict=True):
        if size >= LARGE:
            yield bytes(body[done : end - size])
            yield Large(hashlib.sha256(body[end - size : end]).hexdigest(), bytes(body[end - size : end]))
            done = end
    yield bytes(body[done:])


@functools.cache
def program() -> str:
    """The SHA-256 of the program that runs in a box: another one may say things in another way."""
    folder = Path(__file__).parent / "inside"
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def content(frame: bytes, nonce: str) -> bytes:
    """A message of the judge's without its random number."""
    return frame.replace(nonce.encode(), b"", 1)


def with_nonce(content: bytes, nonce: str) -> bytes:
    """The message again, with another random number."""
    place = content.index(b'","', PREFIX.size) + 3
    return content[:place] + nonce.encode() + content[place:]


def asked(history: bytes, question: bytes) -> bytes:
    """The history with one more message of the judge's."""
    return hashlib.sha256(history + question).digest()[:16]


def said(history: bytes, number: int) -> bytes:
    """The history with what the box said then."""
    return hashlib.sha256(b"%s<%d" % (history, number)).digest()[:16]
