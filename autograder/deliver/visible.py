"""Text that strangers wrote, made safe to look at: what is invisible or changes direction is shown by its number."""

from __future__ import annotations

import unicodedata

HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
"""Unicode's categories of control, format, surrogate, private and unassigned characters, and line separators."""


class _Table(dict[int, str]):
    """What each character is shown as; filled as characters are met."""

    def __missing__(self, number: int) -> str:
        letter = chr(number)
        shown = f"⟨U+{number:04X}⟩" if unicodedata.category(letter) in HIDDEN else letter
        self[number] = shown
        return shown


_TABLE = _Table({ord("\n"): "\n", ord("\t"): "\t"})


def visible(text: str) -> str:
    """Give a text as a page may show it: every letter stands where it is read, line ends and tabs remain."""
    return text.replace("\r\n", "\n").translate(_TABLE)


def visible_line(text: str) -> str:
    """Give a text as one line, for names and titles."""
    return visible(text.replace("\n", " ").replace("\t", " "))


def shortened(text: str, lines: int = 400, letters: int = 40_000) -> str:
    """Give the start of a text that is too long for a page, and say that it was cut."""
    kept = "\n".join(text[:letters].split("\n")[:lines])
    return kept if len(kept) == len(text) else f"{kept}\n… cut here: {len(text):,} characters in all"
