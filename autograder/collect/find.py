"""Find the submissions in what the instructor points at: an nbgrader tree, a flat folder, or one notebook."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

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
        If the place does not exist or holds no submission.
    """
    notebook = notebook or assignment
    if place.is_file() and others:
        raise NoSubmissionsError(
            f"{assignment} has several notebooks: type the folder in which this one is STUDENT/{assignment}/{notebook}"
            f".ipynb, and not {place} alone."
        )
    if place.is_file():
        return (Submission(place.stem, place),)
    if not place.is_dir():
        raise NoSubmissionsError(f"There is no file or folder {place}. Type the folder that holds the submissions.")
    flat = [Submission(path.stem, path) for path in place.glob("*.ipynb")] if not others else []
    tree = [in_tree(path, notebook, others) for path in place.glob(f"*/{assignment}")]
    found = sorted(flat + tree, key=lambda submission: submission.student)
    if not found:
        name, flat_too = (notebook, "") if others else ("NOTEBOOK", ", or STUDENT.ipynb in it")
        raise NoSubmissionsError(
            f"No submissions of {assignment!r} in {place}. Expected STUDENT/{assignment}/{name}.ipynb below it"
            f"{flat_too}; it holds {listing(place)}."
        )
    return tuple(found)


def in_tree(folder: Path, notebook: str, others: Collection[str]) -> Submission:
    """What a student's folder holds; of several notebooks the one that bears the name, whether it is there or not."""
    if not others:
        return Submission(folder.parent.name, notebook_in(folder, notebook), folder)
    path = folder / f"{notebook}.ipynb"
    return Submission(folder.parent.name, path, folder, others_handed_in(path, others))


def others_handed_in(path: Path, others: Collection[str]) -> bool:
    """Whether one of these other notebooks lies beside this one."""
    return any(os.path.lexists(path.with_name(f"{name}.ipynb")) for name in others)


def notebook_in(folder: Path, name: str) -> Path:
    """The notebook of one student's folder: the one of this name, else the only one."""
    expected = folder / f"{name}.ipynb"
    others = sorted(folder.glob("*.ipynb"))
    if expected in others or len(others) != 1:
        return expected
    return others[0]


def listing(place: Path) -> str:
    """The first few names in a folder, for an error message."""
    names = sorted(path.name for path in place.iterdir())
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "") if names else "nothing"
