"""`autograder grade`: grade a class, show the marks, say where everything is."""

from __future__ import annotations

import contextlib
import json
import secrets
import sys
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from autograder import collect, deliver, program
from autograder.batch import Settings
from autograder.commands.by_hand import with_hand_given
from autograder.commands.overrides import load_overrides, with_overrides
from autograder.commands.run import RunError, alone_in, submitted, with_notebook
from autograder.commands.sums import added_up, put_together
from autograder.gradebook.backup import back_up
from autograder.gradebook.reader import ByHand, differing
from autograder.gradebook.settings import gradebook_url
from autograder.observed import put
from autograder.program import Project
from autograder.records import Graded, Release, Result, Submission

WORTH_A_WORKER = 8
"""Submissions for which one more worker pays."""

TIMESTAMP_BYTES = 100

BANNER = "UNSAFE: students' code ran without a sandbox (--unsafe-no-sandbox)."


@dataclass(frozen=True, slots=True)
class GradeOrder:
    """The options of `autograder grade`."""

    submissions: Path
    assignment: str
    jobs: int
    out: Path
    gradebook: str | None
    as_json: bool
    replay: bool
    seed: str
    student: str | None
    level: Any


def grade_command(project: Project, order: GradeOrder) -> int:
    """Grade, show the marks, say where everything is; return the exit code."""
    project = project.at(order.assignment)
    releases = program.releases(project, order.assignment, order.level)
    url = order.gradebook or gradebook_url(project.course)
    names = [one.notebook for one in releases]
    handed_in = [
        known(collect.find(order.submissions, order.assignment, name, set(names) - {name}), order.student)
        for name in names
    ]
    own_folder(order.out, order.assignment)
    with alone_in(order.out):
        return grade_in(project, order, releases, handed_in, url)


def grade_in(
    project: Project,
    order: GradeOrder,
    releases: tuple[Release, ...],
    handed_in: list[tuple[Submission, ...]],
    url: str,
) -> int:
    """Grade into a folder that is there, and that no other command writes to."""
    order = replace(order, seed=order.seed or kept_seed(order.out))
    back_up(url)
    if len(releases) == 1:
        release, results = releases[0], grade_notebook(project, order, releases[0], handed_in[0], url)
    else:
        with contextlib.closing(program.warm(releases, order.level, order.replay)) as zygote:
            for one, submissions in zip(releases, handed_in, strict=True):
                own = replace(order, out=order.out / one.notebook)
                own.out.mkdir(exist_ok=True)
                with alone_in(own.out):
                    grade_notebook(project, own, one, submissions, url, zygote)
        sums = added_up(order.out, releases)
        release, results = sums.whole, put_together(sums, url)
    results = [result for result in results if order.student in (None, result.student)]
    show(order, release, results, url)
    return 0 if all(result.status in ("graded", "missing") for result in results) else 1


def grade_notebook(
    project: Project,
    order: GradeOrder,
    release: Release,
    submissions: tuple[Submission, ...],
    url: str,
    zygote: Any = None,
) -> list[Result]:
    """Grade one notebook of everybody, and keep what comes of it."""
    count = 1 if order.student else len(submissions)
    overrides = load_overrides(order.out)
    settings = Settings(workers(order.jobs, count), order.level, order.replay, order.seed, order.out / "observations")
    with Keeper(project, release, order.out, url) as keeper, progress_bar(count) as bar:
        task = bar.add_task(f"grading {release.notebook}".strip(), total=count)
        found = program.grade(
            release,
            submissions,
            order.out,
            settings,
            keeper.keep,
            lambda _: bar.update(task, advance=1),
            zygote,
            order.student,
            (lambda result: with_overrides(result, overrides)) if overrides else None,
        )
        results = list(found)
        for result in differing(url, release.assignment, release.notebook, results):
            graded, _ = with_notebook(result, release)
            keeper.keep(Graded(result, graded.notebook))
        return results


def own_folder(out: Path, assignment: str) -> None:
    """Make the folder of the run, unless there is one of another assignment in it.

    Raises
    ------
    RunError
        If there is, or if it cannot be a folder.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise RunError(f"{error.filename} is no folder. Name another one: --out FOLDER") from error
    with contextlib.suppress(OSError, ValueError, AttributeError):  # none, or a damaged one, which is written anew
        other = json.loads((out / "results.json").read_text(encoding="utf-8")).get("assignment", assignment)
        if other != assignment:
            raise RunError(f"{out} holds the results of {other!r}. Name another folder: --out {out}-{assignment}")


def workers(wanted: int, submissions: int) -> int:
    """How many workers are worth their two seconds of warming up."""
    return max(1, min(wanted, submissions // WORTH_A_WORKER))


def known(found: tuple[Submission, ...], student: str | None) -> tuple[Submission, ...]:
    """All submissions, where this student's is among them.

    Raises
    ------
    NoSubmissionsError
        If that student has none.
    """
    if student is not None and all(submission.student != student for submission in found):
        names = ", ".join(submission.student for submission in found[:8])
        raise collect.NoSubmissionsError(f"No submission of {student!r}. There are: {names}{' …' * (len(found) > 8)}")
    return found


def kept_seed(out: Path) -> str:
    """The seed of this output folder: drawn once, so that a batch that goes on asks the same lists."""
    path, seed = out / "seed.txt", ""
    with contextlib.suppress(FileNotFoundError, ValueError):
        seed = path.read_text(encoding="ascii").strip()
    if not seed:
        seed = secrets.token_hex(8)
        put(path, f"{seed}\n".encode())
    return seed


class Keeper:
    """Writes each result down as it comes: the gradebook, the graded notebook, the feedback page."""

    def __init__(self, project: Project, release: Release, out: Path, url: str) -> None:
        self._release, self._out, self._course, self._url = release, out, project.course, url
        self._writer: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        if self._writer is not None:
            self._writer.__exit__(*details)

    def keep(self, graded: Graded) -> None:
        """Write one result down."""
        if self._writer is None:
            from autograder.gradebook.writer import GradebookWriter  # noqa: PLC0415 - takes nbgrader's two seconds

            release = self._release
            self._writer = GradebookWriter(self._url, release.assignment, release.notebook, course=self._course)
        given: ByHand = self._writer.write(graded.result, submitted_at(Path(graded.result.file)))
        if graded.notebook or graded.result.status in ("unreadable", "held"):
            deliver.write_autograded(self._course / "autograded", self._release, graded)
        data = submitted(graded.result, self._release) if graded.notebook else None
        shown = replace(graded, result=with_hand_given(graded.result, given))
        deliver.write_feedback(self._out / "feedback", self._release, shown, data, given.comments)


def submitted_at(notebook: Path) -> datetime | None:
    """When it was handed in, as nbgrader's `timestamp.txt` beside it says."""
    from nbgrader.utils import parse_utc  # noqa: PLC0415 - nbgrader is loaded by then

    try:
        when: datetime = parse_utc(collect.read(notebook.with_name("timestamp.txt"), TIMESTAMP_BYTES).decode().strip())
    except (OSError, collect.Unreadable, ValueError, OverflowError):  # it may be a student's, and hold anything
        return None
    return when


def progress_bar(total: int) -> Progress:
    """A bar with the time left, on stderr; silent where that is not a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal or not total)


def show(order: GradeOrder, release: Release, results: list[Result], url: str) -> None:
    """Print the marks and say where everything is."""
    if order.as_json:
        sys.stdout.write((order.out / "results.json").read_text(encoding="utf-8"))
        return
    exercises = list(dict.fromkeys(cell.exercise for cell in release.cells if cell.kind == "test"))
    console = Console(highlight=False)
    if order.level == "none":
        console.print(BANNER, style="bold red")
    title = f"{release.title} — points out of {release.max_score:g}"
    console.print(deliver.marks_table(results, exercises, title))
    console.print(f"\n{deliver.summary(results)}")
    console.print(f"results    {order.out / 'results.json'}", soft_wrap=True)
    console.print(f"feedback   {order.out / 'feedback'}", soft_wrap=True)
    console.print(f"gradebook  {url}", soft_wrap=True)
