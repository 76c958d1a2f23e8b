"""Write results into nbgrader's gradebook, through nbgrader's own models."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config.loader import Config

from autograder.gradebook.errors import GradebookError
from autograder.gradebook.reader import Asked, ByHand, cell_scores, given, is_late
from autograder.gradebook.settings import course_settings, folders
from autograder.records import Result

ENTRY = (
    select(
        SubmittedAssignment.id,
        SubmittedAssignment.timestamp,
        SubmittedAssignment.extension,
        SubmittedNotebook.id,
        SubmittedNotebook.late_submission_penalty,
    )
    .select_from(Student)
    .outerjoin(
        SubmittedAssignment,
        (SubmittedAssignment.student_id == Student.id) & (SubmittedAssignment.assignment_id == bindparam("assignment")),
    )
    .outerjoin(
        SubmittedNotebook,
        (SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        & (SubmittedNotebook.notebook_id == bindparam("notebook")),
    )
    .where(Student.id == bindparam("student"))
)
STUDENTS, HANDED_IN, NOTEBOOKS, GRADES, COMMENTS = (
    kind.__table__ for kind in (Student, SubmittedAssignment, SubmittedNotebook, Grade, Comment)
)
GRADED = select(GRADES.c.cell_id, GRADES.c.manual_score).where(GRADES.c.notebook_id == bindparam("notebook"))
SCORED = (
    update(GRADES)
    .where(GRADES.c.notebook_id == bindparam("notebook"), GRADES.c.cell_id == bindparam("cell"))
    .values(auto_score=bindparam("score"), needs_manual_grade=bindparam("person"))
)
TIMESTAMP = update(HANDED_IN).where(HANDED_IN.c.id == bindparam("entry")).values(timestamp=bindparam("submitted"))
"""Statements that every submission asks for; to put them together takes as long as to run them."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the gradebook knows of the assignment: its id and its notebook's, and those of the cells by name."""

    ids: dict[str, str]
    grade_cells: dict[str, str]
    comment_cells: tuple[str, ...]
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What the gradebook has of a student's submission: whether it knows the student, ids, times, and the penalty."""

    student: bool = False
    submission: str | None = None
    submitted: datetime | None = None
    extension: timedelta | None = None
    notebook: str | None = None
    penalty: float | None = None


class GradebookWriter:
    """Writes one row set for each submission, each in one transaction.

    Manual scores, extra credit and comments that a person gave are never touched.

    Parameters
    ----------
    url
        An SQLAlchemy URL.
    assignment
        Name of an assignment that the release has put into the gradebook.
    notebook
        Name of its notebook; by default the assignment's.
    course
        The course's folder, whose settings say what being late costs; without one it costs nothing.

    Raises
    ------
    GradebookError
        If the gradebook cannot be opened or does not know the assignment.
    """

    def __init__(self, url: str, assignment: str, notebook: str = "", course: Path | None = None) -> None:
        find_alembic()
        self._assignment, self._notebook = assignment, notebook or assignment
        self._url, self._course = url, course
        self._settings = course_settings(course) if course else Config()
        if {"AssignLatePenalties", "LateSubmissionPlugin"} & set(self._settings):
            self._late  # noqa: B018 - what is wrong with them is told before anything is graded
        try:
            self._gradebook = Gradebook(url)
            self._session = self._gradebook.db
            self._frame = self._read_frame(assignment, self._notebook)
        except MissingEntry as error:
            raise GradebookError(
                f"The gradebook {url} does not know {assignment!r}. Type: autograder release {assignment} "
                f"(in a course without us: nbgrader generate_assignment {assignment})"
            ) from error
        except SQLAlchemyError as error:
            raise GradebookError(f"The gradebook {url} cannot be opened: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._gradebook.close()

    def _read_frame(self, assignment: str, notebook: str) -> Frame:
        """Look up the ids that every submission's rows refer to."""
        entry = self._gradebook.find_notebook(notebook, assignment)
        wanted = select(Assignment.id, Assignment.duedate).where(Assignment.name == assignment)
        assignment_id, due = self._session.execute(wanted).one()
        cells = {cell.name: cell.id for cell in entry.grade_cells}
        solutions = {cell.name: cell.id for cell in entry.solution_cells}
        tasks = {cell.name: cell.id for cell in entry.task_cells}
        comments = (*solutions.values(), *tasks.values())
        return Frame({"assignment": str(assignment_id), "notebook": str(entry.id)}, {**cells, **tasks}, comments, due)

    def write(self, result: Result, submitted: datetime | None = None) -> ByHand:
        """Write one result; again is the same as once.

        A check cell that could not be decided, a question that a person marks, and every cell of an unreadable file
        have no score, and are marked as needing a person. Nothing is written for a missing submission.

        Returns
        -------
        ByHand
            What people gave the student so far, and the late penalty.

        Raises
        ------
        GradebookError
            If the database refuses; nothing of this submission is written then.
        """
        if result.status == "missing":
            return self._given(result.student)
        try:
            entry = self._entry(result.student)
            affected = self._penalty_affects(entry, submitted)
            self._score(self._notebook_of(entry, result.student, submitted), result)
            self._session.commit()
        except SQLAlchemyError as error:
            raise GradebookError(f"The marks of {result.student!r} could not be written: {error}") from error
        finally:
            self._session.rollback()  # of what was not committed, whatever came in between
        if affected:
            self._late.assign(result.student)
        elif entry.notebook is None:  # its rows are new: nobody can have given anything
            return ByHand()
        return self._given(result.student)

    def _given(self, student: str) -> ByHand:
        try:
            asked = Asked(self._assignment, self._notebook, student)
            return given(self._session.connection(), asked).get(student, ByHand())
        finally:
            self._session.rollback()

    def _entry(self, student: str) -> Entry:
        """What the gradebook has of a student's submission."""
        row = self._session.execute(ENTRY, {**self._frame.ids, "student": student}).one_or_none()
        return Entry() if row is None else Entry(True, *row)

    @cached_property
    def _late(self) -> Any:
        """What takes points away for being late; most classes need it for nobody."""
        from autograder.gradebook.late import LatePenalties  # noqa: PLC0415 - takes nbgrader a third of a second

        places = folders(self._course) if self._course else ()
        return LatePenalties(self._url, self._assignment, self._notebook, self._settings, places)

    def _penalty_affects(self, entry: Entry, submitted: datetime | None) -> bool:
        """Whether a submission is late, or has a penalty that may no longer hold."""
        return entry.penalty is not None or is_late(submitted or entry.submitted, self._frame.due, entry.extension)

    def _notebook_of(self, entry: Entry, student: str, submitted: datetime | None) -> str:
        """The id of the student's submitted notebook; its rows are made where they are not there."""
        write, ids = self._session.connection().execute, self._frame.ids
        if not entry.student:
            write(insert(STUDENTS), {"id": student})
        submission = entry.submission or new_uuid()
        if entry.submission is None:
            new = {"id": submission, "assignment_id": ids["assignment"], "student_id": student}
            write(insert(HANDED_IN), {**new, "timestamp": submitted})
        elif submitted not in (None, entry.submitted):
            write(TIMESTAMP, {"entry": submission, "submitted": submitted})
        if entry.notebook is not None:
            return entry.notebook
        notebook = str(new_uuid())
        write(insert(NOTEBOOKS), {"id": notebook, "notebook_id": ids["notebook"], "assignment_id": submission})
        comments = [{"cell_id": cell, "notebook_id": notebook} for cell in self._frame.comment_cells]
        if comments:
            write(insert(COMMENTS), comments)
        return notebook

    def _score(self, notebook: str, result: Result) -> None:
        """Write the score of each cell; one that nothing can decide needs a person, until that has marked it."""
        write, scores = self._session.connection().execute, cell_scores(result)
        given = {row.cell_id: row.manual_score for row in write(GRADED, {"notebook": notebook})}
        new, known = [], []
        for name, cell in self._frame.grade_cells.items():
            score = scores.get(name)
            person = score is None and given.get(cell) is None
            if cell in given:
                known.append({"notebook": notebook, "cell": cell, "score": score, "person": person})
            else:
                row = {"notebook_id": notebook, "cell_id": cell, "auto_score": score, "needs_manual_grade": person}
                new.append(row)
        if new:
            write(insert(GRADES), new)
        if known:
            write(SCORED, known)


def find_alembic() -> None:
    """Let nbgrader find `alembic`, which it starts by name, also where the environment is not activated."""
    here = str(Path(sys.executable).parent)
    if here not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([here, os.environ.get("PATH", "")])
