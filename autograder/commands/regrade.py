"""`autograder regrade`: grade a run again by the present tests, and show who moves before anything is written."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from autograder import collect, deliver, program
from autograder.batch import Settings
from autograder.commands.grade import Keeper, progress_bar, workers
from autograder.commands.moves import Regraded, named, show
from autograder.commands.overrides import (
    Override,
    keep_override,
    load_overrides,
    parse_override,
    with_overrides,
)
from autograder.commands.run import Run, RunError, alone_in, load_run, release_of, releases_of, with_notebook
from autograder.commands.sums import above, added_up, put_together
from autograder.gradebook.backup import back_up
from autograder.gradebook.settings import gradebook_url
from autograder.program import Project
from autograder.records import Graded, Release, Result, Submission


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


def regrade_command(project: Project, order: RegradeOrder) -> int:
    """Grade again, show who moves, and write it if that is wished."""
    run = load_run(order.run)
    with contextlib.ExitStack() as stack:
        for folder in (run.folder, *(run.folder / name for name in run.notebooks)):
            stack.enter_context(alone_in(folder))
        return regrade_in(project, run, order)


def regrade_in(project: Project, run: Run, order: RegradeOrder) -> int:
    """Grade a run again whose folder no other command writes to."""
    if run.notebooks and order.override:
        raise RunError(
            f"{order.run} holds the sums of several notebooks. Override a check in the run of its own notebook, "
            f"for instance: autograder regrade {order.run / run.notebooks[0]} --override …"
        )
    project, sums = project.at(run.assignment), run if run.notebooks else above(run)
    parts = releases_of(project, sums, order.level) if sums else ()
    override = parsed_override(run, order)
    runs = [load_run(order.run / name) for name in run.notebooks] or [run]
    names = {part.notebook for part in parts}
    again = [regraded(project, one, order, override, names - {one.notebook}) for one in runs]
    show(again, order.as_json)
    if order.dry_run or not (order.yes or order.as_json or click.confirm("Write these marks?", default=False)):
        click.echo("Nothing was written.", err=True)
        return 0
    if override:
        keep_override(order.run, override)
    url = order.gradebook or gradebook_url(project.course)
    back_up(url)
    for one in again:
        write(project, one, url)
    results = again[0].results
    if sums:
        whole = put_together(added_up(sums.folder, parts), url)
        results = whole if run.notebooks else results
    return 0 if all(result.status in ("graded", "missing") for result in results) else 1


def parsed_override(run: Run, order: RegradeOrder) -> Override | None:
    """The override that was typed, if one was; it is of a student whom the run knows."""
    if not order.override:
        return None
    override = parse_override(order.override, order.reason, datetime.now(UTC).isoformat(timespec="seconds"))
    run.of(override.student)
    return override


def regraded(
    project: Project, run: Run, order: RegradeOrder, override: Override | None, others: Collection[str]
) -> Regraded:
    """Grade the run of one notebook again; the assignment may have others."""
    release = release_of(project, run, order.level)
    overrides = [*load_overrides(run.folder), *([override] if override else [])]
    again, how = graded_again(run, release, order, others)
    return Regraded(run, release, [with_overrides(result, overrides) for result in again], how)


def graded_again(
    run: Run, release: Release, order: RegradeOrder, others: Collection[str]
) -> tuple[list[Result], Counter[str]]:
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
        return without_overrides(run), how
    submissions = tuple(handed_in(result, others) for result in run.results)
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


def handed_in(result: Result, others: Collection[str]) -> Submission:
    """The submission that a result is about; `others` are the names of the assignment's other notebooks."""
    path = Path(result.file)
    folder = None if result.files is None else path.parent
    return Submission(result.student, path, folder, collect.others_handed_in(path, others))


def without_overrides(run: Run) -> list[Result]:
    """The results as they were judged, before any override, where that is still known."""
    path = run.folder / "judged.json"
    if not path.exists():
        return list(run.results)
    judged = json.loads(path.read_text(encoding="utf-8"))["submissions"]
    known = {one["student"]: deliver.result_from_json(one) for one in judged}
    return [known.get(result.student, result) for result in run.results]


def write(project: Project, again: Regraded, url: str) -> None:
    """Put the new marks in their places; the old results stay beside them."""
    folder, anew = again.run.folder, bool(again.how)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    shutil.copy(folder / "results.json", folder / f"results-{stamp}.json")
    with Keeper(project, again.release, folder, url) as keeper:
        for result in again.results:
            graded, _ = with_notebook(result, again.release)
            keeper.keep(Graded(result, graded.notebook))
    if anew:  # what `grade` finds to be done is this from now on, and not what was judged before
        with (folder / "state.jsonl").open("ab") as state:
            state.write((folder / "regrade" / "state.jsonl").read_bytes())
    if anew or not (folder / "judged.json").exists():
        shutil.copy((folder / "regrade" if anew else folder) / "results.json", folder / "judged.json")
    deliver.write_results(folder / "results.json", again.release, again.results)
    click.echo(named(again, f"Written. The results before are in results-{stamp}.json"), err=True)
