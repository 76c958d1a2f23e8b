"""A task for each submission, in worker processes."""

from __future__ import annotations

import contextlib
import os
import pickle
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context, parent_process
from pathlib import Path
from typing import Any

from autograder.interrupts import ENDING
from autograder.records import Graded, Submission

AHEAD = 4
"""Submissions in flight for each worker."""

Task = Callable[[Submission], Graded | None]


def in_pool(
    jobs: int, start: Callable[..., None], arguments: tuple[Any, ...], task: Task, waiting: Iterator[Submission]
) -> Iterator[tuple[Submission, Graded | None]]:
    """Do a task for each submission, and give each with what came of it as soon as it is done, in any order.

    A worker that dies ends it: None came of what was in flight, and the rest stays in `waiting`.
    """
    with (
        tempfile.TemporaryDirectory(prefix="seedbed-workers-", ignore_cleanup_errors=True) as folder,
        ProcessPoolExecutor(jobs, get_context("spawn"), started, (folder,)) as pool,
    ):
        order(folder).write_bytes(pickle.dumps((start, arguments)))
        running: dict[Future[Graded | None], Submission] = {}
        broken = False
        try:
            fill(pool, task, running, waiting, jobs * AHEAD)
            while running:
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    submission, graded = running.pop(future), None
                    try:
                        graded = future.result()
                    except BrokenProcessPool:
                        broken = True
                    yield submission, graded
                if not broken:
                    fill(pool, task, running, waiting, jobs * AHEAD)
        except BaseException:  # Ctrl-C, a full disk: nobody waits for what is in flight
            for worker in active_children():
                worker.terminate()
            raise
        finally:
            pool.shutdown(cancel_futures=True)


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait: a worker that is born meanwhile is not interrupted before it can end without a word."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def order(folder: str) -> Path:
    """Where it says what makes a worker ready.

    A file, since Python would wait for ever where a worker dies that has not read as much as a pipe does not hold.
    """
    return Path(folder) / "order"


def started(folder: str) -> None:
    """Make a worker ready. It ends at Ctrl-C, and with the process that it works for, also where that is killed.

    What it writes for a while lies in this folder, which that process removes: a worker may end without a word.
    """
    tempfile.tempdir = folder
    signal.signal(signal.SIGINT, lambda *_: os._exit(1))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    threading.Thread(target=end_with_parent, args=(folder,), daemon=True).start()
    start, arguments = pickle.loads(order(folder).read_bytes())  # noqa: S301 - our own, in a folder of our own
    start(*arguments)


def end_with_parent(folder: str) -> None:
    """Wait for the end of the process that this one works for, and end as well, with the folder of all workers."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)


def fill(
    pool: ProcessPoolExecutor,
    task: Task,
    running: dict[Future[Graded | None], Submission],
    waiting: Iterator[Submission],
    upto: int,
) -> None:
    """Put submissions into the pool until so many are in flight. Where that is broken, one of them is what it lost."""
    while len(running) < upto:
        submission = next(waiting, None)
        if submission is None:
            return
        try:
            with uninterrupted():
                running[pool.submit(task, submission)] = submission
        except BrokenProcessPool as error:
            refused: Future[Graded | None] = Future()
            refused.set_exception(error)
            running[refused] = submission
            return
