"""What a feedback page says of the questions that a person marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.deliver.feedback_status import IF_NOT, UNREAD
from autograder.deliver.feedback_view import at_hand, points, step_of
from autograder.deliver.visible import shortened, visible, visible_line
from autograder.records import Graded, ManualQuestion


@dataclass(frozen=True, slots=True)
class ManualView:
    """One question that a person marks; `score` is "" until then, and `standing` says in two words what became of it.

    `unread` says why it earned nothing without having been read. `answer` is the cell; a task's only asks.
    """

    name: str
    score: str
    max_score: str
    standing: str
    unread: str
    answer: str | None
    at_hand: bool
    is_code: bool
    is_task: bool
    comment: str


def manual_view(graded: Graded, question: ManualQuestion, comments: Mapping[str, str]) -> ManualView:
    """Give one question that a person marks, with the student's answer."""
    step = step_of(graded, question.name)
    standing, unread = standing_of(question)
    return ManualView(
        name=visible_line(question.name.replace("_", " ")),
        score=points(question.score),
        max_score=points(question.max_score),
        standing=standing,
        unread=f"{unread} {IF_NOT}" if unread else "",
        answer=shortened(visible(step.source)) if step else None,
        at_hand=at_hand(graded, question.name),
        is_code=step is not None and step.type == "code",
        is_task=step is not None and step.kind == "task",
        comment=shortened(visible(comments.get(question.name, ""))),
    )


def manual_summary(questions: Sequence[ManualQuestion]) -> str:
    """Say how many points questions are worth, how many they gave so far, and what became of how many."""
    worth = points(sum(question.max_score for question in questions))
    given = points(sum(question.score or 0.0 for question in questions))
    standings = Counter(standing_of(question)[0] for question in questions)
    said = ", ".join(f"{count} {standing}" for standing, count in standings.items())
    return f"Beside these, {len(questions)} questions are worth up to {worth} points, and gave {given} so far: {said}."


def standing_of(question: ManualQuestion) -> tuple[str, str]:
    """Say what became of a question in two words, and in a sentence where nobody has read it."""
    marked = "not marked yet" if question.score is None else "marked by your instructor"
    return UNREAD.get(question.code, (marked, ""))
