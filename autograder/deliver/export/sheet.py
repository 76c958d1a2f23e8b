"""A CSV file in which single cells can be changed while every other byte stays as it is."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from functools import lru_cache

from autograder.deliver.export.errors import ExportError

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_ENCODINGS = ("utf-8", "cp1252", "latin-1")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"([^"]*)')


@dataclass(slots=True)
class Row:
    """One line of a sheet: its cells as they are written, quotes included, and the line's end."""

    raw: list[str]
    end: str

    @property
    def cells(self) -> list[str]:
        """The cells as they are meant."""
        return [meant(one) for one in self.raw]


@dataclass(slots=True)
class Sheet:
    """The rows of a CSV file, and how it was saved."""

    rows: list[Row]
    delimiter: str
    encoding: str = "utf-8"
    bom: bytes = b""
    changed: set[tuple[int, int]] = field(default_factory=set)

    @classmethod
    def read(cls, data: bytes) -> Sheet:
        """Take a CSV file apart.

        Raises
        ------
        ExportError
            If it is not one.
        """
        bom, encoding, text = _decoded(data)
        delimiter = _delimiter(text)
        rows = list(_rows(text, delimiter))
        if not rows or "\0" in text or text.startswith("PK\x03\x04"):
            raise ExportError("The template is not a CSV file. Export it from the platform once more.")
        return cls(rows, delimiter, encoding, bom)

    def put(self, row: int, column: int, text: str) -> None:
        """Change one cell; it stays quoted if it was, and is quoted if it must be."""
        raw = self.rows[row].raw
        raw += [""] * (column + 1 - len(raw))
        if meant(raw[column]) == text:
            return
        must = any(letter in text for letter in (self.delimiter, '"', "\r", "\n"))
        raw[column] = '"' + text.replace('"', '""') + '"' if must or raw[column].startswith('"') else text
        self.changed.add((row, column))

    def bytes(self) -> bytes:
        """The file: of an unchanged sheet the very bytes that were read."""
        text = "".join(self.delimiter.join(row.raw) + row.end for row in self.rows)
        return self.bom + text.encode(self.encoding)


def meant(raw: str) -> str:
    """What a cell says, without the quotes that the file puts around it."""
    quoted = _QUOTED.fullmatch(raw)
    return quoted[1].replace('""', '"') + quoted[2] if quoted else raw


def _decoded(data: bytes) -> tuple[bytes, str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return bom, encoding, data[len(bom) :].decode(encoding)
            except UnicodeDecodeError:
                break
    for encoding in _ENCODINGS:
        try:
            return b"", encoding, data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError("latin-1 decodes everything")


def _delimiter(text: str) -> str:
    """What separates the cells of the first line."""
    head = re.sub(r'"[^"]*"', "", re.split(r"[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0])
    return max(",;\t", key=lambda one: (head.count(one), one == ","))


@lru_cache(maxsize=8)
def _cell(delimiter: str) -> re.Pattern[str]:
    """One cell and what comes after it."""
    one = re.escape(delimiter)
    return re.compile(rf'("(?:[^"]|"")*"[^{one}\r\n]*|[^{one}\r\n]*)({one}|\r\n|\n|\r|\Z)')


def _rows(text: str, delimiter: str) -> list[Row]:
    rows: list[Row] = []
    raw: list[str] = []
    place = 0
    while place < len(text) or raw:
        found = _cell(delimiter).match(text, place)
        assert found is not None, "the last alternative of the pattern takes what is left of a line"
        raw.append(found[1])
        place = found.end()
        if found[2] != delimiter:
            rows.append(Row(raw, found[2]))
            raw = []
    return rows
