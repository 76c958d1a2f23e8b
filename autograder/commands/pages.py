"""`autograder feedback`, `report` and `explain`: pages and words about a finished run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from autograder import deliver
from autograder.collect import lms
from autograder.commands.by_hand import with_hand_given, with_questions_marked
from autograder.commands.run import Run, RunError, load_run, release_of, releases_of, with_notebook
from autograder.commands.sums import added_up, write_pages
from autograder.deliver.results import exercise_to_json
from autograder.deliver.visible import visible
from autograder.gradebook.reader import ByHand, by_hand, late_students
from autograder.gradebook.settings import gradebook_url
from autograder.program import Project
from autograder.records import ExerciseResult, Release, Result


def unchanged_release(project: Project, run: Run) -> Release:
    """The release that a run was graded by.

    Raises
    ------
    RunError
        If the assignment's texts have changed since.
    """
    release = release_of(project, run)
    if release.id != run.release_id:
        raise RunError(
            f"{run.folder} was graded by release {run.release_id[:12]}, but {run.assignment} is now {release.id[:12]}. "
            f"Type: autograder regrade {run.folder}"
        )
    return release


def feedback_command(project: Project, folder: Path, student: str | None, url: str | None) -> int:
    """Write the feedback pages of a run anew, with what people gave in formgrader meanwhile."""
    run = load_run(folder)
    if run.notebooks:
        return feedback_of_several(project, run, student, url)
    release, book = unchanged_release(project, run), url or gradebook_url(project.at(run.assignment).course)
    given = by_hand(book, run.assignment, run.notebook)
    wanted = run.results if student is None else (run.of(student),)
    for result in wanted:
        graded, data = with_notebook(result, release)
        own = given.get(result.student, ByHand())
        shown = replace(graded, result=with_hand_given(result, own))
        deliver.write_feedback(folder / "feedback", release, shown, data, own.comments)
    click.echo(f"Wrote {pages(wanted)} to {folder / 'feedback'}")
    return 0


def feedback_of_several(project: Project, run: Run, student: str | None, url: str | None) -> int:
    """Write the pages of each notebook anew, and those of all together."""
    wanted = run.results if student is None else (run.of(student),)
    for name in run.notebooks:
        feedback_command(project, run.folder / name, student, url)
    sums = added_up(run.folder, releases_of(project, run))
    write_pages(sums, wanted, url or gradebook_url(project.at(run.assignment).course))
    click.echo(f"Wrote {pages(wanted)} about all notebooks to {run.folder / 'feedback'}")
    return 0


def pages(wanted: Sequence[Result]) -> str:
    """How many pages, in words."""
    return f"{len(wanted)} feedback page{'s' * (len(wanted) != 1)}"


def report_command(project: Project, folder: Path, target: Path | None, names: bool, url: str | None) -> int:
    """Write the page about a class."""
    from autograder.deliver.report import class_report  # noqa: PLC0415 - takes matplotlib's second

    run = load_run(folder)
    path, book = target or folder / "report.html", url or gradebook_url(project.at(run.assignment).course)
    given = by_hand(book, run.assignment, run.notebook, several=bool(run.notebooks))
    results = (with_questions_marked(result, given.get(result.student, ByHand())) for result in run.results)
    page = class_report(unchanged_release(project, run), results, names=names, late=late_in(run, book))
    path.write_text(page, encoding="utf-8")
    click.echo(f"Wrote {path}")
    return 0


def late_in(run: Run, url: str) -> set[str] | None:
    """Who was late by the gradebook's due date or by the platform's own word; None where neither says anything."""
    by_date = late_students(url, run.assignment)
    above = 1 if run.notebooks else 2  # the tree, seen from a student's folder or from a notebook in it
    trees = {path.parents[above] for result in run.results if len((path := Path(result.file)).parents) > above}
    by_platform = {student for tree in trees for student in lms.read_late(tree, run.assignment)}
    return None if by_date is None and not by_platform else (by_date or set()) | by_platform


def explain_command(folder: Path, student: str, exercise: str, as_json: bool) -> int:
    """Say how a mark came about, check by check, for an appeal."""
    result = load_run(folder).of(student)
    found = exercise_called(result, exercise)
    if as_json:
        click.echo(json.dumps(exercise_to_json(found), ensure_ascii=False, indent=1))
        return 0
    lines = [
        f"{student}, {found.name}: {found.score:g} of {found.max_score:g} points",
        f"file {result.file}, SHA-256 {result.sha256[:12]}, seed {result.seed}",
        *explained(found),
        *(f"notice  {notice.code}: {notice.message}" for notice in result.notices),
    ]
    for line in lines:
        click.echo(visible(line))  # some of it is a student's text
    return 0


def exercise_called(result: Result, name: str) -> ExerciseResult:
    """The exercise of this name, which may be the last part of its full one.

    Raises
    ------
    RunError
        If there is none, or if the name does not tell two apart.
    """
    full = [one for one in result.exercises if one.name == name]
    found = full or [one for one in result.exercises if name in (one.name.split("/")[-1], one.name.split("_")[-1])]
    if len(found) == 1:
        return found[0]
    names = ", ".join(one.name for one in found or result.exercises) or f"none: the submission is {result.status}"
    raise RunError(f"{result.student!r} has {'more than one' if found else 'no'} exercise {name!r}. There are: {names}")


def explained(exercise: ExerciseResult) -> list[str]:
    """The lines about one exercise; a message that several checks share is shown once."""
    signs: dict[str, Any] = {"passed": "✓ passed", "failed": "✗ failed", "error": "? ours  "}
    lines, told = [], set()
    for check, cell in zip(exercise.checks, exercise.cells, strict=True):
        lines += ["", f"{signs[check.outcome]}  {check.points:g} of {check.max_points:g}  {check.title}  [{cell}]"]
        if check.message and check.message not in told:
            told.add(check.message)
            lines += [f"    {line}" for line in check.message.splitlines()]
    return lines
