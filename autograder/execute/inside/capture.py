"""Text that a cell prints, kept up to a limit. It is display only: no mark rests on it."""

from __future__ import annotations

import io
import sys


class Capture(io.TextIOBase):
    """A text stream that keeps at most `limit` characters until they are taken."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._parts: list[str] = []
        self._size = 0

    def write(self, text: str) -> int:
        """Keep the text, up to the limit; the rest is dropped without a word to the student's program."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self._size <= self.limit:
            self._parts.append(text[: self.limit + 1 - self._size])
            self._size += len(self._parts[-1])
        return len(text)

    def writable(self) -> bool:
        """It can be written to."""
        return True

    def take(self) -> str:
        """What was written since the last time; over the limit it is one character longer, so that it can be seen."""
        text = "".join(self._parts)
        self._parts.clear()
        self._size = 0
        return text.encode("utf-8", "replace").decode("utf-8")


def capture(limit: int) -> tuple[Capture, Capture]:
    """Put captures in the place of stdout and stderr."""
    out, err = Capture(limit), Capture(limit)
    sys.stdout, sys.stderr = out, err
    return out, err
