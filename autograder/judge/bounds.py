"""What a test cell may use of the judge: what a student returned can make an ordinary test endless, or huge."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from autograder.judge.errors import OutOfTimeError

AGAIN = 0.5
"""Seconds between two rings of the alarm: C code that asks an object for its length swallows what that raises."""


@contextlib.contextmanager
def bounds(seconds: float, memory_mb: int) -> Iterator[None]:
    """Raise OutOfTimeError after so many seconds, and MemoryError for so much more memory; only in the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    with alarm(seconds), memory(memory_mb):
        yield


@contextlib.contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Raise OutOfTimeError after so many seconds, and again until the test gives up."""

    def ring(*_: object) -> None:
        raise OutOfTimeError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def memory(more_mb: int) -> Iterator[None]:
    """Let this process map so many MB more than it has now; only Linux can say how many it has."""
    if sys.platform != "linux":
        yield
        return
    import resource  # noqa: PLC0415 - not on every system

    before = soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() + more_mb * 2**20
    for bound in (soft, hard):
        limit = limit if bound == resource.RLIM_INFINITY else min(limit, bound)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
