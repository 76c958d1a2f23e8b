"""Where one run of nbgrader grades: a warm process and a judge for each notebook, kept until the run is over."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from autograder.batch import guarded
from autograder.dropin.course import Course
from autograder.dropin.probe import decided_inside, undecided_refusals, unsplittable
from autograder.execute import Zygote
from autograder.grader import Grader
from autograder.judge import Trusted
from autograder.records import Graded, Release, Submission

Marks = dict[str, dict[str, Any]]
"""nbgrader's metadata of a notebook's cells, by grade_id."""


@dataclass(frozen=True, slots=True)
class Place:
    """What is needed to grade one notebook of an assignment.

    Its judge, its cells as the gradebook has them, and the test cells that can refuse nobody.
    """

    grader: Grader
    marks: Marks
    doubtful: frozenset[str]

    @property
    def release(self) -> Release:
        """What decides the marks."""
        return self.grader.release


class Desk:
    """Grades the submissions of one run.

    Parameters
    ----------
    course
        Where releases come from.
    gradebook
        URL of nbgrader's gradebook.
    seed
        Fixes the tests' random lists.
    inside
        Test cells that may run in the student's process, where they cannot be split.
    """

    def __init__(self, course: Course, gradebook: str, seed: str, inside: frozenset[str] = frozenset()) -> None:
        self._course, self._gradebook, self.seed, self._inside = course, gradebook, seed, inside
        self._places: dict[tuple[str, str], Place] = {}
        self._zygotes: dict[Any, Zygote] = {}
        self._open = contextlib.ExitStack()

    def place(self, assignment: str, notebook: str) -> Place:
        """Give the place for one notebook, made ready at its first submission.

        Raises
        ------
        ReleaseError
            If the course's source does not say how to judge it.
        BoxFault
            If no box can be made on this machine.
        """
        key = (assignment, notebook)
        if key not in self._places:
            release = self._course.release(assignment, notebook)
            zygote, trusted = self._zygote(release), Trusted(release)
            grader = self._open.enter_context(Grader(release, zygote=zygote))
            with contextlib.closing(trusted):
                doubtful = unsplittable(release, zygote, trusted)
            self._places[key] = Place(grader, marks(self._gradebook, assignment, notebook), doubtful)
        return self._places[key]

    def _zygote(self, release: Release) -> Zygote:
        """A warm process; notebooks of the same assignment share it."""
        key = (release.files, release.limits)
        if key not in self._zygotes:
            self._zygotes[key] = self._open.enter_context(Zygote(*key, given=release.fixed_sources))
        return self._zygotes[key]

    def grade(self, place: Place, student: str, path: Path) -> Graded:
        """Grade one file of a student's folder; whatever goes wrong, the answer is a result."""
        graded = guarded(place.grader.grade, Submission(student, path, path.parent), self.seed, place.release)
        inside = place.doubtful & self._inside
        if inside:
            graded = decided_inside(graded, inside, self._zygote(place.release).box)
        return undecided_refusals(graded, place.doubtful - inside)

    def close(self) -> None:
        """End the warm processes."""
        self._open.close()


def marks(url: str, assignment: str, notebook: str) -> Marks:
    """Ask the gradebook for nbgrader's metadata of each cell, as `generate_assignment` entered it."""
    with Gradebook(url) as gradebook:
        entry = gradebook.find_notebook(notebook, assignment)
        points = {cell.name: float(cell.max_score) for cell in (*entry.grade_cells, *entry.task_cells)}
        grades, tasks = {cell.name for cell in entry.grade_cells}, {cell.name for cell in entry.task_cells}
        solutions = {cell.name for cell in entry.solution_cells}
        return {
            cell.name: {
                "cell_type": cell.cell_type,
                "checksum": cell.checksum,
                "grade": cell.name in grades,
                "grade_id": cell.name,
                "locked": cell.locked,
                "schema_version": 3,
                "solution": cell.name in solutions,
                "task": cell.name in tasks,
                **({"points": points[cell.name]} if cell.name in points else {}),
            }
            for cell in entry.source_cells
        }
