"""Read from nbgrader's gradebook what people gave by hand, and who was late.

The few columns that this needs are named here, so that nbgrader itself, which takes seconds, is not imported.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, DateTime, Float, Interval, Select, String, column, create_engine, func, select, table
from sqlalchemy.exc import SQLAlchemyError

from autograder.gradebook.errors import GradebookError
from autograder.gradebook.settings import SQLITE

ASSIGNMENT = table("assignment", column("id", String), column("name", String), column("duedate", DateTime))
SUBMITTED = table(
    "submitted_assignment",
    column("id", String),
    column("assignment_id", String),
    column("student_id", String),
    column("timestamp", DateTime),
    column("extension", Interval),
)
NOTEBOOK = table(
    "submitted_notebook",
    column("id", String),
    column("assignment_id", String),
    column("late_submission_penalty", Float),
)
GRADE = table(
    "grade",
    column("notebook_id", String),
    column("cell_id", String),
    column("manual_score", Float),
    column("extra_credit", Float),
)
CELL = table("base_cell", column("id", String), column("name", String))


def manual_scores(url: str, assignment: str, penalty: str) -> dict[str, dict[str, float]]:
    """Scores that a person gave, by student and cell, with extra credit; the late penalty stands under `penalty`.

    Raises
    ------
    GradebookError
        If the gradebook cannot be read.
    """
    found: dict[str, dict[str, float]] = {}
    with opened(url) as gradebook:
        for student, cell, score, extra in given_by_hand(gradebook, assignment):
            found.setdefault(student, {})[cell] = score + (extra or 0.0)
        for student, late in penalties(gradebook, assignment):
            found.setdefault(student, {})[penalty] = late
    return found


def late_students(url: str, assignment: str) -> set[str]:
    """Who handed in after the due date and any extension, as far as times are known.

    Raises
    ------
    GradebookError
        If the gradebook cannot be read.
    """
    wanted = of(assignment, SUBMITTED.c.student_id, SUBMITTED.c.timestamp, ASSIGNMENT.c.duedate, SUBMITTED.c.extension)
    with opened(url) as gradebook:
        return {
            student
            for student, submitted, due, extension in rows(gradebook, wanted)
            if submitted and due and submitted > due + (extension or timedelta())
        }


@contextmanager
def opened(url: str) -> Iterator[Connection | None]:
    """Connect to a gradebook; None where there is no file of it yet."""
    if url.startswith(SQLITE) and not Path(url.removeprefix(SQLITE)).exists():
        yield None
        return
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise GradebookError(f"The gradebook {url} cannot be read: {error}") from error
    finally:
        engine.dispose()


def rows(gradebook: Connection | None, wanted: Select[Any]) -> list[Any]:
    """What is asked for; nothing of a gradebook that is not there."""
    return [] if gradebook is None else list(gradebook.execute(wanted))


def of(assignment: str, *columns: Any) -> Select[Any]:
    """Ask for columns of an assignment's submissions."""
    joined = SUBMITTED.join(ASSIGNMENT, ASSIGNMENT.c.id == SUBMITTED.c.assignment_id)
    return select(*columns).select_from(joined).where(ASSIGNMENT.c.name == assignment)


def given_by_hand(gradebook: Connection | None, assignment: str) -> list[Any]:
    """Student, cell, score and extra credit of each cell that a person marked."""
    wanted = of(assignment, SUBMITTED.c.student_id, CELL.c.name, GRADE.c.manual_score, GRADE.c.extra_credit)
    wanted = (
        wanted.join(NOTEBOOK, NOTEBOOK.c.assignment_id == SUBMITTED.c.id)
        .join(GRADE, GRADE.c.notebook_id == NOTEBOOK.c.id)
        .join(CELL, CELL.c.id == GRADE.c.cell_id)
    )
    return rows(gradebook, wanted.where(GRADE.c.manual_score.is_not(None)))


def penalties(gradebook: Connection | None, assignment: str) -> list[Any]:
    """Each student with a late penalty, and the points that it takes."""
    taken = func.sum(NOTEBOOK.c.late_submission_penalty)
    wanted = of(assignment, SUBMITTED.c.student_id, taken)
    wanted = wanted.join(NOTEBOOK, NOTEBOOK.c.assignment_id == SUBMITTED.c.id)
    return rows(gradebook, wanted.group_by(SUBMITTED.c.student_id).having(taken > 0))
