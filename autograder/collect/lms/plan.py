"""Say what collecting would do: who handed in what, and what is refused. Nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from autograder.collect.lms import companions
from autograder.collect.lms.archive import Contents, look_into
from autograder.collect.lms.forms import left_over, recognise
from autograder.collect.lms.people import People
from autograder.collect.lms.planned import (
    ArchiveLimits,
    Attempt,
    CollectError,
    CollectPlan,
    Handed,
    Member,
    Planned,
    Problem,
    Source,
    Unmatched,
)
from autograder.collect.lms.roster import read_roster
from autograder.collect.names import is_called, is_notebook, rename_number, student_name
from autograder.records import Person


def plan(
    sources: Sequence[Path], assignment: str, roster: Path | None = None, limits: ArchiveLimits | None = None
) -> CollectPlan:
    """Plan a collection.

    Parameters
    ----------
    sources
        Zip files and folders as Canvas, Moodle, Gradescope, nbgrader or people made them, the earliest download first.
    assignment
        The assignment's name: of the folder that each student gets, and of the notebook in it.
    roster
        A CSV file that says who is behind a platform's ids; see `read_roster`.
    limits
        What an archive may hold.

    Raises
    ------
    CollectError
        If a source or the roster is not there, or the assignment's name cannot be a folder's.
    """
    if student_name(assignment) != assignment:
        raise CollectError(f"{assignment!r} cannot be the name of a folder.")
    limits = limits or ArchiveLimits()
    draft = Draft(assignment, People(read_roster(roster) if roster else ()), limits)
    with Contents() as contents:
        for source in sources:
            draft.take(source, contents)
    return draft.finished()


Found = tuple[int, Handed, companions.Companions]
"""A notebook, the number of the source that it is from, and what lies beside it."""


class Draft:
    """A plan in the making."""

    def __init__(self, assignment: str, people: People, limits: ArchiveLimits) -> None:
        self._assignment, self._people, self._limits = assignment, people, limits
        self._sources: list[Source] = []
        self._problems: list[Problem] = []
        self._unmatched: list[Unmatched] = []
        self._notes: list[str] = []
        self._persons: dict[str, Person] = {}
        self._handed: dict[str, list[Found]] = defaultdict(list)

    def take(self, path: Path, contents: Contents) -> None:
        """Add all that one source holds."""
        listing = look_into(path, self._limits)
        form, handed = recognise(listing.members, self._assignment, contents)
        self._sources.append(Source(path, form, len(listing.members)))
        self._problems += listing.problems
        mine: dict[str, list[Handed]] = defaultdict(list)
        for one in handed:
            if is_notebook(one.file) and one.ids:
                self._take_notebook(one, mine)
        taken: set[Member] = set()
        held = companions.Source(handed, listing.members)
        for student, notebooks in mine.items():
            for one in self._fitting(student, notebooks):
                along, problems = held.companions(one)
                taken |= {member for _, member in along}
                self._problems += problems
                self._handed[student].append((len(self._sources), one, along))
        self._unmatched += left_over(listing.members, handed, form, self._assignment, taken)

    def _take_notebook(self, one: Handed, mine: dict[str, list[Handed]]) -> None:
        """Find whose notebook it is."""
        person = self._people.who(one)
        if person is None:
            message = "The name of whoever handed it in cannot be a folder's."
            self._problems.append(Problem(str(one.member.source), one.member.name, "student", message))
            return
        self._persons[person.student] = merged(self._persons.get(person.student), person)
        mine[person.student].append(one)

    def _fitting(self, student: str, notebooks: list[Handed]) -> list[Handed]:
        """Of one student's notebooks in one source those that bear the assignment's name, if any does."""
        fitting = [one for one in notebooks if is_called(one.file, self._assignment)]
        if not fitting:
            if len({one.file for one in notebooks}) > 1:
                self._notes.append(
                    f"{student} handed in several notebooks, none called {self._assignment}: the last one counts."
                )
            return notebooks
        self._unmatched += [
            Unmatched(
                str(one.member.source), one.member.name, f"Another notebook of the same student ({student}) was taken."
            )
            for one in notebooks
            if one not in fitting
        ]
        return fitting

    def finished(self) -> CollectPlan:
        """The plan."""
        students = [self._planned(student) for student in sorted(self._handed)]
        return CollectPlan(
            self._assignment,
            tuple(self._sources),
            tuple(students),
            tuple(self._problems),
            tuple(self._unmatched),
            tuple(self._people.others(set(self._handed))),
            tuple(self._notes),
            self._limits,
        )

    def _planned(self, student: str) -> Planned:
        """One student; the platform takes feedback back under the name of the attempt that is graded."""
        tries = attempts(self._handed[student])
        person = replace(self._persons[student], handed_in=tries[-1].handed_in)
        return Planned(person, tries, self._people.on_roster(person))


def merged(known: Person | None, person: Person) -> Person:
    """A person with the ids of an earlier source too; the later source's word counts."""
    if known is None:
        return person
    return replace(person, name=person.name or known.name, ids=tuple((dict(known.ids) | dict(person.ids)).items()))


def attempts(handed: list[Found]) -> tuple[Attempt, ...]:
    """A student's attempts, the oldest first; what was downloaded twice counts once, as late as it came."""
    known: dict[tuple[object, ...], Attempt] = {}
    for _, one, along in sorted(handed, key=lambda found: age(*found[:2])):
        beside = tuple((name, member.size, member.crc) for name, member in along)
        key = (one.file, one.member.size, one.member.crc, one.time, one.number, beside)
        known.pop(key, None)
        known[key] = Attempt(one.member, one.file, one.time, one.late, one.handed_in, along)
    return tuple(known.values())


def age(source: int, one: Handed) -> tuple[float, int, int, int, str]:
    """What sorts attempts: their time or the platform's own number, else the downloads' order and the renaming."""
    time = one.time.timestamp() if one.time else 0.0
    return time, one.number, source, rename_number(one.file), one.member.name
