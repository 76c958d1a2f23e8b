"""What a class report says, before it is said in HTML: rows of words and numbers that are safe to show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from autograder.deliver.feedback_view import Finding, finding, points
from autograder.deliver.report_numbers import Behaviour, Cause, Item, Numbers
from autograder.deliver.visible import shortened, visible_line

TOP = 12  # misconceptions and behaviours shown
FEWEST = 2  # submissions that make a behaviour worth a line, and a misconception worth its whole message

STATUSES = ("graded", "held", "unreadable", "missing")

NOTICES = {
    "cell-error": "A cell stopped with an exception.",
    "older-release": "Made from an earlier release; the current tests were run.",
    "metadata-lost": "A cell had lost its metadata and was recognised by its text.",
    "duplicated": "A cell was there twice.",
    "retyped": "A code cell had become text.",
    "edited": "A cell that students may not change had been edited, and was restored.",
    "reflagged": "A cell's marks had been changed, and were restored.",
    "deleted": "A cell that students may not change was gone, and was put back.",
    "answer-moved": "An answer's cell was gone; its function was looked for everywhere.",
}


@dataclass(frozen=True, slots=True)
class CauseView:
    """One misconception, with the message that most of its students saw."""

    label: str
    students: int
    share: str
    message: Finding | None


@dataclass(frozen=True, slots=True)
class BehaviourView:
    """One behaviour, with its students if names are shown."""

    signs: tuple[tuple[str, str], ...]
    students: int
    names: str


def status_rows(gathered: Numbers) -> list[tuple[str, int]]:
    """Give how many submissions are in which state; late ones are counted among the others too."""
    rows = [(name, gathered.statuses[name]) for name in STATUSES]
    return rows if gathered.late is None else [*rows, ("late, among these", gathered.late)]


def tiles(gathered: Numbers) -> list[tuple[str, str]]:
    """Give the numbers that are asked for first."""
    handed_in = gathered.total - gathered.statuses["missing"]
    shown = [("submitted", f"{handed_in} of {gathered.total}" if handed_in != gathered.total else str(handed_in))]
    if gathered.scores:
        scores = np.array(gathered.scores)
        full = int((scores >= gathered.max_score).sum())
        shown += [
            ("mean", f"{scores.mean():.1f} of {points(gathered.max_score)}"),
            ("median", points(float(np.median(scores)))),
            ("standard deviation", f"{scores.std():.1f}"),
            ("full marks", f"{full} ({full / len(scores):.0%})"),
        ]
    return shown


def percent(value: float | None) -> str:
    """Give a share in percent, a dash where there is none to show."""
    return "–" if value is None else f"{value:.0%}"


def exercise_rows(found: Sequence[Item]) -> list[tuple[str, str, str]]:
    """Give each exercise with its points and its facility."""
    rows = []
    for name, own in by_exercise(found).items():
        most = sum(one.max_points for one in own)
        known = [one.facility * one.max_points for one in own if one.facility is not None]
        rows.append((visible_line(name), points(most), percent(sum(known) / most if known and most else None)))
    return rows


def by_exercise(found: Sequence[Item]) -> dict[str, list[Item]]:
    """Give the checks of each exercise, in the order of the notebook."""
    groups: dict[str, list[Item]] = {}
    for one in found:
        groups.setdefault(one.key[0], []).append(one)
    return groups


def check_rows(found: Sequence[Item]) -> list[tuple[str, list[tuple[str, str, str, str, str]]]]:
    """Give the table of checks, by exercise."""
    return [(visible_line(name), [check_row(one) for one in own]) for name, own in by_exercise(found).items()]


def check_row(one: Item) -> tuple[str, str, str, str, str]:
    """Give one check's line in the table."""
    cell = one.key[1]
    kind = "public" if cell.endswith("_public") else "hidden" if cell.endswith("_hidden") else visible_line(cell)
    power = "–" if one.discrimination is None else f"{one.discrimination:.2f}".replace("-", "−")
    return visible_line(one.title), kind, f"{one.passed} of {one.students}", percent(one.facility), power


def most_frequent(gathered: Numbers) -> list[Cause]:
    """Give the misconceptions that most students share."""
    ordered = sorted(gathered.causes.values(), key=lambda one: (-one.students, one.exercise, one.code))
    return ordered[:TOP]


def causes(gathered: Numbers) -> list[CauseView]:
    """Give the misconceptions as the page shows them; the message of one that several share, if there are such."""
    found = most_frequent(gathered)
    fewest = min(FEWEST, max((one.students for one in found), default=1))
    return [
        CauseView(
            visible_line(label(one)),
            one.students,
            percent(one.students / len(gathered.scores)),
            finding(one.message, one.exercise) if one.message and one.students >= fewest else None,
        )
        for one in found
    ]


def label(one: Cause) -> str:
    """Name a misconception by its exercise and its code, whichever cell it was found in."""
    return f"{one.exercise.removeprefix('initialize_parameters_')}: {one.code.rpartition('/')[2]}"


def behaviours(gathered: Numbers, names: bool) -> list[BehaviourView]:
    """Give the groups of submissions that fail in the same way."""
    shared = [one for one in gathered.behaviours.values() if one.students >= FEWEST]
    shared.sort(key=lambda one: (-one.students, one.signs))
    return [BehaviourView(shown_signs(one), one.students, named(one) if names else "") for one in shared[:TOP]]


def shown_signs(one: Behaviour) -> tuple[tuple[str, str], ...]:
    """Give what a behaviour fails, in words."""
    return tuple(
        (visible_line(name), ", ".join(f"{visible_line(code)} ({checks(count)})" for code, count in codes))
        for name, codes in one.signs
    )


def checks(count: int) -> str:
    """Give a number of checks in words."""
    return "1 check" if count == 1 else f"{count} checks"


def named(one: Behaviour) -> str:
    """Name the students of a behaviour."""
    more = one.students - len(one.names)
    return ", ".join(visible_line(name) for name in one.names) + (f" and {more} more" if more else "")


def slowest(gathered: Numbers, names: bool) -> list[tuple[str, str]]:
    """Give the submissions that took longest: by name, or by the start of the file's SHA-256."""
    ordered = sorted(gathered.slowest, key=lambda one: (-one[0], one[1]))
    return [
        (visible_line(student) if names else f"file {digest[:8] or 'unknown'}", f"{seconds:.2f} s")
        for seconds, digest, student in ordered
    ]


def notice_rows(gathered: Numbers) -> list[tuple[str, str, int]]:
    """Give how many submissions got which notice."""
    return [
        (visible_line(code), NOTICES.get(code, ""), students)
        for code, students in sorted(gathered.notices.items(), key=lambda one: (-one[1], one[0]))
    ]


def unmarked(gathered: Numbers) -> list[tuple[str, str]]:
    """Name the students without a mark."""
    return [
        (status, shortened(", ".join(visible_line(name) for name in gathered.unmarked[status]), 1, 4_000))
        for status in STATUSES
        if status in gathered.unmarked
    ]


def manual_rows(gathered: Numbers) -> list[tuple[str, int, int, int, str]]:
    """Give who left a question unanswered, and how far people are with marking the others."""
    rows = []
    for name, questions in gathered.manual.items():
        answered = [question.score for question in questions if not question.code]
        given = [score for score in answered if score is not None]
        mean = f"{np.mean(given):.1f}" if given else "–"
        rows.append((visible_line(name), len(questions) - len(answered), len(given), len(answered), mean))
    return rows
