"""The gradebook that Canvas exports and imports."""

from __future__ import annotations

import re

from autograder.deliver.export.errors import ExportError
from autograder.deliver.export.layout import Layout, cell, choose, decimal_sign, ids_of, letters, number
from autograder.deliver.export.sheet import Sheet

_KINDS = {"id": "canvas", "sisuserid": "number", "sisloginid": "login"}
_ABOUT_PEOPLE = {
    "student", "lastname", "firstname", "id", "sisuserid", "sisloginid", "integrationid", "rootaccount", "section",
}  # fmt: skip
_COMPUTED = re.compile(r"(Current|Final|Override) (Score|Points|Grade|Status)")
_TITLE = re.compile(r"(?P<title>.*) \((?P<id>\d+)\)")
POINTS_POSSIBLE = "    Points Possible"


def canvas_layout(sheet: Sheet, wanted: str) -> Layout:
    """Read a gradebook's layout; `wanted` is a column's header, title or id.

    Raises
    ------
    ExportError
        If it is no such gradebook, or the column is not the only one of its name.
    """
    header = sheet.rows[0].cells
    plain = [letters(one) for one in header]
    if "id" not in plain[:3] or not any("student" in one or one == "lastname" for one in plain[:1]):
        raise ExportError("The template is not a gradebook of Canvas: its first columns are not Student and ID.")
    points = next((row for row in range(1, len(sheet.rows)) if "Points Possible" in cell(sheet, row, 0)), None)
    candidates = [
        (place, one, _names(one))
        for place, one in enumerate(header)
        if plain[place] not in _ABOUT_PEOPLE and one.strip() and not _computed(sheet, points, place, one)
    ]
    column, title = choose(wanted, candidates, "Name one with --column.")
    rows = [row for row in range((points or 0) + 1, len(sheet.rows)) if cell(sheet, row, 0).strip()]
    places = {kind: plain.index(one) for one, kind in _KINDS.items() if one in plain}
    people = {row: ids_of(sheet, row, places) | {"name": _name(sheet, row, plain)} for row in rows}
    maximum = number(cell(sheet, points, column)) if points is not None else None
    marks = [place for place, _, _ in candidates]
    sign = decimal_sign(sheet, marks, ([points] if points is not None else []) + rows)
    return Layout(column, title, people, maximum, sign, frozenset({"EX", "ex", "Ex", "N/A"}))


def _names(header: str) -> list[str]:
    """What a column may be called: as it is, by the title, and by the id."""
    found = _TITLE.fullmatch(header)
    return [header, found["title"], found["id"]] if found else [header]


def _computed(sheet: Sheet, points: int | None, place: int, header: str) -> bool:
    """Whether Canvas computes a column itself, or says that it takes nothing there."""
    read_only = points is not None and "read only" in cell(sheet, points, place)
    return read_only or _COMPUTED.search(header) is not None


def _name(sheet: Sheet, row: int, plain: list[str]) -> str:
    if plain[0] == "lastname":
        return f"{cell(sheet, row, 0)}, {cell(sheet, row, 1)}"
    return cell(sheet, row, 0)
