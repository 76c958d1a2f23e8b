"""Grade one submission: read → restore → judge. Everything a worker needs for it is kept warm here."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from autograder import collect, execute
from autograder import judge as judging
from autograder.judge import Setting, Verdict
from autograder.known import KnownVerdicts
from autograder.observed import circumstances, told
from autograder.records import Beside, Box, Cell, Graded, Isolation, Notebook, Notice, Release, Result, Submission
from autograder.several import not_handed_in


class Grader:
    """Grades submissions of one release, one after the other; each is judged in a box of its own.

    Parameters
    ----------
    release
        What decides the marks.
    level
        "A", "B" or "none"; None for the best that this machine offers.
    replay
        Run the demonstrations too, and render the figures.
    zygote
        A warm process to use, which stays open; by default one of the grader's own.
    record
        Let each `Graded` hold what the boxes said.

    Attributes
    ----------
    before
        Is told of each test cell before it is run, and says whether to: one that it refuses has used up its time.

    Raises
    ------
    BoxFault
        On entry, if no box can be made on this machine.
    """

    def __init__(
        self, release: Release, level: Any = None, replay: bool = False, zygote: Any = None, record: bool = False
    ) -> None:
        self.release, self.replay, self._shared, self._record = release, replay, zygote is not None, record
        self._zygote = zygote or execute.Zygote(
            release.files, release.limits, level, render_figures=replay, given=release.fixed_sources
        )
        self._trusted = judging.Trusted(release)
        self._known = KnownVerdicts(release)
        self.before: Callable[[Cell], bool] = lambda _: True
        self._circumstances = circumstances(release) if record else {}

    def __enter__(self) -> Self:
        if not self._shared:
            self._zygote.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._shared:
            self._zygote.close()
        self._trusted.close()

    def grade(self, submission: Submission, seed: str = "0") -> Graded:
        """Grade the file of one submission. Whatever it holds, the answer is a result."""
        started = time.monotonic()
        try:
            data = collect.read(submission.path, self.release.limits.notebook_mb * 1_000_000)
        except FileNotFoundError:
            if submission.with_others:
                return self._nothing_earned(submission)
            if names := collect.misnamed(submission.folder):
                name = submission.path.name
                return self._unmarked(
                    submission, "unreadable", f"There is no {name}, but {names}: give the right one that name."
                )
            return self._unmarked(submission, "missing", "There is no notebook in this folder.")
        except collect.Unreadable as reason:
            return self._unmarked(submission, "unreadable", str(reason))
        beside = collect.beside(submission.folder, self.release.files)
        return self.grade_bytes(submission, data, seed, started, beside)

    def grade_bytes(
        self,
        submission: Submission,
        data: bytes,
        seed: str,
        started: float | None = None,
        beside: Beside = Beside(),  # noqa: B008 - it is frozen
    ) -> Graded:
        """Grade the bytes of one submission, and what was handed in beside them."""
        started = started or time.monotonic()
        digest = collect.sha256(data)
        try:
            notebook = collect.restore(data, self.release)
        except collect.Unreadable as reason:
            return self._unmarked(submission, "unreadable", str(reason), digest)
        notebook = replace(notebook, notices=notebook.notices + beside.notices, files=beside.files)
        return self._graded(submission, digest, notebook, seed, started)

    def _graded(self, submission: Submission, digest: str, notebook: Notebook, seed: str, started: float) -> Graded:
        """Judge a restored notebook in boxes of the zygote."""
        observations = execute.Observations() if self._record else None

        def new_box(sources: Collection[str] | None) -> Box:
            return self._zygote.box(sources, observations=observations)

        graded = self._judged(submission, digest, notebook, seed, new_box, self.replay)
        result = replace(graded.result, seconds=time.monotonic() - started)
        observed = None
        if observations and not observations.unfit:
            observed = execute.pack(
                collect.fingerprint(digest, notebook.files),
                observations,
                {**self._circumstances, **told(result, self.replay)},
            )
        return replace(graded, result=result, observed=observed)

    def _judged(
        self,
        submission: Submission,
        digest: str,
        notebook: Notebook,
        seed: str,
        new_box: judging.OpenBox,
        demonstrate: bool,
    ) -> Graded:
        """Judge a restored notebook in these boxes."""
        held: list[Isolation] = []

        def open_box(sources: Collection[str] | None) -> Box:
            box = new_box(sources)
            held[:] = [box.isolation]
            return box

        def run_test(cell: Cell, box: Box, setting: Setting) -> Verdict:
            if not self.before(cell):
                return judging.out_of_time(cell, setting)
            return self._known.run_test(cell, box, setting)

        judged = judging.judge(self.release, notebook, open_box, self._trusted, seed, demonstrate, run_test)
        result = Result(
            student=submission.student,
            file=str(submission.path),
            sha256=digest,
            status="held" if judged.held else "graded",
            exercises=judged.exercises,
            manual=judged.manual,
            notices=notebook.notices + judged.notices,
            isolation=held[0] if held else None,
            seed=seed,
            max_score=self.release.max_score,
            files=used(submission, notebook),
        )
        return Graded(result, notebook, judged.runs)

    def _nothing_earned(self, submission: Submission) -> Graded:
        """The result for a notebook that is missing while another one was handed in."""
        exercises, manual = not_handed_in(self.release)
        graded = self._unmarked(submission, "graded", "")
        return replace(graded, result=replace(graded.result, exercises=exercises, manual=manual, notices=()))

    def _unmarked(self, submission: Submission, status: Any, reason: str, digest: str = "") -> Graded:
        """A result without a score, and why."""
        result = Result(
            submission.student,
            str(submission.path),
            digest,
            status,
            notices=(Notice(status, reason),),
            max_score=self.release.max_score,
            files=used(submission, Beside()),
        )
        return Graded(result)


def used(submission: Submission, beside: Beside | Notebook) -> tuple[tuple[str, str], ...] | None:
    """The files beside a submission's notebook as its result names them."""
    if submission.folder is None:
        return None
    return tuple((name, collect.sha256(content)) for name, content in beside.files)
