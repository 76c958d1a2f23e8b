"""`autograder feedback`, `report` and `explain`: pages and words about a finished run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from autograder import deliver
from autograder.commands.run import Run, RunError, load_run, with_notebook
from autograder.deliver.results import exercise_to_json
from autograder.program import Project, current_release
from autograder.records import ExerciseResult, Release


def release_of(project: Project, run: Run) -> Release:
    """The release that a run was graded by.

    Raises
    ------
    RunError
        If the assignment's texts have changed since.
    """
    release = current_release(project, run.assignment)
    if release.id != run.release_id:
        raise RunError(
            f"{run.folder} was graded by release {run.release_id[:12]}, but {run.assignment} is now {release.id[:12]}. "
            f"Type: autograder regrade {run.folder}"
        )
    return release


def feedback_command(project: Project, folder: Path, student: str | None) -> int:
    """Write the feedback pages of a run anew."""
    run = load_run(folder)
    release = release_of(project, run)
    wanted = run.results if student is None else (run.of(student),)
    for result in wanted:
        graded, data = with_notebook(result, release)
        deliver.write_feedback(folder / "feedback", release, graded, data)
    click.echo(f"Wrote {len(wanted)} feedback page{'s' * (len(wanted) != 1)} to {folder / 'feedback'}")
    return 0


def report_command(project: Project, folder: Path, target: Path | None, names: bool) -> int:
    """Write the page about a class."""
    run = load_run(folder)
    path = target or folder / "report.html"
    path.write_text(deliver.class_report(release_of(project, run), run.results, names=names), encoding="utf-8")
    click.echo(f"Wrote {path}")
    return 0


def explain_command(folder: Path, student: str, exercise: str, as_json: bool) -> int:
    """Say how a mark came about, check by check, for an appeal."""
    result = load_run(folder).of(student)
    found = [one for one in result.exercises if exercise in (one.name, one.name.rsplit("_", 1)[-1])]
    if not found:
        names = ", ".join(one.name for one in result.exercises) or f"none: the submission is {result.status}"
        raise RunError(f"{student!r} has no exercise {exercise!r}. There are: {names}")
    if as_json:
        click.echo(json.dumps(exercise_to_json(found[0]), ensure_ascii=False, indent=1))
        return 0
    click.echo(f"{student}, {found[0].name}: {found[0].score:g} of {found[0].max_score:g} points")
    click.echo(f"file {result.file}, SHA-256 {result.sha256[:12]}, seed {result.seed}")
    for line in explained(found[0]):
        click.echo(line)
    for notice in result.notices:
        click.echo(f"notice  {notice.code}: {notice.message}")
    return 0


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
