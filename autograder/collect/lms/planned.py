"""The values of a collection: what was found where, whose it is, and what was refused. Nothing here touches a disk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder.records import Person


class CollectError(Exception):
    """The instructor asked for something that cannot be: no such file, no roster; the text says what to do."""


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What an archive may hold, by its own declaration, before anything of it is unpacked."""

    member_mb: int = 32
    total_mb: int = 4096
    ratio: int = 200
    members: int = 50_000


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive or a folder. `name` is its path there, with `/`; `index` its place in the archive."""

    source: Path
    name: str
    size: int
    crc: int
    index: int = -1

    @property
    def parts(self) -> tuple[str, ...]:
        """The folders and the file."""
        return tuple(self.name.split("/"))


@dataclass(frozen=True, slots=True)
class Problem:
    """A member, or a whole source (member ""), that was refused, and why."""

    source: str
    member: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A harmless file that is nobody's notebook."""

    source: str
    member: str
    reason: str


@dataclass(frozen=True, slots=True)
class Handed:
    """One file as a platform's download presents it; `ids` name who handed it in, the most exact one first.

    `file` is the name that the student gave it; `number` is the platform's own, which grows from attempt to attempt
    (0 where it has none). `owned` says that the folder in which it lies is the student's alone.
    """

    member: Member
    file: str
    ids: tuple[tuple[str, str], ...]
    name: str = ""
    time: datetime | None = None
    late: bool = False
    number: int = 0
    handed_in: str = ""
    owned: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """One notebook that a student handed in, and `beside` it other files, by their names from the notebook's folder."""

    member: Member
    file: str
    time: datetime | None
    late: bool
    handed_in: str = ""
    beside: tuple[tuple[str, Member], ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """A student and all their attempts, the oldest first; the last one is graded."""

    person: Person
    attempts: tuple[Attempt, ...]
    on_roster: bool = False

    @property
    def chosen(self) -> Attempt:
        """The attempt that is graded."""
        return self.attempts[-1]


@dataclass(frozen=True, slots=True)
class Source:
    """One archive or folder, the form in which it was recognised ("" for none), and how many files it holds."""

    path: Path
    form: str
    files: int


@dataclass(frozen=True, slots=True)
class CollectPlan:
    """What collecting would do. `missing` are the people of the roster who handed in no notebook."""

    assignment: str
    sources: tuple[Source, ...]
    students: tuple[Planned, ...]
    problems: tuple[Problem, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    missing: tuple[Person, ...] = ()
    notes: tuple[str, ...] = ()
    limits: ArchiveLimits = ArchiveLimits()
