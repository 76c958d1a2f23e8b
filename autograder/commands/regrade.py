"""`autograder regrade`: grade a run again by the present tests, and show who moves before anything is written."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from autograder import deliver, program
from autograder.batch import Settings
from autograder.commands.grade import Keeper, progress_bar, workers
from autograder.commands.overrides import keep_override, load_overrides, parse_override, with_overrides
from autograder.commands.run import Run, RunError, load_run, release_of, releases_of, with_notebook
from autograder.commands.sums import put_together
from autograder.deliver.table import points, shown
from autograder.gradebook.backup import back_up
from autograder.gradebook.settings import gradebook_url
from autograder.program import Project
from autograder.records import CheckResult, Graded, Release, Result, Submission


@dataclass(frozen=True, slots=True)
class RegradeOrder:
    """The options of `autograder regrade`."""

    run: Path
    jobs: int
    gradebook: str | None
    override: str | None
    reason: str
    dry_run: bool
    yes: bool
    as_json: bool
    level: Any
    run_again: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """One student whose marks change: the score before and after, and the checks that bring it about."""

    student: str
    before: float | None
    after: float | None
    checks: tuple[str, ...]


def regrade_command(project: Project, order: RegradeOrder) -> int:
    """Grade again, show who moves, and write it if that is wished."""
    run = load_run(order.run)
    if run.notebooks:
        raise RunError(f"{order.run} holds sums. Type: autograder regrade {order.run / run.notebooks[0]}")
    project = project.at(run.assignment)
    release = release_of(project, run, order.level)
    overrides = load_overrides(order.run)
    if order.override:
        overrides.append(parse_override(order.override, order.reason, datetime.now(UTC).isoformat(timespec="seconds")))
        run.of(overrides[-1].student)
    again, how = graded_again(run, release, order)
    results = [with_overrides(result, overrides) for result in again]
    moves = list(moved(run.results, results))
    show(order, moves, release, run, how)
    if order.dry_run or not (order.yes or order.as_json or click.confirm("Write these marks?", default=False)):
        click.echo("Nothing was written.", err=True)
        return 0
    if order.override:
        keep_override(order.run, overrides[-1])
    write(project, order, release, results, anew=bool(how))
    return 0 if all(result.status in ("graded", "missing") for result in results) else 1


def graded_again(run: Run, release: Release, order: RegradeOrder) -> tuple[list[Result], Counter[str]]:
    """The results by the release as it is now; those of an unchanged release are taken as they are.

    Returns
    -------
    list of Result
        One for each submission.
    Counter
        How many were `recalled` from what their boxes said before, and how many were `run`.
    """
    how: Counter[str] = Counter()
    if release.id == run.release_id and not order.run_again:
        return [without_override(result, run.folder) for result in run.results], how
    submissions = tuple(Submission(result.student, Path(result.file)) for result in run.results)
    seed = next((result.seed for result in run.results if result.status == "graded"), "0")
    jobs, kept = workers(order.jobs, len(submissions)), run.folder / "observations"
    settings = Settings(jobs, order.level, seed=seed, observations=kept, recall=not order.run_again)
    folder = run.folder / "regrade"
    folder.mkdir(exist_ok=True)
    (folder / "state.jsonl").unlink(missing_ok=True)  # what was run is observed, and need not be run again
    with progress_bar(len(submissions)) as bar:
        task = bar.add_task("regrading", total=len(submissions))

        def keep(graded: Graded) -> None:
            how["recalled" if graded.recalled else "run"] += 1

        found = program.grade(release, submissions, folder, settings, keep, lambda _: bar.update(task, advance=1))
        return list(found), how


def without_override(result: Result, folder: Path) -> Result:
    """The result as it was judged, before any override, where that is still known."""
    path = folder / "judged.json"
    if not path.exists():
        return result
    for one in json.loads(path.read_text(encoding="utf-8"))["submissions"]:
        if one["student"] == result.student:
            return deliver.result_from_json(one)
    return result


def moved(before: tuple[Result, ...], after: list[Result]) -> Iterator[Move]:
    """Who moves."""
    old = {result.student: result for result in before}
    for result in after:
        was = old[result.student]
        changed = tuple(changes(was, result))
        if changed or was.score != result.score:
            yield Move(result.student, was.score, result.score, changed)


def changes(before: Result, after: Result) -> Iterator[str]:
    """The checks that changed, each as a few words."""
    old, new = checks(before), checks(after)
    for place in sorted(old.keys() | new.keys()):
        was, now = old.get(place), new.get(place)
        if now is None or was is None or was.points != now.points or was.max_points != now.max_points:
            yield f"{place}: {said(was)} → {said(now)}"


def checks(result: Result) -> dict[str, CheckResult]:
    """Every check of a result by its cell and name."""
    pairs = [pair for exercise in result.exercises for pair in zip(exercise.checks, exercise.cells, strict=True)]
    return {f"{cell}/{check.name}": check for check, cell in pairs}


def said(check: CheckResult | None) -> str:
    """The points of a check, or that it is not there."""
    return "none" if check is None else f"{check.points:g} of {check.max_points:g}"


def show(order: RegradeOrder, moves: list[Move], release: Release, run: Run, how: Counter[str]) -> None:
    """Print who moves, by how much and through which check."""
    if how:
        click.echo(f"{how['recalled']} decided from stored observations, {how['run']} run again", err=True)
    if order.as_json:
        rows = [{"student": m.student, "before": m.before, "after": m.after, "checks": list(m.checks)} for m in moves]
        head = {"from": run.release_id, "to": release.id, "recalled": how["recalled"], "run": how["run"]}
        click.echo(json.dumps({**head, "moves": rows}, ensure_ascii=False, indent=1))
        return
    console = Console(highlight=False)
    console.print(f"{len(moves)} of {len(run.results)} move, from release {run.release_id[:12]} to {release.id[:12]}")
    if moves:
        table = Table("student", "before", "after", "by", "through", show_edge=False, pad_edge=False)
        for move in moves:
            by = "–" if move.before is None or move.after is None else f"{move.after - move.before:+g}"
            table.add_row(shown(move.student), points(move.before), points(move.after), by, "\n".join(move.checks))
        console.print(table)


def write(project: Project, order: RegradeOrder, release: Release, results: list[Result], anew: bool) -> None:
    """Put the new marks in their places; the old results stay beside them."""
    url = order.gradebook or gradebook_url(project.course)
    back_up(url)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    shutil.copy(order.run / "results.json", order.run / f"results-{stamp}.json")
    with Keeper(project, release, order.run, url) as keeper:
        for result in results:
            graded, _ = with_notebook(result, release)
            keeper.keep(Graded(result, graded.notebook))
    if anew or not (order.run / "judged.json").exists():
        shutil.copy((order.run / "regrade" if anew else order.run) / "results.json", order.run / "judged.json")
    deliver.write_results(order.run / "results.json", release, results)
    if release.notebook and (order.run.parent / "results.json").exists():
        sums = load_run(order.run.parent)
        put_together(project, sums.folder, releases_of(project, sums), url)
    click.echo(f"Written. The results before are in results-{stamp}.json", err=True)
