"""A student's feedback as one HTML page that needs nothing else, and does nothing, whatever the student wrote."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from autograder.deliver.feedback_code import highlighted
from autograder.deliver.feedback_plots import Plot, Submitted, drawn_plots, submitted_plots
from autograder.deliver.feedback_questions import manual_summary, manual_view
from autograder.deliver.feedback_status import SITUATIONS, isolation_words
from autograder.deliver.feedback_view import (
    exercise_views,
    notice_lines,
    other_cells,
    points,
)
from autograder.deliver.results import environment
from autograder.deliver.visible import visible_line
from autograder.records import Graded, Release, Result

FEW = 2
"""Questions that the head of a page lists; of more it gives the sum."""

NO_COMMENTS: Mapping[str, str] = {}
LATE = "late-penalty"
"""Code of the one notice that says that points are taken off the mark."""


def feedback_page(
    release: Release, graded: Graded, data: Submitted = None, comments: Mapping[str, str] = NO_COMMENTS
) -> str:
    """Draw one student's feedback.

    Parameters
    ----------
    release
        What the submission was graded against.
    graded
        The result, and the restored notebook.
    data
        The bytes of the submission, if its plots are to be shown; of several notebooks, those of each by its name.
        Figures that were drawn anew take their place.
    comments
        What a person wrote about a cell, by the cell's grade_id or the exercise's name.

    Returns
    -------
    str
        HTML, the same for the same arguments on the same machine.
    """
    result, drawn = graded.result, drawn_plots(graded)
    return template("feedback.html").render(
        title=visible_line(release.title or release.assignment),
        student=visible_line(result.student),
        status=result.status,
        situation=SITUATIONS.get(result.status),
        score=points(result.score),
        max_score=points(result.max_score),
        share=share(result.score, result.max_score),
        exercises=exercise_views(release, graded, comments),
        manual=[manual_view(graded, question, comments) for question in result.manual],
        late=late_line(result),
        notices=notice_lines(tuple(one for one in result.notices if one.code != LATE)),
        at_hand=graded.notebook is not None or not result.sha256,
        ran=result.isolation is not None,
        manual_summary=manual_summary(result.manual) if len(result.manual) > FEW else "",
        others=other_cells(graded),
        plots=[(plot, plot_title(graded, plot)) for plot in drawn or submitted_plots(data)],
        drawn=bool(drawn),
        facts=facts(release, graded),
    )


def late_line(result: Result) -> str:
    """Say what being late costs; nothing where it costs nothing."""
    return visible_line(next((one.message for one in result.notices if one.code == LATE), ""))


def share(score: float | None, max_score: float) -> float:
    """Give the score in percent, for the bar."""
    return round(100 * min(1.0, max(0.0, score / max_score)), 1) if score and max_score else 0.0


def plot_title(graded: Graded, plot: Plot) -> str:
    """Say which cell of the student's file a plot was in."""
    steps = graded.notebook.steps if graded.notebook else ()
    place = plot.notebook, plot.cell
    name = visible_line(plot.name or next((step.id for step in steps if (step.notebook, step.index) == place), ""))
    if plot.cell is None:
        return f"cell {name}"
    whose = f" of {visible_line(plot.notebook)}" if plot.notebook and not name else ""
    return f"cell {plot.cell + 1}{whose}" + (f" ({name})" if name else "")


def facts(release: Release, graded: Graded) -> list[tuple[str, str]]:
    """Give what was run, under which release, and with what."""
    result, installed = graded.result, environment()
    known = [
        ("file", visible_line("/".join(Path(result.file).parts[-3:]))),  # where it lies is nobody's business
        ("its SHA-256", result.sha256),
        ("assignment", visible_line(release.assignment)),
        ("release", release.id),
        ("seed of the random tests", visible_line(result.seed) if graded.notebook else ""),
        ("isolation", isolation_words(result.isolation) if graded.notebook else ""),
        ("versions", ", ".join(f"{name} {version}" for name, version in installed.items()) if graded.notebook else ""),
    ]
    return [(name, value) for name, value in known if value]


@cache
def template(name: str) -> Template:
    """Load a template once; everything that is put into it is escaped."""
    loader = PackageLoader("autograder.deliver", "templates")
    settings = Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    settings.filters["highlighted"] = highlighted
    return settings.get_template(name)
