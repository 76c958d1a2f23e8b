"""Feedback pages packed so that Canvas and Moodle give each to whom it belongs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from autograder.deliver.export.errors import ExportError
from autograder.deliver.export.exported import Left
from autograder.deliver.export.packed import packed, refuse_to_overwrite, written
from autograder.deliver.feedback import feedback_name
from autograder.records import Person

_KIND = {"canvas": ("canvas", "anonymous"), "moodle": ("participant",)}
_CANVAS = re.compile(r"[^/\\\0]+_\d+")
PAGE = "feedback.html"


@dataclass(frozen=True, slots=True)
class Zipped:
    """A zip of feedback: how many students are in it, and who could not be."""

    out: Path
    students: int
    unmatched: tuple[Left, ...]


def feedback_zip(
    folder: Path, people: Sequence[Person], to: Literal["canvas", "moodle"], out: Path, force: bool = False
) -> Zipped:
    """Pack the feedback pages of a folder under the names that a platform takes back.

    Parameters
    ----------
    folder
        Holds `<student>.html`, or `<student>/.../*.html` as nbgrader writes it.
    people
        Who they are there: the people of the collection, which knows the names of the download.
    to
        The platform.
    out
        The zip to write.
    force
        Whether another file may be replaced.

    Raises
    ------
    ExportError
        If there is no feedback, or `out` exists.
    """
    refuse_to_overwrite(out, force)
    files: dict[str, bytes] = {}
    unmatched: list[Left] = []
    pages = _pages(folder, people)
    for student, (person, page) in pages.items():
        name = _name(person, to)
        if not name:
            unmatched.append(Left(student, "", f"it was not collected from {to.capitalize()}"))
        elif name in files:
            unmatched.append(Left(student, "", "somebody else's feedback has the same name there"))
        else:
            files[name] = page.read_bytes()
    if not pages:
        raise ExportError(f"There is no feedback in {folder}. Type `autograder feedback` first.")
    written(out, packed(files), force)
    return Zipped(out, len(files), tuple(unmatched))


def _pages(folder: Path, people: Sequence[Person]) -> dict[str, tuple[Person | None, Path]]:
    """The page of each student, and who they are; of several the first by name.

    Pages of our own are called by `feedback_name`, folders of nbgrader's by the student's name itself.
    """
    by_page = {feedback_name(one.student, numbered): one for one in people for numbered in (True, False)}
    by_folder = {one.student: one for one in people}
    found: dict[str, tuple[Person | None, Path]] = {}
    for path in sorted(folder.glob("*.html")) + sorted(folder.glob("*/**/*.html")):
        inner = path.relative_to(folder).parts
        person = by_page.get(path.stem) if len(inner) == 1 else by_folder.get(inner[0])
        student = person.student if person else path.stem if len(inner) == 1 else inner[0]
        if not path.is_symlink():
            found.setdefault(student, (person, path))
    return found


def _name(person: Person | None, to: str) -> str:
    """The name under which the platform knows whose it is; "" where it would not.

    Moodle reads the folder: somebody's name, the participant's number, the kind and the name of a plugin. Canvas reads
    the file: the user's id and that of the attachment.
    """
    if person is None or not any(person.id(kind) for kind in _KIND[to]):
        return ""
    if to == "canvas":
        return f"{person.handed_in}_{PAGE}" if _CANVAS.fullmatch(person.handed_in) else ""
    participant = person.id("participant")
    start = (
        person.handed_in if f"_{participant}" in person.handed_in else f"{person.name or 'Participant'}_{participant}"
    )
    folder = re.sub(r"[/\\\0]", " ", start)
    if "_assignsubmission_file" not in folder:
        folder = f"{folder}_assignsubmission_file_"
    return f"{folder}/{PAGE}"
