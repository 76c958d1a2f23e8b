"""Find the submissions in what the instructor points at: an nbgrader tree, a flat folder, or one notebook."""

from __future__ import annotations

from pathlib import Path

from autograder.records import Submission


class NoSubmissionsError(Exception):
    """There is nothing to grade where the instructor pointed."""


def find(place: Path, assignment: str) -> tuple[Submission, ...]:
    """List the submissions in a folder, or the one in a file.

    Parameters
    ----------
    place
        `<student>/<assignment>/<notebook>.ipynb` below it (nbgrader's tree), `<student>.ipynb` in it (a flat folder),
        or a notebook itself. Links are listed as they are and never followed.
    assignment
        Name of the folder below each student's, and of the notebook that is preferred in it.

    Returns
    -------
    tuple of Submission
        Sorted by student. A student's folder without a notebook is a submission whose file does not exist.

    Raises
    ------
    NoSubmissionsError
        If the place does not exist or holds no submission.
    """
    if place.is_file():
        return (Submission(place.stem, place),)
    if not place.is_dir():
        raise NoSubmissionsError(f"There is no file or folder {place}. Type the folder that holds the submissions.")
    flat = [Submission(path.stem, path) for path in place.glob("*.ipynb")]
    tree = [Submission(path.parent.name, notebook_in(path, assignment), path) for path in place.glob(f"*/{assignment}")]
    found = sorted(flat + tree, key=lambda submission: submission.student)
    if not found:
        raise NoSubmissionsError(
            f"No submissions of {assignment!r} in {place}. Expected STUDENT/{assignment}/NOTEBOOK.ipynb below it, "
            f"or STUDENT.ipynb in it; it holds {listing(place)}."
        )
    return tuple(found)


def notebook_in(folder: Path, assignment: str) -> Path:
    """The notebook of one student's folder: the one named like the assignment, else the only one."""
    expected = folder / f"{assignment}.ipynb"
    others = sorted(folder.glob("*.ipynb"))
    if expected in others or len(others) != 1:
        return expected
    return others[0]


def listing(place: Path) -> str:
    """The first few names in a folder, for an error message."""
    names = sorted(path.name for path in place.iterdir())
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "") if names else "nothing"
