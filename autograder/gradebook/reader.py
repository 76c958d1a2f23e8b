"""Read from nbgrader's gradebook what people gave by hand, and who was late.

The few columns that this needs are named here, so that nbgrader itself, which takes seconds, is not imported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, DateTime, Float, Interval, Select, String, column, create_engine, func, select, table
from sqlalchemy.exc import SQLAlchemyError

from autograder.gradebook.errors import GradebookError
from autograder.gradebook.settings import SQLITE
from autograder.records import Result

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
    column("notebook_id", String),
    column("late_submission_penalty", Float),
)
NAMED = table("notebook", column("id", String), column("name", String))
GRADE = table(
    "grade",
    column("notebook_id", String),
    column("cell_id", String),
    column("auto_score", Float),
    column("manual_score", Float),
    column("extra_credit", Float),
)
COMMENT = table("comment", column("notebook_id", String), column("cell_id", String), column("manual_comment", String))
CELL = table("base_cell", column("id", String), column("name", String))
HANDED_IN = SUBMITTED.join(ASSIGNMENT, ASSIGNMENT.c.id == SUBMITTED.c.assignment_id)


@dataclass(frozen=True, slots=True)
class ByHand:
    """What people gave one student: for each cell a score (or None) and extra credit, comments, and a late penalty."""

    scores: dict[str, tuple[float | None, float]] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    penalty: float = 0.0


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose marks are asked for: of one notebook, or of all with None, and of one student, or of all with None."""

    assignment: str
    notebook: str | None
    student: str | None = None

    def cell(self, notebook: str, name: str) -> str:
        """What a cell is called in the answer; its name alone tells it apart within one notebook only."""
        return f"{notebook}/{name}" if self.notebook is None else name


def by_hand(url: str, assignment: str, notebook: str = "", several: bool = False) -> dict[str, ByHand]:
    """What people gave in formgrader, and late penalties, by student; only students to whom that happened.

    Parameters
    ----------
    url
        The gradebook.
    assignment, notebook
        What it was given for; by default the notebook that is called like the assignment.
    several
        Ask for all notebooks of the assignment; their cells are then called `notebook/cell`.

    Raises
    ------
    GradebookError
        If the gradebook cannot be read.
    """
    with opened(url) as gradebook:
        return given(gradebook, Asked(assignment, None if several else notebook or assignment))


def given(gradebook: Connection | None, asked: Asked) -> dict[str, ByHand]:
    """The same over a connection."""
    scores, comments = given_scores(gradebook, asked), given_comments(gradebook, asked)
    taken = dict(penalties(gradebook, asked))
    return {
        one: ByHand(scores.get(one, {}), comments.get(one, {}), taken.get(one, 0.0))
        for one in scores.keys() | comments.keys() | taken.keys()
    }


def late_students(url: str, assignment: str) -> set[str] | None:
    """Who handed in after the due date and any extension; None where nothing is due, or nobody's time is known.

    Raises
    ------
    GradebookError
        If the gradebook cannot be read.
    """
    columns = SUBMITTED.c.student_id, SUBMITTED.c.timestamp, ASSIGNMENT.c.duedate, SUBMITTED.c.extension
    wanted = select(*columns).select_from(HANDED_IN).where(ASSIGNMENT.c.name == assignment)
    with opened(url) as gradebook:
        timed = wanted.where(ASSIGNMENT.c.duedate.is_not(None), SUBMITTED.c.timestamp.is_not(None))
        found = rows(gradebook, timed)
    late = {student for student, submitted, due, extension in found if is_late(submitted, due, extension)}
    return late if found else None


def is_late(submitted: datetime | None, due: datetime | None, extension: timedelta | None) -> bool:
    """Whether something was handed in after the due date and the student's own extension of it."""
    return submitted is not None and due is not None and submitted > due + (extension or timedelta())


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


def of(asked: Asked, *columns: Any) -> Select[Any]:
    """Ask for columns of submitted notebooks."""
    notebooks = HANDED_IN.join(NOTEBOOK, NOTEBOOK.c.assignment_id == SUBMITTED.c.id)
    notebooks = notebooks.join(NAMED, NAMED.c.id == NOTEBOOK.c.notebook_id)
    wanted = select(*columns).select_from(notebooks).where(ASSIGNMENT.c.name == asked.assignment)
    wanted = wanted if asked.notebook is None else wanted.where(NAMED.c.name == asked.notebook)
    return wanted if asked.student is None else wanted.where(SUBMITTED.c.student_id == asked.student)


def given_scores(gradebook: Connection | None, asked: Asked) -> defaultdict[str, dict[str, tuple[float | None, float]]]:
    """The score and the extra credit of each cell that a person marked, by student."""
    wanted = of(asked, SUBMITTED.c.student_id, NAMED.c.name, CELL.c.name, GRADE.c.manual_score, GRADE.c.extra_credit)
    wanted = wanted.join(GRADE, GRADE.c.notebook_id == NOTEBOOK.c.id).join(CELL, CELL.c.id == GRADE.c.cell_id)
    touched = GRADE.c.manual_score.is_not(None) | (func.coalesce(GRADE.c.extra_credit, 0.0) != 0.0)
    found: defaultdict[str, dict[str, tuple[float | None, float]]] = defaultdict(dict)
    for one, notebook, cell, score, extra in rows(gradebook, wanted.where(touched)):
        found[one][asked.cell(notebook, cell)] = score, extra or 0.0
    return found


def given_comments(gradebook: Connection | None, asked: Asked) -> defaultdict[str, dict[str, str]]:
    """What a person wrote about each cell, by student."""
    wanted = of(asked, SUBMITTED.c.student_id, NAMED.c.name, CELL.c.name, COMMENT.c.manual_comment)
    wanted = wanted.join(COMMENT, COMMENT.c.notebook_id == NOTEBOOK.c.id).join(CELL, CELL.c.id == COMMENT.c.cell_id)
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for one, notebook, cell, text in rows(gradebook, wanted.where(COMMENT.c.manual_comment.is_not(None))):
        found[one][asked.cell(notebook, cell)] = text
    return found


def penalties(gradebook: Connection | None, asked: Asked) -> list[Any]:
    """Each student with a late penalty, and the points that it takes."""
    taken = func.sum(NOTEBOOK.c.late_submission_penalty)
    wanted = of(asked, SUBMITTED.c.student_id, taken)
    return rows(gradebook, wanted.group_by(SUBMITTED.c.student_id).having(taken > 0))


def differing(url: str, assignment: str, notebook: str, results: Iterable[Result]) -> list[Result]:
    """Those of the results that the gradebook does not hold, or not so.

    It may be another one than they were written to, or an earlier copy of it.

    Raises
    ------
    GradebookError
        If the gradebook cannot be read.
    """
    asked = Asked(assignment, notebook or assignment)
    held: defaultdict[str, dict[str, float | None]] = defaultdict(dict)
    with opened(url) as gradebook:
        wanted = of(asked, SUBMITTED.c.student_id, CELL.c.name, GRADE.c.auto_score)
        wanted = wanted.join(GRADE, GRADE.c.notebook_id == NOTEBOOK.c.id).join(CELL, CELL.c.id == GRADE.c.cell_id)
        for student, cell, score in rows(gradebook, wanted):
            held[student][cell] = score
    return [one for one in results if one.status != "missing" and not is_held(held.get(one.student), cell_scores(one))]


def is_held(held: dict[str, float | None] | None, scores: dict[str, float | None]) -> bool:
    """Whether a student's rows hold these points; of a file that could not be read there are none."""
    return held is not None and all(scores.get(cell) == score for cell, score in held.items())


def cell_scores(result: Result) -> dict[str, float | None]:
    """Points of each grade cell: the sum of its checks, or None where one could not be decided.

    Those of a question are 0 where nothing was answered, and None until a person has marked it.
    """
    scores: dict[str, float | None] = {question.name: question.score for question in result.manual}
    for exercise in result.exercises:
        for check, cell in zip(exercise.checks, exercise.cells, strict=True):
            before = scores.get(cell, 0.0)
            undecided = before is None or check.outcome == "error"
            scores[cell] = None if undecided else (before or 0.0) + check.points
    return scores
