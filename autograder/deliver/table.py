"""The table of marks that a terminal shows."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text

from autograder.records import Result

STATUS_WORDS = {"unreadable": "unreadable: no mark", "held": "held: no mark yet", "missing": "missing"}

MOST_LETTERS = 40
"""Of a name; a longer one would leave no room for anybody's marks."""


def marks_table(results: Iterable[Result], exercises: Sequence[str], title: str) -> Table:
    """One row for each student: points by exercise, the sum, and what stands out."""
    table = Table(title=title, title_justify="left", header_style="bold", show_edge=False, pad_edge=False)
    table.add_column("student", no_wrap=True, max_width=MOST_LETTERS)
    for name in exercises:
        table.add_column(short(name), justify="right")
    table.add_column("score", justify="right", style="bold")
    table.add_column("first finding")
    for result in results:
        scores = {exercise.name: exercise.score for exercise in result.exercises}
        cells = [points(scores.get(name)) for name in exercises]
        finding = STATUS_WORDS.get(result.status) or first_finding(result)
        table.add_row(shown(result.student), *cells, points(result.score), finding)
    return table


def short(name: str) -> str:
    """An exercise's name without the part that all of them share."""
    return name.removeprefix("initialize_parameters_")


def points(value: float | None) -> str:
    """Points with as many digits as they need; a dash where there is no mark."""
    return "–" if value is None else f"{value:g}"


def first_finding(result: Result) -> Text:
    """The codes of the first failed check of each exercise, or that all is right."""
    codes = []
    for exercise in result.exercises:
        code = next((check.code for check in exercise.checks if check.outcome != "passed"), "")
        if code and code not in codes:
            codes.append(code)
    return shown(", ".join(codes), "yellow") if codes else Text("✓ all passed", style="green")


def shown(text: str, style: str = "") -> Text:
    """A student's text as a terminal may show it: no escapes, no change of direction, nothing invisible."""
    clean = "".join(letter if safe(letter) else f"\\u{ord(letter):04x}" for letter in text)
    return Text(clean, style=style)


def safe(letter: str) -> bool:
    """Whether a letter may go to a terminal as it is."""
    return unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def summary(results: Iterable[Result]) -> str:
    """How many submissions have which status."""
    counts = Counter(result.status for result in results)
    return ", ".join(
        f"{counts[status]} {status}" for status in ("graded", "held", "unreadable", "missing") if counts[status]
    )
