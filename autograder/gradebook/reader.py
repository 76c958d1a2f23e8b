"""Read from nbgrader's gradebook what people gave by hand."""

from __future__ import annotations

from nbgrader.api import Assignment, Grade, GradeCell, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import create_engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from autograder.gradebook.errors import GradebookError


def manual_scores(url: str, assignment: str, penalty: str) -> dict[str, dict[str, float]]:
    """Scores that a person gave, by student and cell, with extra credit; the late penalty stands under `penalty`.

    Raises
    ------
    GradebookError
        If the gradebook cannot be read.
    """
    found: dict[str, dict[str, float]] = {}
    engine = create_engine(url)
    try:
        with Session(engine) as session:
            for student, cell, score, extra in session.execute(
                select(SubmittedAssignment.student_id, GradeCell.name, Grade.manual_score, Grade.extra_credit)
                .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
                .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
                .join(GradeCell, GradeCell.id == Grade.cell_id)
                .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
                .where(Assignment.name == assignment, Grade.manual_score.is_not(None))
            ):
                found.setdefault(student, {})[cell] = score + (extra or 0.0)
            for student, late in session.execute(
                select(SubmittedAssignment.student_id, SubmittedNotebook.late_submission_penalty)
                .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
                .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
                .where(Assignment.name == assignment, SubmittedNotebook.late_submission_penalty > 0)
            ):
                found.setdefault(student, {})[penalty] = late
    except SQLAlchemyError as error:
        raise GradebookError(f"The gradebook {url} cannot be read: {error}") from error
    finally:
        engine.dispose()
    return found
