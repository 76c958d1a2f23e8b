"""Keep a spreadsheet from running what a student wrote."""

from __future__ import annotations

import unicodedata

from autograder.deliver.visible import visible_line

_STARTS = ("=", "+", "-", "@")


def harmless(text: str) -> str:
    """The text as one line in a cell that no spreadsheet takes for a formula: a quote comes before what could be one.

    Signs in fullwidth and signs after blanks count too, since some programs fold or drop them.
    """
    folded = unicodedata.normalize("NFKC", text).lstrip()
    dangerous = folded.startswith(_STARTS) or text.startswith(("\t", "\r", "\n"))
    return f"'{visible_line(text)}" if dangerous else visible_line(text)
