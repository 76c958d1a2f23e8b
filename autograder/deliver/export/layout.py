"""What a teacher's own file says of itself: where the people are, where the marks go, out of how many points."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from autograder.deliver.export.errors import ExportError
from autograder.deliver.export.sheet import Sheet

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things are in a file.

    `rows` gives for each student's row the ids in it; `maximum` what the platform counts to (None where it does not
    say); `keep` are cells that are no marks and stay, such as `EX` for excused.
    """

    column: int
    header: str
    rows: Mapping[int, Mapping[str, str]]
    maximum: Decimal | None
    decimal: str
    keep: frozenset[str] = frozenset()


def letters(text: str) -> str:
    """Letters and digits of a header alone, without accents and case."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def number(text: str) -> Decimal | None:
    """A number as a spreadsheet writes it, with a point or a comma; None if it is none."""
    if not _NUMBER.fullmatch(text.strip()):
        return None
    try:
        return Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None


def decimal_sign(sheet: Sheet, columns: Iterable[int], rows: Iterable[int]) -> str:
    """A comma where the file's own numbers have one, else a point."""
    cells = [cell(sheet, row, column).strip() for column in columns for row in rows]
    commas = any(re.fullmatch(r"\d+,\d+", one) for one in cells)
    return "," if commas and not any(re.fullmatch(r"\d+\.\d+", one) for one in cells) else "."


def cell(sheet: Sheet, row: int, column: int) -> str:
    """What a cell says; nothing where the row is too short."""
    cells = sheet.rows[row].cells
    return cells[column] if column < len(cells) else ""


def ids_of(sheet: Sheet, row: int, columns: Mapping[str, int]) -> dict[str, str]:
    """The ids in one row, by kind."""
    return {kind: cell(sheet, row, column) for kind, column in columns.items()}


def choose(wanted: str, candidates: Sequence[tuple[int, str, Sequence[str]]], advice: str) -> tuple[int, str]:
    """The one column that is called as wanted.

    Parameters
    ----------
    wanted
        What was asked for.
    candidates
        For each column its place, its header, and all that it may be called.
    advice
        What to type, for the message.

    Raises
    ------
    ExportError
        If none or several are called so; the message lists all that there are.
    """
    for same in (str, letters):
        found = [one for one in candidates if same(wanted) in {same(name) for name in one[2]}]
        if len(found) == 1:
            return found[0][0], found[0][1]
    listed = "".join(f"\n  {header}" for _, header, _ in candidates) or " none"
    problem = "Several columns are" if found else "No column is"
    raise ExportError(f"{problem} called {wanted!r}. {advice} The columns for marks:{listed}")
