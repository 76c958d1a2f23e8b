"""Grade many submissions: a pool of workers, and a state from which a killed batch goes on."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any, Self

from autograder import judge as judging
from autograder.deliver.results import AS_JSON, result_from_json, result_to_json
from autograder.grader import Grader
from autograder.pool import AHEAD, Died, doing, in_pool
from autograder.recall import recall_all
from autograder.records import Cell, Graded, Notice, Release, Result, Submission

MANY_ENDLESS = 3
"""After so many tests that a worker had no end of, a submission's others are not tried: it has had its time."""


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


def grade_all(release: Release, submissions: Iterable[Submission], settings: Settings) -> Generator[Graded, None, None]:
    """Grade submissions and yield each when it is done, in any order; with `recall`, those first that need no box.

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
    yield from run_all(release, to_run, settings)


def run_all(release: Release, submissions: Iterable[Submission], settings: Settings) -> Iterator[Graded]:
    """Grade submissions in boxes, in parallel.

    Nothing of a submission's can end more than a worker. What is in flight then is graded once more, one at a time: so
    it is known whose end it is. A test that a worker had no end of is left out then; a second death is our fault, and
    that submission is held.

    Raises
    ------
    BoxFault
        If no box can be made on this machine.
    """
    endless: defaultdict[str, set[str]] = defaultdict(set)
    waiting, again = iter(submissions), list[Submission]()

    def attempt(jobs: int, ahead: int) -> Iterator[tuple[Submission, Any]]:
        arguments = (release, settings, dict(endless))
        return in_pool(jobs, start_worker, arguments, grade_in_worker, waiting, ahead)

    def learnt(submission: Submission, died: Died) -> bool:
        known = endless[submission.student]
        is_new = died.doing not in ("", *known)
        known.add(died.doing)
        return is_new

    died = True
    while died:
        died = False
        # a single worker is alone with what it does, and it and this process take turns: one core is what was asked for
        for submission, done in attempt(settings.jobs, AHEAD if settings.jobs > 1 else 1):
            if isinstance(done, Died):
                died = True
                learnt(submission, done)
                again.append(submission)
            else:
                yield done
    while again:
        waiting, again = iter(again), []
        for submission, done in attempt(1, 1):
            if not isinstance(done, Died):
                yield done
            elif learnt(submission, done):
                again.append(submission)
            else:
                yield held(submission, release, "the process that graded it died, and died again")
        again += waiting


def guarded(grade: Callable[[Submission, str], Graded], submission: Submission, seed: str, release: Release) -> Graded:
    """Grade one; whatever goes wrong on our side makes it held, never a zero."""
    try:
        return grade(submission, seed)
    except Exception as fault:
        return held(submission, release, f"{type(fault).__name__}: {fault}")


def held(submission: Submission, release: Release, fault: str) -> Graded:
    """What becomes of a submission that could not be graded for a fault of ours."""
    notice = Notice("fault", f"A fault of the grader, not of the submission: {fault}")
    return Graded(
        Result(submission.student, str(submission.path), "", "held", notices=(notice,), max_score=release.max_score)
    )


@dataclass(frozen=True, slots=True)
class Worker:
    """What a worker process keeps; `endless` are the tests, by student, that it is not to try."""

    grader: Grader
    settings: Settings
    endless: Mapping[str, Collection[str]]

    def grade(self, submission: Submission) -> Graded:
        """Grade one submission, and let it be known which test runs, in case that it never ends."""
        student, left_out = submission.student, set[str]()

        def before(cell: Cell) -> bool:
            doing(student, cell.id)
            left_out.update({cell.id}.intersection(self.endless.get(student, ())))
            return cell.id not in left_out and len(left_out) < MANY_ENDLESS

        self.grader.before = before
        return guarded(self.grader.grade, submission, self.settings.seed, self.grader.release)


_worker: list[Worker] = []  # one to a process: it keeps a zygote warm


def start_worker(release: Release, settings: Settings, endless: Mapping[str, Collection[str]]) -> None:
    """Warm up one worker process. What is loaded by then stays: the collector need not look at it ever again."""
    stack, record = contextlib.ExitStack(), settings.observations is not None
    grader = stack.enter_context(Grader(release, settings.level, settings.replay, record=record))
    Finalize(None, stack.close, exitpriority=0)  # a worker that ends waits for its zygote: none is left behind
    judging.end_where_no_alarm_is_heard()
    gc.collect()
    gc.freeze()
    _worker.append(Worker(grader, settings, endless))


def grade_in_worker(submission: Submission) -> Graded:
    """Grade one submission in a worker process that is ready."""
    [worker] = _worker
    return worker.grade(submission)


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
