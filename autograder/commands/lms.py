"""`autograder collect` and `export`: from a learning platform, and back to it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from autograder.collect import lms
from autograder.commands.by_hand import with_hand_given
from autograder.commands.run import load_run
from autograder.deliver import export as exporting
from autograder.gradebook.reader import ByHand, by_hand
from autograder.gradebook.settings import gradebook_url
from autograder.program import Project
from autograder.records import Person


def collect_command(
    sources: Sequence[Path], assignment: str, target: Path, roster: Path | None, dry_run: bool, as_json: bool
) -> int:
    """Show what was recognised how, then write it unless it is a dry run."""
    planned = lms.plan(sources, assignment, roster)
    if as_json:
        click.echo(json.dumps(lms.plan_to_json(planned), ensure_ascii=False, indent=1))
    else:
        Console(highlight=False).print(lms.render(planned))
    problems = list(planned.problems)
    if not dry_run:
        collected = lms.carry_out(planned, target)
        problems += collected.problems
        counts = {name: len(getattr(collected, name)) for name in ("written", "unchanged", "replaced")}
        click.echo(f"{target}: " + ", ".join(f"{count} {name}" for name, count in counts.items()), err=as_json)
    return 1 if problems else 0


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """The options of `autograder export`."""

    run: Path
    to: Any
    template: Path | None
    out: Path
    submissions: Path | None
    roster: Path | None
    column: str | None
    scale: bool
    force: bool
    gradebook: str | None
    as_json: bool


def export_command(project: Project, order: ExportOrder) -> int:
    """Write the marks of a run, with what was given by hand in formgrader, in a platform's form."""
    run = load_run(order.run)
    book = order.gradebook or gradebook_url(project.at(run.assignment).course)
    given = by_hand(book, run.assignment, run.notebook, several=bool(run.notebooks))
    done = exporting.export(
        [with_hand_given(result, given.get(result.student, ByHand())) for result in run.results],
        order.to,
        order.template,
        order.out,
        assignment=run.assignment,
        people=people(order, run.assignment),
        column=order.column,
        force=order.force,
        scale=order.scale,
        penalties={student: one.penalty for student, one in given.items() if one.penalty},
    )
    if order.as_json:
        click.echo(json.dumps(exporting.exported_to_json(done), ensure_ascii=False, indent=1))
    else:
        Console(highlight=False).print(exporting.render(done))
    return 1 if done.blank or done.unmatched else 0


def people(order: ExportOrder, assignment: str) -> tuple[Person, ...]:
    """Who the students are on the platform, as the roster or the collection says."""
    if order.roster is not None:
        return lms.read_roster(order.roster)
    return lms.read_people(order.submissions, assignment) if order.submissions else ()


def feedback_zip_command(order_run: Path, to: Any, out: Path, submissions: Path, force: bool) -> int:
    """Pack the feedback pages as a platform takes them back."""
    run = load_run(order_run)
    packed = exporting.feedback_zip(
        order_run / "feedback", lms.read_people(submissions, run.assignment), to, out, force
    )
    click.echo(f"{packed.out}: {packed.students} students")
    for left in packed.unmatched:
        click.echo(f"  left out: {left.student}: {left.reason}")
    return 1 if packed.unmatched else 0
