"""The whole program on one page.

source → release → collect → execute → judge → gradebook → deliver

Each stage is a package that knows no other; what crosses between them is defined in `autograder.records`. This module
and the few beside it (`grader`, `batch`) are where they meet; `cli` only parses what is typed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from autograder import collect, deliver, execute
from autograder import judge as judging
from autograder.batch import Content, Settings, State, grade_all
from autograder.grader import Grader, used
from autograder.interrupts import stop_if_interrupted
from autograder.observed import Folder
from autograder.project import Project as Project  # noqa: PLC0414 - commands take both from here
from autograder.project import UnknownAssignmentError as UnknownAssignmentError  # noqa: PLC0414 - see above
from autograder.records import Graded, Release, Result, Submission


def release(project: Project, assignment: str, level: Any = None, audited: bool = False) -> Any:
    """Make the student's bundle and the nbgrader course, if the gate lets them pass.

    Where the assignment has a bank of answers, `audited` also asks that its tests tell the wrong from the right ones.
    """
    from autograder.release import verb  # noqa: PLC0415 - takes nbgrader's two seconds

    folder = project.folder(assignment)
    if audited and (folder / "bank").is_dir():
        refuse_unless_audited(folder, level)
    with contextlib.ExitStack() as stack:
        started: dict[str, Grader] = {}  # one warm process for all that the gate tries

        def grade(made: Release, notebook: bytes) -> Result:
            if made.id not in started:
                started[made.id] = stack.enter_context(Grader(made, level))
            return started[made.id].grade_bytes(Submission("key", Path("key.ipynb")), notebook, "0").result

        return verb.release(folder, project.build, grade)


def refuse_unless_audited(folder: Path, level: Any) -> None:
    """Refuse to release tests that let a wrong answer pass or refuse a right one.

    Raises
    ------
    ReleaseError
        With the names of those answers.
    """
    from autograder.audit import audit  # noqa: PLC0415 - reads the release
    from autograder.release.errors import ReleaseError  # noqa: PLC0415 - see above

    report = audit(folder, boxes=0, level=level)
    if not report.good:
        names = ", ".join(trial.entry.name for trial in (*report.alive, *report.refused)[:5]) or "see the audit"
        raise ReleaseError(
            f"{folder.name} is not released: its tests are not good enough ({names}). "
            f"Type: autograder audit {folder.name}"
        )


def current_release(project: Project, assignment: str, level: Any = None) -> Release:
    """The release that was made of the texts as they are; made now if it was not."""
    from autograder.release.store import load_release  # noqa: PLC0415 - only here

    made = load_release(project.folder(assignment), project.build)
    if made is None:
        made = release(project, assignment, level).release
    return made


def releases(project: Project, assignment: str, level: Any = None) -> tuple[Release, ...]:
    """The releases of an assignment, one for each of its notebooks.

    Those of a plain nbgrader course are read from its source folder.
    """
    if not project.plain:
        return (current_release(project, assignment, level),)
    from autograder.dropin.course import course_in  # noqa: PLC0415 - takes nbgrader's two seconds

    course = course_in(project.root)
    with contextlib.chdir(project.root):  # the settings name headers and footers from there
        found = tuple(course.release(assignment, notebook) for notebook in course.notebooks(assignment))
    if not found:
        raise UnknownAssignmentError(f"There is no notebook in {project.root / 'source' / assignment}.")
    return found


def grade(
    found: Release,
    submissions: tuple[Submission, ...],
    out: Path,
    settings: Settings,
    keep: Callable[[Graded], None],
    seen: Callable[[Result], None],
    zygote: Any = None,
    only: str | None = None,
    by_hand: Callable[[Result], Result] | None = None,
) -> Iterator[Result]:
    """Grade what is not graded yet, keep each result as it comes, write `results.json`, and return all results.

    Parameters
    ----------
    found
        The release to grade by.
    submissions
        What was handed in.
    out
        Gets `state.jsonl` while it runs and `results.json` at the end.
    settings
        How to grade.
    keep
        Writes one result down (gradebook, feedback); called by this process alone, before the result counts as done.
    seen
        Told of each result, for a progress bar.
    zygote
        A warm process for all notebooks of a plain course's assignment, see `warm`; by default one of this run's own.
    only
        Grade this student alone; what is known of the others stays in `results.json`.
    by_hand
        Puts what a person decided in the place of what was judged; that is then kept in `judged.json`.
    """
    stop_if_interrupted()
    decided = by_hand or unchanged
    observations = Folder(settings.observations, found) if settings.observations else None
    with State(out, found, settings) as state, contextlib.ExitStack() as stack:
        done = state.graded()
        wanted = [submission for submission in submissions if only in (None, submission.student)]
        waiting = [submission for submission in wanted if not is_done(submission, done, found)]
        for _ in range(len(wanted) - len(waiting)):
            seen(NOTHING)
        settle: Callable[[Graded], Graded] = unchanged
        shared = None
        if waiting and found.notebook:
            shared = zygote or stack.enter_context(contextlib.closing(warm((found,), settings.level, settings.replay)))
            settle = settling(found, shared)
        every = stack.enter_context(contextlib.closing(grade_all(found, waiting, settings)))
        for graded in map(settle, every):
            keep(replace(graded, result=decided(graded.result)))
            if observations and graded.observed:
                observations.keep(graded.observed)
            state.add(graded.result)
            seen(graded.result)
            stop_if_interrupted()
        students = {submission.student for submission in submissions}
        judged = out / "judged.json"
        if by_hand:
            deliver.write_results(judged, found, ordered(state, students))
        else:
            judged.unlink(missing_ok=True)  # of an earlier regrade; what was handed in since is not in it
        deliver.write_results(out / "results.json", found, map(decided, ordered(state, students)))
        return map(decided, ordered(state, students))


def warm(parts: Sequence[Release], level: Any, replay: bool) -> execute.Zygote:
    """A warm process for all notebooks of an assignment, which starts when it is first asked for a box."""
    given = [source for part in parts for source in part.fixed_sources]
    first = parts[0]
    return execute.Zygote(first.files, first.limits, level, render_figures=replay, given=given)


def settling(found: Release, zygote: execute.Zygote) -> Callable[[Graded], Graded]:
    """What turns a failure into an open question, where a test cannot be split between judge and box.

    A plain course has not passed our gate: once one of its tests has failed, all are tried on its own answers.

    Raises
    ------
    BoxFault
        If no box can be made on this machine.
    """
    from autograder.dropin.probe import undecided_refusals, unsplittable  # noqa: PLC0415 - for plain courses alone

    @cache
    def doubtful() -> frozenset[str]:
        with contextlib.closing(judging.Trusted(found)) as trusted:
            return unsplittable(found, zygote, trusted)

    def settle(graded: Graded) -> Graded:
        checks = (check for exercise in graded.result.exercises for check in exercise.checks)
        return undecided_refusals(graded, doubtful()) if any(check.outcome == "failed" for check in checks) else graded

    return settle


def unchanged(one: Any) -> Any:
    """Change nothing."""
    return one


def ordered(state: State, students: set[str]) -> Iterator[Result]:
    """The results of these students."""
    return (result for result in state.results() if result.student in students)


def is_done(submission: Submission, done: dict[str, Content], found: Release) -> bool:
    """Whether this very file has been graded with the very files that lie beside it, or is as absent as it was."""
    if submission.student not in done:
        return False
    sha256, files = done[submission.student]
    try:
        digest = collect.digest(submission.path, found.limits.notebook_mb * 1_000_000)
    except FileNotFoundError:
        return submission.with_others and not sha256
    except collect.Unreadable:
        return False
    return digest == sha256 and used(submission, collect.beside(submission.folder, found.files)) == files


NOTHING = Result("", "", "", "missing")
"""Stands for a submission that an earlier run has graded."""
