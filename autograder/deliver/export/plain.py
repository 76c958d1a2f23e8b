"""Marks as tables made anew: CSV and JSON of our own, and what the platforms import where there is no template."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from autograder.deliver.export.canvas import POINTS_POSSIBLE
from autograder.deliver.export.formula import harmless
from autograder.deliver.export.marks import Mark, exact, two_decimals
from autograder.records import Person, Result

SCHEMA_VERSION = 1


def csv_table(rows: Sequence[Sequence[str]], bom: bool = False) -> bytes:
    """Rows as CSV, with every text harmless in a spreadsheet. The mark at the start lets Excel read accents."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([[harmless(cell) for cell in row] for row in rows])
    return (b"\xef\xbb\xbf" if bom else b"") + out.getvalue().encode("utf-8")


def own_csv(results: Sequence[Result], marks: Sequence[Mark], people: Sequence[Person]) -> bytes:
    """One row for each student: name, status, points, what being late cost, and each exercise and question."""
    known = {person.student: person for person in people}
    parts = list(dict.fromkeys(name for result in results for name in _parts(result)))
    rows = [["student", "name", "status", "points", "max points", "late penalty", *parts]]
    for result, mark in zip(results, marks, strict=True):
        scores = dict.fromkeys(parts, "") | _scores(result)
        person = known.get(result.student)
        penalty = two_decimals(mark.penalty) if mark.penalty else ""
        head = [result.student, person.name if person else "", result.status, mark.text, two_decimals(mark.maximum)]
        rows.append([*head, penalty, *scores.values()])
    return csv_table(rows, bom=True)


def _parts(result: Result) -> list[str]:
    """The names of the exercises and the questions."""
    return [exercise.name for exercise in result.exercises] + [question.name for question in result.manual]


def _scores(result: Result) -> dict[str, str]:
    """The points of each exercise and question; none where nothing was decided."""
    if result.score is None:
        return {}
    scores = {exercise.name: two_decimals(exact(exercise.score)) for exercise in result.exercises}
    return scores | {one.name: two_decimals(exact(one.score)) for one in result.manual if one.score is not None}


def own_json(results: Sequence[Result], marks: Sequence[Mark], people: Sequence[Person], assignment: str) -> bytes:
    """The same as plain data; points are numbers with two decimals, or null."""
    known = {person.student: person for person in people}
    students = [
        {
            "student": result.student,
            "name": known[result.student].name if result.student in known else "",
            "ids": dict(known[result.student].ids) if result.student in known else {},
            "status": result.status,
            "points": None if mark.points is None else float(mark.text),
            "max_points": float(two_decimals(mark.maximum)),
            "late_penalty": float(two_decimals(mark.penalty)),
            "pending": mark.pending,
            "exercises": {name: float(score) for name, score in _scores(result).items()},
        }
        for result, mark in zip(results, marks, strict=True)
    ]
    table = {"schema_version": SCHEMA_VERSION, "assignment": assignment, "students": students}
    return (json.dumps(table, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def canvas_csv(marks: Sequence[Mark], people: Sequence[Person], title: str) -> bytes:
    """A gradebook as Canvas imports it. It finds the assignment by its exact title, or makes a new one."""
    known = {person.student: person for person in people}
    maximum = max((mark.maximum for mark in marks), default=exact(0))
    rows = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", title]]
    rows.append([POINTS_POSSIBLE, "", "", "", "", two_decimals(maximum)])
    for mark in marks:
        person = known.get(mark.student, Person(mark.student, ids=_guess("canvas", "login", mark.student)))
        ids = [person.id(kind) for kind in ("canvas", "number", "login")]
        rows.append([person.name or mark.student, *ids, "", mark.text])
    return csv_table(rows)


def moodle_csv(marks: Sequence[Mark], people: Sequence[Person]) -> bytes:
    """A table as Moodle's gradebook imports it (by e-mail or ID number), with a worksheet's headers in English."""
    known = {person.student: person for person in people}
    rows = [["Identifier", "Full name", "ID number", "Email address", "Grade", "Last modified (grade)"]]
    for mark in marks:
        person = known.get(mark.student, Person(mark.student, ids=_guess("participant", "number", mark.student)))
        participant = person.id("participant") and f"Participant {person.id('participant')}"
        rows.append([participant, person.name or mark.student, person.id("number"), person.id("email"), mark.text, ""])
    return csv_table(rows)


def _guess(numeric: str, other: str, student: str) -> tuple[tuple[str, str], ...]:
    """What a folder's name is of whom nothing else is known: the platform's number, or a login."""
    return ((numeric if student.isdecimal() else other, student),)
