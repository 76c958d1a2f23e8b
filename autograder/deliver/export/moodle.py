"""The offline grading worksheet of a Moodle assignment, in whatever language the site speaks."""

from __future__ import annotations

import re
from decimal import Decimal

from autograder.deliver.export.errors import ExportError
from autograder.deliver.export.layout import Layout, cell, choose, decimal_sign, ids_of, letters, number
from autograder.deliver.export.sheet import Sheet

_PARTICIPANT = re.compile(r"\s*\D+?\s*\d+\s*")

_HEADERS = {
    "participant": "identifier id identificador identificatie identifiant identificativo identifikator"
    " identifiseringsnummer 識別碼 المعرف",
    "name": "fullname vollstandigername nomcomplet nombrecompleto nomecompleto nomecognome volledigenaam"
    " fullstandignavn fuldenavn полноеимя 氏名 全名",
    "number": "idnumber idnummer numerodidentification numerodeid numeroid idnumero numeroidentificazione",
    "email": "emailaddress emailadresse adressedecourriel correoelectronico direcciondecorreo indirizzoemail"
    " enderecodeemail emailadres epostadresse",
    "grade": "grade bewertung note calificacion nota valutazione cijfer beoordeling betyg karakter karakterer arvosana"
    " ocena not qualificacio оценка 評点 評定 成绩 成績 الدرجة",
    "maximum": "maximumgrade bestebewertung hochstebewertung maximalebewertung notemaximale calificacionmaxima"
    " notamaxima valutazionemassima maximumcijfer maximalebeoordeling",
}
"""Headers, letters only, in English, German, French, Spanish, Portuguese, Italian, Dutch and some more."""

FIELDS = {letters(header): field for field, headers in _HEADERS.items() for header in headers.split()}


def moodle_layout(sheet: Sheet, column: str | None) -> Layout:
    """Read a worksheet's layout; `column` is the header of the column for marks where it is not recognised.

    Raises
    ------
    ExportError
        If it is no such worksheet, or the column for marks is not found.
    """
    header = sheet.rows[0].cells
    places: dict[str, int] = {}
    for place, one in enumerate(header):
        field = FIELDS.get(letters(one))
        if field:
            places.setdefault(field, place)
    rows = [row for row in range(1, len(sheet.rows)) if any(one.strip() for one in sheet.rows[row].cells)]
    if rows and all(_PARTICIPANT.fullmatch(cell(sheet, row, 0)) for row in rows):
        places["participant"] = 0
    if "participant" not in places and "email" not in places:
        raise ExportError(
            "The template is not a worksheet of Moodle: it names neither participants nor e-mail addresses."
        )
    if column is None and "grade" in places:
        marks, title = places["grade"], header[places["grade"]]
    else:
        candidates = [(place, one, [one]) for place, one in enumerate(header) if one.strip() and place]
        marks, title = choose(column or "Grade", candidates, "Name the one for marks with --column.")
    ids = {kind: place for kind, place in places.items() if kind not in ("grade", "maximum")}
    numbers = [marks, *([places["maximum"]] if "maximum" in places else [])]
    return Layout(
        marks,
        title,
        {row: ids_of(sheet, row, ids) for row in rows},
        _maximum(sheet, rows, places.get("maximum")),
        decimal_sign(sheet, numbers, rows),
    )


def _maximum(sheet: Sheet, rows: list[int], column: int | None) -> Decimal | None:
    found = {number(cell(sheet, row, column)) for row in rows} if column is not None else set()
    return found.pop() if len(found) == 1 else None
