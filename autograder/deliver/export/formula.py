"""Keep a spreadsheet from running what a student wrote."""

from __future__ import annotations

import unicodedata

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def harmless(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula: a quote comes before what could be one.

    Fullwidth signs and blanks before a sign count too, since some programs drop or fold them. Characters that cannot
    be in a cell are shown by their code points.
    """
    clean = "".join(letter if _fits(letter) else f"\\u{ord(letter):04x}" for letter in text)
    folded = unicodedata.normalize("NFKC", clean)
    dangerous = clean.startswith(_STARTS) or folded.lstrip().startswith(_STARTS)
    return f"'{clean}" if dangerous else clean


def _fits(letter: str) -> bool:
    """Whether a cell may hold a letter as it is: nothing invisible, nothing that changes the direction of writing."""
    return letter in "\t\r\n" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
