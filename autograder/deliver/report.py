"""What a class did and did not understand, as one HTML page with a table beside every picture."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np

from autograder.deliver.feedback_page import template
from autograder.deliver.report_numbers import SMALLEST, Item, Numbers, distribution, items, numbers
from autograder.deliver.report_plots import (
    BLUE,
    GREEN,
    PINK,
    VERMILION,
    causes_plot,
    checks_plot,
    counts_plot,
    marks_plot,
)
from autograder.deliver.report_view import (
    behaviours,
    causes,
    check_rows,
    exercise_rows,
    label,
    manual_rows,
    most_frequent,
    notice_rows,
    slowest,
    status_rows,
    tiles,
    unmarked,
)
from autograder.deliver.visible import visible_line
from autograder.records import Release, Result

LOOKS = ((GREEN, ""), (PINK, "xx"), (VERMILION, "//"), ("#525d6c", ".."), (BLUE, "\\\\"))
"""Colour and hatch of each state, in the order of the rows."""


def class_report(
    release: Release, results: Iterable[Result], names: bool = False, late: Collection[str] | None = None
) -> str:
    """Draw the report of a class.

    Parameters
    ----------
    release
        What was graded against.
    results
        Every result, in any order; it is gone through once.
    names
        Whether students may be named.
    late
        The students who handed in late, where that is known.

    Returns
    -------
    str
        HTML that needs nothing else.
    """
    gathered = numbers(results, late)
    found = items(gathered)
    return template("report.html").render(
        title=visible_line(release.title or release.assignment),
        release=release.id,
        names=names,
        enough=len(gathered.scores) >= SMALLEST,
        smallest=SMALLEST,
        statuses=status_rows(gathered),
        status_plot=status_plot(gathered),
        tiles=tiles(gathered),
        marks=distribution(gathered) if gathered.scores else [],
        marks_plot=marks_picture(gathered),
        exercises=exercise_rows(found),
        checks=check_rows(found),
        checks_plot=checks_picture(found),
        causes=causes(gathered),
        causes_plot=causes_picture(gathered),
        behaviours=behaviours(gathered, names),
        slowest=slowest(gathered, names),
        notices=notice_rows(gathered),
        unmarked=unmarked(gathered) if names else [],
        manual=manual_rows(gathered),
    )


def status_plot(gathered: Numbers) -> str:
    """Draw the states."""
    rows = status_rows(gathered)
    colours, hatches = zip(*LOOKS[: len(rows)], strict=True)
    return counts_plot([name for name, _ in rows], [count for _, count in rows], colours, hatches)


def marks_picture(gathered: Numbers) -> str:
    """Draw the marks, if there are any."""
    if not gathered.scores or not gathered.max_score:
        return ""
    counts = [count for _, count in distribution(gathered)]
    return marks_plot(counts, gathered.max_score, float(np.mean(gathered.scores)), float(np.median(gathered.scores)))


def checks_picture(found: Sequence[Item]) -> str:
    """Draw what the checks gave; nothing for a class that is too small."""
    known = [(one, one.facility) for one in found if one.facility is not None][:60]
    if not known:
        return ""
    return checks_plot([check_label(one) for one, _ in known], [facility for _, facility in known])


def check_label(one: Item) -> str:
    """Give a check a short name for an axis."""
    _, cell, name = one.key
    return plain(f"{cell.removeprefix('initialize_parameters_').replace('_', ' ')}: {name}")


def plain(text: str) -> str:
    """Give a text for a picture: matplotlib takes what stands between dollar signs for mathematics."""
    return visible_line(text)[:60].replace("$", r"\$")


def causes_picture(gathered: Numbers) -> str:
    """Draw the misconceptions, if there are any."""
    found = most_frequent(gathered)
    return causes_plot([plain(label(one)) for one in found], [one.students for one in found]) if found else ""
