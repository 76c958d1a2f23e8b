"""Find the person behind what was handed in: by the roster, else by the platform's own id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from autograder.collect.lms.planned import Handed
from autograder.collect.names import letters, student_name
from autograder.records import Person

_AS_STUDENT = {"anonymous": "anon_{}"}
_ALSO = ("login", "number", "email", "canvas", "participant")
"""What a folder that somebody named by hand may be called by, besides the student's own name in the roster."""


class People:
    """The roster, by every id and every spelling of a name; what two people share finds neither."""

    def __init__(self, roster: Iterable[Person]) -> None:
        self._by: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._people = {person.student: person for person in roster}
        for person in self._people.values():
            for key in _keys(person):
                self._by[key].add(person.student)

    def who(self, handed: Handed) -> Person | None:
        """The person, with what the download tells of them; None where no folder can be named for them."""
        known = self._find(handed)
        if known:
            ids = dict(known.ids) | {kind: value for kind, value in handed.ids if kind != "student"}
            return replace(known, ids=tuple(ids.items()), handed_in=handed.handed_in)
        kind, value = handed.ids[0]
        student = student_name(_AS_STUDENT.get(kind, "{}").format(value))
        ids = {one: text for one, text in handed.ids if one != "student"}
        return Person(student, handed.name, tuple(ids.items()), handed.handed_in) if student else None

    def on_roster(self, person: Person) -> bool:
        """Whether the roster holds this person."""
        return person.student in self._people

    def others(self, present: set[str]) -> Iterator[Person]:
        """The people of the roster who are not present."""
        return (person for student, person in self._people.items() if student not in present)

    def _find(self, handed: Handed) -> Person | None:
        for kind, value in handed.ids:
            kinds = (kind, *_ALSO) if kind == "student" else (kind,)
            for one in kinds:
                found = self._by.get((one, value.casefold()), set())
                if found:
                    return self._only(found)
        names = [handed.name] + [value for kind, value in handed.ids if kind == "student"]
        for name in filter(letters, names):
            found = {
                student
                for student in self._by.get(("name", letters(name)), ())
                if not contradicts(self._people[student], handed)
            }
            if found:
                return self._only(found)
        return None

    def _only(self, students: set[str]) -> Person | None:
        return self._people[next(iter(students))] if len(students) == 1 else None


def contradicts(person: Person, handed: Handed) -> bool:
    """Whether the roster knows another id of this person: then it is somebody else of the same name."""
    fixed = [(kind, value) for kind, value in handed.ids if kind in ("canvas", "number", "email")]
    return any(person.id(kind) and person.id(kind).casefold() != value.casefold() for kind, value in fixed)


def _keys(person: Person) -> Iterator[tuple[str, str]]:
    yield "student", person.student.casefold()
    for kind, value in person.ids:
        yield kind, value.casefold()
    for spelling in spellings(person.name):
        yield "name", spelling


def spellings(name: str) -> set[str]:
    """The ways in which platforms write a name, letters only: as it is, and with the last name first or last."""
    found = {letters(name)}
    last, comma, first = name.partition(",")
    if comma:
        found |= {letters(first + last), letters(last + first)}
    else:
        words = name.split()
        found |= {letters("".join(words[place:] + words[:place])) for place in range(1, len(words))}
    return {one for one in found if one}
