"""Write what was planned: an nbgrader tree in which every name is ours, and a record of where everything came from."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from autograder.collect.beside import beside, fingerprint
from autograder.collect.lms.archive import Contents
from autograder.collect.lms.nbgrader import TIMESTAMP, written_time
from autograder.collect.lms.planned import Attempt, CollectError, CollectPlan, Member, Planned, Problem
from autograder.collect.lms.record import record_path, write_record
from autograder.collect.read import Unreadable, read, sha256

ATTEMPTS = "attempts"

Files = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Collected:
    """What was written. Every list holds students' names."""

    target: Path
    record: Path
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    replaced: tuple[str, ...]
    problems: tuple[Problem, ...]


def carry_out(plan: CollectPlan, target: Path) -> Collected:
    """Write `<student>/<assignment>/<assignment>.ipynb` for each student of a plan.

    Beside it come the files that were handed in with it, and `timestamp.txt` where the time is known. Every other
    attempt, and one that was there before and differs, is kept below `<student>/attempts/<assignment>`, as
    `<number>-<sha256>.ipynb` and with its files in a folder of that name. Nothing is overwritten unkept.

    Raises
    ------
    CollectError
        If a folder of the target is a link or a file.
    """
    work = Work(plan, target)
    with Contents() as contents:
        for planned in plan.students:
            work.write(planned, contents)
    write_record(target, plan, {*work.written, *work.unchanged, *work.replaced})
    return Collected(
        target,
        record_path(target, plan.assignment),
        tuple(work.written),
        tuple(work.unchanged),
        tuple(work.replaced),
        tuple(work.problems),
    )


@dataclass(frozen=True, slots=True)
class HandedIn:
    """An attempt's notebook, and what lies beside it."""

    notebook: bytes
    files: Files = ()


class Work:
    """A collection on its way to the disk."""

    def __init__(self, plan: CollectPlan, target: Path) -> None:
        self._plan, self._target = plan, target
        self.written: list[str] = []
        self.unchanged: list[str] = []
        self.replaced: list[str] = []
        self.problems: list[Problem] = []
        target.mkdir(parents=True, exist_ok=True)

    def write(self, planned: Planned, contents: Contents) -> None:
        """Write one student's attempts; the last one that can be read is the one that is graded."""
        read_ones = [(one, work) for one in planned.attempts if (work := self._read(one, contents)) is not None]
        if not read_ones:
            return
        student, assignment = planned.person.student, self._plan.assignment
        for number, (_, work) in enumerate(read_ones[:-1], start=1):
            self._keep(student, number, work)
        chosen, work = read_ones[-1]
        folder = own_folder(self._target, student, assignment)
        before = self._before(folder)
        if before is not None and before != work:
            self._keep(student, len(read_ones), before)
        if before is None or before != work:
            put(folder / f"{assignment}.ipynb", work.notebook)
            self._lay(folder, before.files if before else beside(folder, ()).files, work.files)
        stamp(folder, chosen)
        kind = self.written if before is None else self.unchanged if before == work else self.replaced
        kind.append(student)

    def _read(self, attempt: Attempt, contents: Contents) -> HandedIn | None:
        notebook = self._content(attempt.member, contents)
        if notebook is None:
            return None
        files = [(name, self._content(member, contents)) for name, member in attempt.beside]
        return HandedIn(notebook, tuple((name, content) for name, content in files if content is not None))

    def _content(self, member: Member, contents: Contents) -> bytes | None:
        try:
            return contents.read(member)
        except Unreadable as reason:
            self.problems.append(Problem(str(member.source), member.name, "damaged", str(reason)))
            return None

    def _before(self, folder: Path) -> HandedIn | None:
        """What an earlier collection put here."""
        place = folder / f"{self._plan.assignment}.ipynb"
        try:
            return HandedIn(read(place, self._plan.limits.member_mb * 1_000_000), beside(folder, ()).files)
        except (FileNotFoundError, Unreadable):
            return None

    def _keep(self, student: str, number: int, work: HandedIn) -> None:
        """Keep an attempt that is not graded, once."""
        folder = own_folder(self._target, student, ATTEMPTS, self._plan.assignment)
        digest = fingerprint(sha256(work.notebook), work.files)[:12]
        if not any(path.name.endswith(f"-{digest}.ipynb") for path in folder.iterdir()):
            put(folder / f"{number:02d}-{digest}.ipynb", work.notebook)
            if work.files:
                self._lay(own_folder(folder, f"{number:02d}-{digest}"), (), work.files)

    def _lay(self, folder: Path, before: Files, after: Files) -> None:
        """Put files in the place of those that lay there."""
        for name, _ in set(before) - set(after):
            (folder / name).unlink()
            for empty in PurePosixPath(name).parents[:-1]:
                with contextlib.suppress(OSError):  # it is not empty, or gone
                    (folder / empty).rmdir()
        for name, content in after:
            *folders, file = name.split("/")
            put(own_folder(folder, *folders) / file, content)


def stamp(folder: Path, attempt: Attempt) -> None:
    """Write down when it was handed in, for nbgrader's lateness; an older attempt's time does not stay."""
    if attempt.time is None:
        (folder / TIMESTAMP).unlink(missing_ok=True)
    else:
        put(folder / TIMESTAMP, (written_time(attempt.time) + "\n").encode())


def own_folder(target: Path, *names: str) -> Path:
    """Make folders below the target, and refuse to walk through a link."""
    folder = target
    for name in names:
        folder /= name
        try:
            folder.mkdir(exist_ok=True)
        except FileExistsError:
            raise CollectError(f"{folder} is in the way: it is not a folder. Move it, and collect again.") from None
        if folder.is_symlink():
            raise CollectError(f"{folder} is a link, which is not followed. Remove it, and collect again.")
    return folder


def put(place: Path, data: bytes) -> None:
    """Write a file so that there is always the old one or the new one; a link in its place is replaced."""
    new = place.with_name(f".{place.name}.new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    new.replace(place)
