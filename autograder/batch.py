"""Grade many submissions: a pool of workers, and a state from which a killed batch goes on."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import unicodedata
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any, Self

from autograder.deliver.results import AS_JSON, result_from_json, result_to_json
from autograder.grader import Grader
from autograder.pool import in_pool
from autograder.recall import recall_all
from autograder.records import BoxFault, Graded, Notice, Release, Result, Submission


@dataclass(frozen=True, slots=True)
class Settings:
    """How to grade, the same for every submission of a batch.

    `observations` is the folder that keeps what the boxes say. With `recall`, what they said before is asked first, and
    only what that does not answer is run.
    """

    jobs: int = 1
    level: Any = None
    replay: bool = False
    seed: str = "0"
    observations: Path | None = None
    recall: bool = False


def grade_all(
    release: Release, submissions: Iterable[Submission], settings: Settings, zygote: Any = None
) -> Generator[Graded, None, None]:
    """Grade submissions and yield each when it is done, in any order; with `recall`, those first that need no box.

    What is graded in this process uses `zygote`, where one is warm already.

    Raises
    ------
    BoxFault
        If a box is needed and none can be made on this machine.
    """
    to_run = list(submissions)
    if settings.recall and settings.observations:
        to_run, waiting = [], iter(to_run)
        for submission, graded in recall_all(release, waiting, settings.observations, settings.jobs, settings.seed):
            if graded is None:
                to_run.append(submission)
            else:
                yield graded
        to_run += waiting
    yield from run_all(release, to_run, settings, zygote)


def run_all(
    release: Release, submissions: Iterable[Submission], settings: Settings, zygote: Any = None
) -> Iterator[Graded]:
    """Grade submissions in boxes, in parallel.

    A worker that dies is our fault: what it had in flight is graded once more, here, one at a time. Where no worker can
    start, that is also where the reason comes out.

    Raises
    ------
    BoxFault
        If no box can be made on this machine.
    """
    waiting = iter(submissions)
    lost: list[Submission] = []
    if settings.jobs > 1:
        for submission, graded in in_pool(settings.jobs, start_worker, (release, settings), grade_in_worker, waiting):
            if graded is None:
                lost.append(submission)
            else:
                yield graded
    yield from grade_here(release, [*lost, *waiting], settings, zygote)


def grade_here(
    release: Release, submissions: Iterable[Submission], settings: Settings, zygote: Any = None
) -> Iterator[Graded]:
    """Grade in this process; a fault of ours with one submission holds that one alone."""
    submissions = iter(submissions)
    first = next(submissions, None)
    if first is None:
        return
    with warm_grader(release, settings, zygote) as grader:
        yield guarded(grader.grade, first, settings.seed, release)
        for submission in submissions:
            yield guarded(grader.grade, submission, settings.seed, release)


@contextlib.contextmanager
def warm_grader(release: Release, settings: Settings, zygote: Any = None) -> Iterator[Grader]:
    """A grader with these settings. What is loaded by then stays: the collector need not look at it ever again."""
    record = settings.observations is not None
    with Grader(release, settings.level, settings.replay, zygote, record) as grader:
        gc.collect()
        gc.freeze()
        yield grader


def guarded(grade: Callable[[Submission, str], Graded], submission: Submission, seed: str, release: Release) -> Graded:
    """Grade one; whatever goes wrong on our side makes it held, never a zero."""
    try:
        return grade(submission, seed)
    except Exception as fault:
        notice = Notice("fault", f"A fault of the grader, not of the submission: {type(fault).__name__}: {fault}")
        held = Result(
            submission.student, str(submission.path), "", "held", notices=(notice,), max_score=release.max_score
        )
        return Graded(held)


_worker: tuple[Grader, Settings] | None = None  # one to a worker process: it keeps a zygote warm


def start_worker(release: Release, settings: Settings) -> None:
    """Warm up one worker process."""
    global _worker  # noqa: PLW0603 - a pool's initializer has no other place for what its tasks share
    stack = contextlib.ExitStack()
    _worker = (stack.enter_context(warm_grader(release, settings)), settings)
    Finalize(None, stack.close, exitpriority=0)  # a worker that ends waits for its zygote: none is left behind


def grade_in_worker(submission: Submission) -> Graded:
    """Grade one submission in a warm worker process."""
    if _worker is None:
        raise BoxFault("this worker was not started")
    grader, settings = _worker
    return guarded(grader.grade, submission, settings.seed, grader.release)


def alphabetical(name: str) -> tuple[str, str]:
    """Sort by letter, whatever the case and the accents."""
    return unicodedata.normalize("NFKD", name).casefold(), name


Content = tuple[str, tuple[tuple[str, str], ...] | None]
"""What a submission is known by: the SHA-256 of its notebook, and the files beside it as `Result` names them."""


class State:
    """What is graded already, one line of JSON for each submission, in the output folder."""

    def __init__(self, folder: Path, release: Release, settings: Settings) -> None:
        self._path = folder / "state.jsonl"
        self._key = [release.id, settings.seed, settings.replay, settings.level]
        self._file: Any = None

    def __enter__(self) -> Self:
        self._mend()
        self._file = self._path.open("a", encoding="utf-8", errors=AS_JSON)
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _mend(self) -> None:
        """Cut off a last line that was not finished when the batch was killed."""
        if self._path.exists():
            whole, newline, rest = self._path.read_bytes().rpartition(b"\n")
            if rest:
                os.truncate(self._path, len(whole + newline))  # to write the rest anew would take room on the disk

    def add(self, result: Result) -> None:
        """Keep one result; it is on the disk when this returns."""
        self._file.write(json.dumps([self._key, result_to_json(result)], ensure_ascii=False) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def results(self) -> Iterator[Result]:
        """The results of this release and these settings, by student; the latest of each."""
        places = {result.student: place for place, result in self._lines()}
        if places:
            with self._path.open("rb") as file:
                for student in sorted(places, key=alphabetical):
                    file.seek(places[student])
                    yield result_from_json(json.loads(file.readline())[1])

    def _lines(self) -> Iterator[tuple[int, Result]]:
        """Position and content of the lines that belong to this release and these settings.

        What a damaged line was about is graded again.
        """
        if self._path.exists():
            place = 0
            with self._path.open("rb") as file:
                for line in file:
                    with contextlib.suppress(ValueError, TypeError, KeyError):
                        key, result = json.loads(line)
                        if key == self._key:
                            yield place, result_from_json(result)
                    place += len(line)

    def graded(self) -> dict[str, Content]:
        """What was graded of each student whose latest result that is. Held ones are graded again."""
        latest = {
            result.student: (result.sha256, result.files) if result.status == "graded" else None
            for _, result in self._lines()
        }
        return {student: content for student, content in latest.items() if content}
