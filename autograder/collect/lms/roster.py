"""The roster: who the people behind a platform's ids are. Any export that lists people will do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from autograder.collect.lms.planned import CollectError
from autograder.collect.lms.table import read_table
from autograder.collect.names import letters, student_name
from autograder.records import Person

_HEADERS = {
    "student": "student studentid nbgraderid folder netid",
    "name": "name fullname nomcomplet nombrecompleto nomecompleto vollstandigername volledigenaam anzeigename"
    " sortablename",
    "first": "firstname givenname vorname prenom nombre nome voornaam",
    "last": "lastname surname familyname nachname nom apellidos apellido cognome sobrenome apelido achternaam",
    "email": "email emailaddress mail emailadresse adressedecourriel adresseemail correoelectronico"
    " direcciondecorreo indirizzoemail enderecodeemail emailadres",
    "login": "login username loginid sisloginid benutzername anmeldename identifiantdeconnexion nomdutilisateur"
    " nombredeusuario gebruikersnaam",
    "number": "number idnumber sisid sisuserid sid matriculationnumber matrikelnummer idnummer numerodidentification"
    " numerodeid numeroid",
    "canvas": "canvas canvasid canvasuserid lmsuserid",
    "participant": "participant participantid identifier identificador identificatie identifiant",
    "anonymous": "anonymous anonymousid",
}
"""The headers of each field, letters only: those of our own table, of Canvas, Moodle (six languages) and Gradescope."""

FIELDS = {header: field for field, headers in _HEADERS.items() for header in headers.split()}
_AS_STUDENT = ("student", "login", "number", "email", "canvas", "participant")
_IDS = ("canvas", "anonymous", "participant", "number", "login", "email")


def read_roster(path: Path) -> tuple[Person, ...]:
    """Read the people of a roster.

    Parameters
    ----------
    path
        A CSV file with one person to a row. Columns, in any order and in several languages: `student` (the name of
        their folder; without it, or where it cannot be one, the login, number, e-mail or platform's id is taken),
        `name` or `first name` and `last name`, `email`, `login`, `number`, `canvas id`, `participant`,
        `anonymous id`; others are ignored.

    Raises
    ------
    CollectError
        If there is no such table in the file, or nothing in a row can be a folder's name.
    """
    rows = read_table(path)
    columns = _columns(next(rows, []))
    if not set(columns.values()) & set(_AS_STUDENT):
        known = "student, login, number, email, canvas id, participant"
        raise CollectError(f"The roster {path} has none of these columns: {known}. Its first line must name them.")
    people: dict[str, Person] = {}
    for number, row in enumerate(rows, start=2):
        person = _person({field: row[place].strip() for place, field in columns.items() if place < len(row)})
        if person is None:
            continue
        if student_name(person.student) != person.student:
            raise CollectError(f"The roster {path}, row {number}: {person.student!r} cannot be a folder's name.")
        if person.student in people:
            raise CollectError(f"The roster {path}, row {number}: {person.student!r} is there twice.")
        people[person.student] = person
    return tuple(people.values())


def _columns(header: list[str]) -> dict[int, str]:
    """Which column holds which field. `Student` and `ID` mean something else in Canvas's own gradebook."""
    plain = [letters(cell) for cell in header]
    fields = dict(FIELDS)
    if "student" in plain and "id" in plain and "section" in plain:
        fields |= {"student": "name", "id": "canvas"}
    elif "id" in plain:
        # nbgrader's own list of students says id, Moodle's German worksheet too, beside the full name
        fields["id"] = "student" if "lmsuserid" in plain or "student" not in plain else ""
        if {"vollstandigername", "fullname"} & set(plain):
            fields["id"] = "participant"
    found: dict[int, str] = {}
    for place, cell in enumerate(plain):
        field = fields.get(cell, "")
        if field and field not in found.values():
            found[place] = field
    return found


def _person(row: Mapping[str, str]) -> Person | None:
    """One row's person; None for an empty row, and for Canvas's row of points."""
    row = {field: value for field, value in row.items() if value}
    name = row.get("name") or ", ".join(part for part in (row.get("last"), row.get("first")) if part)
    if "participant" in row:
        row["participant"] = (re.findall(r"\d+", row["participant"]) or [""])[-1]
    offered = [row[field] for field in _AS_STUDENT if row.get(field)]
    if not offered or letters(name) == "pointspossible":
        return None
    student = next((one for one in offered if student_name(one) == one), offered[0])
    if row.get("student") not in (None, student):
        row.setdefault("login", row["student"])  # they are still known by it
    ids = tuple((kind, row[kind]) for kind in _IDS if row.get(kind))
    return Person(student, name, ids)
