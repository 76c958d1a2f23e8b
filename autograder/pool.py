"""A task for each submission, in worker processes.

What makes a worker ready, and what comes of a task, goes through a file, and only its name through a pipe: so short a
message is written as a whole or not at all. Where a worker is killed, Python would wait without end for the other half
of a longer one, or for somebody who reads it.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from autograder.interrupts import ENDING
from autograder.records import Graded, Submission

AHEAD = 4
"""Submissions in flight for each worker."""


@dataclass(frozen=True, slots=True)
class Died:
    """A task that ended with its worker.

    `doing` is what that worker had said that it does, where it calculated on and on until the system ended it.
    """

    doing: str = ""


ORDER, DOING, REFUSED = "order", "doing-", "refused-"
"""Files of a pool: what makes a worker ready, what one is doing, and why one could not be made ready."""

Task = Callable[[Submission], Graded | None]

_notes: list[int] = []  # in a worker: the file that says what it is doing


def in_pool(
    jobs: int,
    start: Callable[..., None],
    arguments: tuple[Any, ...],
    task: Task,
    waiting: Iterator[Submission],
    ahead: int = AHEAD,
) -> Iterator[tuple[Submission, Graded | Died | None]]:
    """Do a task for each submission, and give each with what came of it as soon as it is done, in any order.

    A worker that dies ends it: what was in flight has died with it, and the rest stays in `waiting`. Whoever leaves
    before the end, as at Ctrl-C, does not wait for what is in flight.

    Raises
    ------
    Exception
        What kept the workers from being ready.
    """
    others, workers = set(active_children()), set[BaseProcess]()
    with (
        tempfile.TemporaryDirectory(prefix="seedbed-pool-", ignore_cleanup_errors=True) as folder,
        ProcessPoolExecutor(jobs, get_context("spawn"), started, (folder,)) as pool,
    ):
        order = Path(folder) / ORDER
        order.touch(0o600)  # no box may read it
        order.write_bytes(pickle.dumps((start, arguments)))
        Path(folder).chmod(0o711)  # boxes lie in it, which may be of another user
        filed, running = partial(file_of, task, folder), dict[Future[str], Submission]()
        dead, is_ready = list[Submission](), False
        try:
            fill(pool, filed, running, waiting, jobs * ahead)
            while running:
                workers |= set(active_children()) - others
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    submission = running.pop(future)
                    if isinstance(future.exception(), BrokenProcessPool):
                        dead.append(submission)
                    else:
                        is_ready = True
                        yield submission, content_of(future.result())
                if not dead:
                    fill(pool, filed, running, waiting, jobs * ahead)
        except BaseException:
            for worker in set(active_children()) - others:
                worker.terminate()
            raise
        finally:
            pool.shutdown(cancel_futures=True)
        if not is_ready:
            raise_refusal(folder)
        said = last_words(folder, workers)
    for submission in dead:
        yield submission, Died(said.get(submission.student, ""))


def file_of(task: Task, folder: str, submission: Submission) -> str:
    """Do a task, in a worker; the file that holds what came of it."""
    done = task(submission)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        pickle.dump(done, file)
    return file.name


def content_of(name: str) -> Graded | None:
    """What came of a task; its file is gone by then."""
    path = Path(name)
    done: Graded | None = pickle.loads(path.read_bytes())  # noqa: S301 - a worker of ours has written it, nobody else can
    path.unlink()
    return done


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait: a worker that is born meanwhile is not interrupted before it can end without a word."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def started(folder: str) -> None:
    """Make a worker ready. It ends at Ctrl-C, and with the process that it works for, also where that is killed.

    All that it keeps on the disk lies in the folder of the pool, as it has no time to remove it then.
    """
    tempfile.tempdir = folder
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:  # as it is in the background of a script
        signal.signal(signal.SIGINT, lambda *_: os._exit(1))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    threading.Thread(target=end_with_parent, args=(folder,), daemon=True).start()
    _notes.append(os.open(Path(folder) / f"{DOING}{os.getpid()}", os.O_WRONLY | os.O_CREAT, 0o600))
    try:
        start, arguments = pickle.loads((Path(folder) / ORDER).read_bytes())  # noqa: S301 - as in `content_of`
        start(*arguments)
    except Exception as error:
        with tempfile.NamedTemporaryFile(prefix=REFUSED, delete=False) as file:
            pickle.dump(error, file)
        os._exit(1)


def doing(student: str, what: str) -> None:
    """Let it be known, in a worker, what it does for whom, in case that this never ends."""
    for note in _notes:
        os.pwrite(note, json.dumps([student, what]).encode() + b"\n", 0)


def last_words(folder: str, workers: Iterable[BaseProcess]) -> dict[str, str]:
    """What those workers were doing that have used up their time, by student."""
    spent = [worker.pid for worker in workers if worker.exitcode == -signal.SIGXCPU]
    notes = [(Path(folder) / f"{DOING}{pid}").read_bytes().partition(b"\n")[0] for pid in spent]
    return dict(json.loads(note) for note in notes if note)


def raise_refusal(folder: str) -> None:
    """Raise what kept a worker from being ready, if anything did."""
    for path in Path(folder).glob(f"{REFUSED}*"):
        raise pickle.loads(path.read_bytes())  # noqa: S301 - as in `content_of`


def end_with_parent(folder: str) -> None:
    """Wait for the end of the process that this one works for, and end as well; the folder of the pool goes, too."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)


def fill(
    pool: ProcessPoolExecutor,
    task: Callable[[Submission], str],
    running: dict[Future[str], Submission],
    waiting: Iterator[Submission],
    upto: int,
) -> None:
    """Put submissions into the pool until so many are in flight."""
    while len(running) < upto:
        submission = next(waiting, None)
        if submission is None:
            return
        try:
            with uninterrupted():
                future = pool.submit(task, submission)
        except (BrokenProcessPool, OSError) as error:  # a worker has died, or none can be born
            future = Future()
            future.set_exception(BrokenProcessPool(str(error)))
            upto = 0
        running[future] = submission
