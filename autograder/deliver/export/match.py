"""Find each student's row in a teacher's file."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from autograder.records import Person

KINDS = ("canvas", "participant", "number", "login", "email", "name")
"""What a row and a person can have in common, the most exact first."""


@dataclass(frozen=True, slots=True)
class Matches:
    """The row of each student who has one, and why the others have none."""

    rows: Mapping[str, int]
    unmatched: Mapping[str, str]


def match(students: Iterable[str], people: Iterable[Person], rows: Mapping[int, Mapping[str, str]]) -> Matches:
    """Match students to rows.

    Parameters
    ----------
    students
        The names of their folders.
    people
        What is known of them; who is not in it is looked for by the folder's name alone.
    rows
        For each row the ids in it, by kind.
    """
    index: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row, ids in rows.items():
        for kind, value in ids.items():
            if value.strip():
                index[kind, plain(kind, value)].add(row)
    known = {person.student: person for person in people}
    found: dict[str, int] = {}
    unmatched: dict[str, str] = {}
    for student in students:
        candidates = candidate_rows(student, known.get(student), index, rows)
        if len(candidates) == 1:
            found[student] = next(iter(candidates))
        else:
            unmatched[student] = "several rows are called so" if candidates else "no row of this student"
    return _without_shared(found, unmatched)


def candidate_rows(
    student: str,
    person: Person | None,
    index: Mapping[tuple[str, str], set[int]],
    rows: Mapping[int, Mapping[str, str]],
) -> set[int]:
    """The rows that the most exact id finds, without those that bear somebody else's id."""
    for key in keys(student, person):
        found = {row for row in index.get(key, ()) if not contradicts(person, rows[row])}
        if found:
            return found
    return set()


def contradicts(person: Person | None, row: Mapping[str, str]) -> bool:
    """Whether a row's lasting id is another one than the person's: then it is somebody else of the same name."""
    if person is None:
        return False
    pairs = [(person.id(kind).casefold(), row.get(kind, "").strip().casefold()) for kind in ("canvas", "number")]
    return any(mine and theirs and mine != theirs for mine, theirs in pairs)


def _without_shared(found: dict[str, int], unmatched: dict[str, str]) -> Matches:
    """Take away the rows that two students would share: neither gets the other's mark."""
    owners: dict[int, list[str]] = defaultdict(list)
    for student, row in found.items():
        owners[row].append(student)
    for students in owners.values():
        if len(students) > 1:
            for student in students:
                del found[student]
                unmatched[student] = f"the same row would be that of {', '.join(sorted(set(students) - {student}))}"
    return Matches(found, unmatched)


def keys(student: str, person: Person | None) -> Iterator[tuple[str, str]]:
    """By what a student's row is looked for, the most exact first."""
    for kind in KINDS[:-1]:
        if person and person.id(kind):
            yield kind, plain(kind, person.id(kind))
    for kind in KINDS[:-1]:
        if not (person and person.id(kind)) and (kind != "participant" or student.isdecimal()):
            yield kind, plain(kind, student)
    for name in filter(None, (person.name if person else "", student)):
        yield "name", plain("name", name)


def plain(kind: str, value: str) -> str:
    """An id so that spellings compare: names without accents and order, participants by their number."""
    value = value.strip()
    if kind == "participant":
        found = re.search(r"(\d+)\D*$", value)
        return str(found[1]) if found else ""
    if kind != "name":
        return value.casefold()
    letters = unicodedata.normalize("NFKD", value).casefold()
    words = re.findall(r"\w+", "".join(letter for letter in letters if not unicodedata.combining(letter)))
    return " ".join(sorted(words))
