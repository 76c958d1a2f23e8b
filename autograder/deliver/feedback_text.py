"""A student's feedback as plain text, for a mail, a terminal or a screen reader."""

from __future__ import annotations

import functools
import textwrap
from collections.abc import Iterator, Mapping

from autograder.deliver.feedback_page import NO_COMMENTS, facts
from autograder.deliver.feedback_questions import ManualView, manual_view
from autograder.deliver.feedback_status import SITUATIONS
from autograder.deliver.feedback_view import (
    ExerciseView,
    Finding,
    exercise_views,
    notice_lines,
    points,
)
from autograder.deliver.visible import visible_line
from autograder.records import Graded, Release

WIDTH = 100


def feedback_text(release: Release, graded: Graded, comments: Mapping[str, str] = NO_COMMENTS) -> str:
    """Write one student's feedback as text; the arguments are those of `feedback_page`."""
    result = graded.result
    title = visible_line(release.title or release.assignment)
    score = points(result.score) or "no mark yet"
    parts = [[title, visible_line(result.student), f"{score} of {points(result.max_score)} points"]]
    parts.append(list(situation(graded)))
    parts += [list(exercise_lines(one)) for one in exercise_views(release, graded, comments)]
    parts += [list(manual_lines(manual_view(graded, one, comments))) for one in result.manual]
    parts.append(list(notices(graded)))
    parts.append(
        [
            "How this was graded" if graded.notebook else "What we looked at",
            *(f"  {name}: {value}" for name, value in facts(release, graded)),
        ]
    )
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def situation(graded: Graded) -> Iterator[str]:
    """Say why there is no mark, and what to do next."""
    why = SITUATIONS.get(graded.result.status)
    if why is not None:
        yield why.headline
        yield from wrapped(why.why)
        for number, step in enumerate(why.steps, 1):
            yield from wrapped(step, f"  {number}. ")


def exercise_lines(exercise: ExerciseView) -> Iterator[str]:
    """Say what was found in one exercise."""
    yield f"{exercise.name}: {exercise.score} of {exercise.max_score}"
    for found in exercise.findings:
        yield from finding_lines(found)
    for group in exercise.groups:
        yield f"  {group.title}"
        for check in group.checks:
            yield from wrapped(
                f"{check.sign} {check.word} ({check.points} of {check.max_points}): {check.title}", "    "
            )
    if exercise.comment:
        yield from wrapped(f"Your instructor writes: {exercise.comment}", "  ")


def finding_lines(found: Finding) -> Iterator[str]:
    """Say one message, its labels in a column."""
    yield from wrapped(found.headline, "  ✗ ")
    width = max((len(label) for label, _ in found.lines), default=0)
    for label, text in found.lines:
        yield f"    {label:<{width}}  {text}".rstrip()


def manual_lines(question: ManualView) -> Iterator[str]:
    """Say what a person gave."""
    score = f"{question.score} of {question.max_score}" if question.score else question.standing
    yield f"{question.name}: {score}"
    yield from wrapped(question.unread, "  ")
    if question.comment:
        yield from wrapped(f"Your instructor writes: {question.comment}", "  ")


def notices(graded: Graded) -> Iterator[str]:
    """Say what else is good to know."""
    lines = notice_lines(graded.result.notices)
    if lines:
        yield "Good to know" if graded.notebook else "What we found"
        for line in lines:
            yield from wrapped(line, "  - ")


@functools.lru_cache(maxsize=1024)  # most sentences are those of the checks
def wrapped(text: str, start: str = "") -> tuple[str, ...]:
    """Break a sentence into lines; all but the first are indented as far as its text."""
    indent = " " * len(start)
    return tuple(textwrap.wrap(text, WIDTH, initial_indent=start, subsequent_indent=indent, break_long_words=False))
