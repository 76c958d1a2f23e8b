"""Find the submissions in what the instructor points at: an nbgrader tree, a flat folder, or one notebook."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from autograder.collect.names import junk
from autograder.records import Submission


class NoSubmissionsError(Exception):
    """There is nothing to grade where the instructor pointed."""


def find(place: Path, assignment: str, notebook: str = "", others: Collection[str] = ()) -> tuple[Submission, ...]:
    """List the submissions in a folder, or the one in a file.

    Parameters
    ----------
    place
        `<student>/<assignment>/<notebook>.ipynb` below it (nbgrader's tree), `<student>.ipynb` in it (a flat folder),
        or a notebook itself. Links are listed as they are and never followed.
    assignment
        Name of the folder below each student's.
    notebook
        Name of the notebook that is preferred in that folder; by default the assignment's.
    others
        Names of the assignment's other notebooks. If there are any, only nbgrader's tree tells them apart.

    Returns
    -------
    tuple of Submission
        Sorted by student. A student's folder without a notebook is a submission whose file does not exist.

    Raises
    ------
    NoSubmissionsError
        If the place does not exist or holds no submission, or two of one student.
    """
    notebook = notebook or assignment
    if place.is_file() and others:
        raise NoSubmissionsError(
            f"{assignment} has several notebooks: type the folder in which this one is STUDENT/{assignment}/{notebook}"
            f".ipynb, and not {place} alone."
        )
    if place.is_file():
        return (Submission(readable(place.stem), place),)
    if not place.is_dir():
        raise NoSubmissionsError(f"There is no file or folder {place}. Type the folder that holds the submissions.")
    flat = [Submission(readable(path.stem), path) for path in handed_in(place.glob("*.ipynb"))] if not others else []
    tree = [in_tree(path / assignment, notebook, others) for path in place.iterdir() if holds(path, assignment)]
    found = sorted(flat + tree, key=lambda submission: submission.student)
    if not found:
        name, flat_too = (notebook, "") if others else ("NOTEBOOK", ", or STUDENT.ipynb in it")
        raise NoSubmissionsError(
            f"No submissions of {assignment!r} in {place}. Expected STUDENT/{assignment}/{name}.ipynb below it"
            f"{flat_too}; it holds {listing(place)}."
        )
    for one, other in pairwise(found):
        if one.student == other.student:
            raise NoSubmissionsError(
                f"There are two submissions of {one.student!r}: {one.path} and {other.path}. "
                "Move one of them elsewhere, then type the same command again."
            )
    return tuple(found)


def readable(name: str) -> str:
    """A name on the disk as a student's: bytes that are no text, from an old computer's archive, by their numbers."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def handed_in(notebooks: Iterable[Path]) -> list[Path]:
    """Notebooks without what computers leave beside them."""
    return sorted(path for path in notebooks if not junk(path.name))


def holds(folder: Path, name: str) -> bool:
    """Whether a folder holds something of this name. One that may not be looked into does: reading it says why not."""
    try:
        (folder / name).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def in_tree(folder: Path, notebook: str, others: Collection[str]) -> Submission:
    """What a student's folder holds; of several notebooks the one that bears the name, whether it is there or not."""
    if not may_be_opened(folder):  # what reads it says why
        return Submission(readable(folder.parent.name), folder, folder)
    if not others:
        return Submission(readable(folder.parent.name), notebook_in(folder, notebook), folder)
    path = folder / f"{notebook}.ipynb"
    return Submission(readable(folder.parent.name), path, folder, others_handed_in(path, others))


def may_be_opened(folder: Path) -> bool:
    """Whether a folder is no link, and can be looked at."""
    try:
        return not folder.is_symlink()
    except OSError:
        return False


def others_handed_in(path: Path, others: Collection[str]) -> bool:
    """Whether one of these other notebooks lies beside this one."""
    return any(os.path.lexists(path.with_name(f"{name}.ipynb")) for name in others)


def notebook_in(folder: Path, name: str) -> Path:
    """The notebook of one student's folder: the one of this name, else the only one."""
    expected = folder / f"{name}.ipynb"
    others = handed_in(folder.glob("*.ipynb"))
    if expected in others or len(others) != 1:
        return expected
    return others[0]


def misnamed(folder: Path | None) -> str:
    """The notebooks in the folder of a student whose notebook is not found by its name, for a message; or nothing."""
    found = handed_in(folder.glob("*.ipynb")) if folder else []
    return listed([path.name for path in found]) if found else ""


def listing(place: Path) -> str:
    """The first few names in a folder, for an error message."""
    return listed(sorted(path.name for path in place.iterdir()))


def listed(names: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    names = [readable(name) for name in names]
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "") if names else "nothing"
