"""Read a table that a person or a platform saved as CSV, however it was saved."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from autograder.collect.lms.planned import CollectError

MAX_BYTES = 50_000_000


def read_table(path: Path) -> Iterator[list[str]]:
    """The rows of a CSV file: UTF-8 (with or without mark), UTF-16 or Windows' encoding; `,` `;` or tab between.

    Raises
    ------
    CollectError
        If the file is not there or is no such table.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CollectError(f"The roster {path} cannot be read: {error.strerror}.") from error
    if len(data) > MAX_BYTES or data.startswith(b"PK\x03\x04") or (b"\0" in data[:4000] and not _wide(data)):
        raise CollectError(f"The roster {path} is not a CSV file. Save it as CSV, and try again.")
    text = decoded(data)
    head = next((line for line in re.split(r"[\r\n]+", text) if line.strip()), "")
    delimiter = max(",;\t", key=lambda one: (head.count(one), one == ","))
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise CollectError(f"The roster {path} is damaged: {error}.") from error


def _wide(data: bytes) -> bool:
    return data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def decoded(data: bytes) -> str:
    """The text of bytes in one of the encodings that spreadsheets write."""
    if _wide(data):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
