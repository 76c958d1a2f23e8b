"""A finished run, read back from its folder."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder import collect, program
from autograder.deliver.results import result_from_json
from autograder.program import Project
from autograder.records import Graded, Release, Result
from autograder.several import together


class RunError(Exception):
    """The folder holds no finished run, or not what was asked for; the text says what to type."""


@dataclass(frozen=True, slots=True)
class Run:
    """The results of `autograder grade --out FOLDER`.

    `notebook` is the one that they are about, "" where that is the assignment's only one. Where they are sums over
    several, those are the `notebooks`, each with a run of its own in a folder of its name.
    """

    folder: Path
    assignment: str
    release_id: str
    results: tuple[Result, ...]
    notebook: str = ""
    notebooks: tuple[str, ...] = ()

    def of(self, student: str) -> Result:
        """The result of one student.

        Raises
        ------
        RunError
            If there is none.
        """
        for result in self.results:
            if result.student == student:
                return result
        names = ", ".join(result.student for result in self.results[:8])
        raise RunError(f"{self.folder} has no result of {student!r}. It has: {names}{' …' * (len(self.results) > 8)}")


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold the folder of a run, so that no other command writes to it meanwhile; it is let go of however this ends.

    Raises
    ------
    RunError
        If another command holds it.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with contextlib.suppress(OSError):  # of a disk that knows no such locks
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise RunError(
                    f"Another autograder command is writing to {folder}. Wait until it has ended, or name another "
                    "folder with --out."
                ) from None
        yield
    finally:
        os.close(descriptor)


def load_run(folder: Path) -> Run:
    """Read `results.json` of a run.

    Raises
    ------
    RunError
        If it is not there or cannot be read.
    """
    path = folder / "results.json"
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        results = tuple(result_from_json(one) for one in table["submissions"])
        about = str(table.get("notebook", "")), tuple(map(str, table.get("notebooks", ())))
        return Run(folder, table["assignment"], table["release"], results, *about)
    except FileNotFoundError as error:
        raise RunError(f"There is no {path}. Type: autograder grade SUBMISSIONS --out {folder}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise RunError(
            f"{path} is damaged ({error}). Grade again: autograder grade SUBMISSIONS --out {folder}"
        ) from error


def releases_of(project: Project, run: Run, level: Any = None) -> tuple[Release, ...]:
    """The releases of a run's assignment as they are now, of its notebook or of its notebooks.

    Raises
    ------
    RunError
        If the assignment has other notebooks by now.
    """
    found = program.releases(project.at(run.assignment), run.assignment, level)
    wanted = run.notebooks or (run.notebook,)
    own = tuple(one for one in found if one.notebook in wanted)
    if len(own) != len(wanted) or (run.notebooks and own != found):
        names = ", ".join(one.notebook_name for one in found)
        raise RunError(
            f"{run.folder} is about other notebooks than {run.assignment} has now ({names}). "
            f"Grade again: autograder grade SUBMISSIONS --assignment {run.assignment}"
        )
    return own


def release_of(project: Project, run: Run, level: Any = None) -> Release:
    """The release of a run's notebook as it is now, or that of all of them together."""
    found = releases_of(project, run, level)
    return together(found, (one.id for one in found)) if run.notebooks else found[0]


def submitted(result: Result, release: Release) -> bytes | None:
    """The bytes that were graded, as long as the very file is still there."""
    try:
        data = collect.read(Path(result.file), release.limits.notebook_mb * 1_000_000)
    except (OSError, collect.Unreadable):
        return None
    return data if collect.sha256(data) == result.sha256 else None


def with_notebook(result: Result, release: Release) -> tuple[Graded, bytes | None]:
    """The result with its restored notebook and bytes, as long as the very file that was graded is still there."""
    data = submitted(result, release)
    try:
        return (Graded(result), None) if data is None else (Graded(result, collect.restore(data, release)), data)
    except collect.Unreadable:
        return Graded(result), None
