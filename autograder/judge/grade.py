"""Judge one restored notebook: the outcome of every check, and what should be known about the run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from autograder.judge.cell import Verdict, run_test, undecided
from autograder.judge.errors import KeyNeededError
from autograder.judge.key import key_runs
from autograder.judge.one_box import OneBox
from autograder.judge.session import OpenBox, RunTest, Session
from autograder.judge.stateless import demonstrations_matter
from autograder.judge.trusted import Trusted
from autograder.records import (
    BoxFault,
    Cell,
    CellRun,
    CheckResult,
    ExerciseResult,
    ManualQuestion,
    Notebook,
    Notice,
    Release,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """The outcome of every check of one submission, notices about the run, and how each of the student's cells ran."""

    exercises: tuple[ExerciseResult, ...]
    manual: tuple[ManualQuestion, ...]
    notices: tuple[Notice, ...]
    runs: Mapping[int, CellRun]

    @property
    def held(self) -> bool:
        """Whether a check could not be decided through a fault of ours."""
        return any(check.outcome == "error" for exercise in self.exercises for check in exercise.checks)


def judge(
    release: Release,
    notebook: Notebook,
    open_box: OpenBox,
    trusted: Trusted,
    seed: str,
    replay: bool = False,
    run: RunTest = run_test,
) -> Judged:
    """Judge one notebook.

    Parameters
    ----------
    release
        What decides the marks.
    notebook
        The student's notebook, restored.
    open_box
        Starts a box for this submission; each call a fresh one, and told what is going to run there.
    trusted
        The judge's own copy of the release's names.
    seed
        Fixes the tests' random lists: one seed, the same lists for everybody.
    replay
        Run the demonstrations in the first place, not only before a point is lost, and keep the figures.
    run
        Runs one test cell.

    Returns
    -------
    Judged
        Whatever the student's side did. A fault of ours is an outcome `error`, after one retry in a fresh box.
    """
    faults, key_needed = 0, False
    while True:
        session = Session(release, notebook, open_box, trusted, seed, run, draw=replay)
        try:
            if key_needed:
                trusted.keys = key_runs(release, open_box, trusted)
                key_needed = False
            verdicts, notices = decide(session, replay)
            session.tell(verdicts, skip_demonstrations=not replay)
        except KeyNeededError:
            key_needed = True
            continue
        except BoxFault as fault:
            faults += not fault.put_right
            if faults < 2:
                continue
            session.begin_telling(complete=session.complete)
            verdicts = {name: Verdict(undecided(cell, str(fault))) for name, cell in session.tests.items()}
            notices = (Notice("fault", f"Grading could not be finished: {fault}"),)
        break
    checks = {name: explained(session, cell, verdicts[name]) for name, cell in session.tests.items()}
    return Judged(
        exercises(release, checks),
        manual_questions(release, notebook),
        notices + run_notices(session, replay),
        session.runs,
    )


def decide(session: Session, replay: bool) -> tuple[dict[str, Verdict], tuple[Notice, ...]]:
    """The verdict on every test cell: what fails in the first run is tried again with nothing left out that matters.

    One box does for that, unless something stops it.
    """
    verdicts = session.live(skip_demonstrations=not replay)
    doubtful = [name for name, verdict in verdicts.items() if not verdict.passed]
    if not doubtful:
        return verdicts, ()
    stops = [stop for name in doubtful if (stop := verdicts[name].stop)]
    session.everything = any(stop.code.startswith("time/") for stop in stops)
    leave_out = not replay and not demonstrations_matter(session.notebook)
    notices: list[Notice] = []
    one_box = OneBox(session, doubtful, leave_out)
    if one_box.is_of_use and not stops:
        one_box.run()
        notices += settle(verdicts, one_box.at_place, one_box.at_end)
        doubtful = one_box.unsettled
    for group in session.apart(doubtful):
        notices += settle(verdicts, *session.careful(group, leave_out))
    return verdicts, tuple(notices)


def settle(
    verdicts: dict[str, Verdict], at_place: Mapping[str, Verdict], at_end: Mapping[str, Verdict]
) -> Iterator[Notice]:
    """Keep the best outcome of each test: so far, at its place, and on the finished notebook."""
    for name, verdict in at_place.items():
        verdicts[name] = better(verdicts[name], verdict)
    for name, verdict in at_end.items():
        best = better(verdicts[name], verdict)
        if points(best) > points(verdicts[name]):
            text = f"The test {name!r} did not pass at its place, but on the finished notebook; that counts."
            yield Notice("passed-at-end", text)
        verdicts[name] = best


def better(first: Verdict, second: Verdict) -> Verdict:
    """For each check the better of two outcomes; the later message where both failed."""
    pairs = zip(first.checks, second.checks, strict=True)
    return replace(second, checks=tuple(one if one.points > two.points else two for one, two in pairs))


def points(verdict: Verdict) -> float:
    """What a verdict earns."""
    return sum(check.points for check in verdict.checks)


def explained(session: Session, cell: Cell, verdict: Verdict) -> tuple[CheckResult, ...]:
    """The checks of a cell; where the answer was never defined, they say why."""
    if verdict.undefined != cell.exercise or not cell.exercise:
        return verdict.checks
    reason = f"{cell.exercise} is not defined when the notebook is run from the top."
    for place, step in enumerate(session.notebook.steps):
        run = session.runs.get(place)
        if run and (step.id == cell.exercise or f"def {cell.exercise}" in step.source):
            reason += f" Its cell {why_not(run)}" if run.raised or run.stop else ""
    return tuple(
        check if check.outcome == "passed" else replace(check, code="not-defined", message=reason)
        for check in verdict.checks
    )


def why_not(run: CellRun) -> str:
    """How a cell ended, as the end of a sentence."""
    if run.stop:
        return f"did not end well. {run.stop.message}"
    raised = run.raised
    line = f" (line {raised.line})" if raised and raised.line else ""
    return f"stopped with {raised.type}: {raised.message}{line}" if raised else "ran."


def exercises(release: Release, checks: dict[str, tuple[CheckResult, ...]]) -> tuple[ExerciseResult, ...]:
    """The checks, put together by exercise in the order of the release."""
    names = dict.fromkeys(cell.exercise or cell.id for cell in release.cells if cell.kind == "test")
    found = []
    for name in names:
        cells = [cell for cell in release.cells if cell.kind == "test" and (cell.exercise or cell.id) == name]
        pairs = [(check, cell.id) for cell in cells for check in checks[cell.id]]
        found.append(ExerciseResult(name, tuple(check for check, _ in pairs), tuple(cell for _, cell in pairs)))
    return tuple(found)


def manual_questions(release: Release, notebook: Notebook) -> tuple[ManualQuestion, ...]:
    """The questions that a person marks; one whose cell is as it was given is not answered, and earns nothing."""
    written = {step.id: step.source for step in notebook.steps}
    return tuple(
        manual_question(cell, written.get(cell.id)) for cell in release.cells if cell.kind in ("manual", "task")
    )


def manual_question(cell: Cell, written: str | None) -> ManualQuestion:
    """One question; a task has no place of its own for an answer, so that nobody can tell whether it was done."""
    if cell.kind == "manual" and written == cell.student_source:
        return ManualQuestion(cell.id, cell.points, 0.0, "not-answered")
    return ManualQuestion(cell.id, cell.points)


def run_notices(session: Session, replay: bool) -> tuple[Notice, ...]:
    """What an instructor should know of how the student's cells ran.

    A cell that raised is left out where it may only have missed what a skipped demonstration would have bound.
    """
    notices = []
    raised = any(run.raised for run in session.runs.values())
    telling = raised and (replay or session.complete or not demonstrations_matter(session.notebook))
    for place, run in sorted(session.runs.items()):
        step = session.notebook.steps[place]
        where = f"Cell {step.index + 1}" if step.index is not None else f"The cell {step.id!r}"
        if run.stop:
            notices.append(Notice(run.stop.code, f"{where}: {run.stop.message}"))
        elif run.raised and telling:
            notices.append(Notice("cell-error", f"{where} {why_not(run)}"))
    return tuple(notices)
