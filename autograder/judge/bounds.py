"""What a test cell may use of the judge: what a student returned can make an ordinary test endless, or huge."""

from __future__ import annotations

import contextlib
import gc
import math
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import TypeVar

from autograder.judge.errors import OutOfTimeError

T = TypeVar("T")

AGAIN = 0.25
"""Seconds between two rings of the alarm: it may ring while it is paused, and C code swallows what `len` raises."""


CLOCKS = ((signal.SIGALRM, signal.ITIMER_REAL), (signal.SIGPROF, signal.ITIMER_PROF))
"""What rings, and by which clock: a test may use the first for itself, and the second still ends what has no end."""


GRACE = 2
"""So many seconds of CPU after its alarms a worker ends that neither of them could reach."""

FILE_MB = 256
"""How large a file may become: what a test has opened, the student's code may write to as long as there is time."""

LEFT_MB = 128
"""By so much more memory than before, what earlier tests have left in circles is looked for."""

_is_worker: list[bool] = []
_before: list[int] = [0]  # the least number of bytes that this process has had since it was last tidied up
_running: dict[int, Bounds] = {}  # by thread: what the test that runs there is held to


class Bounds:
    """Raises OutOfTimeError after so many seconds, and MemoryError for so much more memory.

    Paused while a box is talked to, which has limits of its own: its processes must be ended whole. Only the main
    thread of a process can be held to them.
    """

    def __init__(self, seconds: float, memory_mb: int) -> None:
        self._seconds, self._memory_mb = seconds, memory_mb
        self._limits: tuple[tuple[int, int], tuple[int, int]] | None = None
        self._paused = self._is_over = False

    def hold(self, work: Callable[[], T]) -> T:
        """Do some work within them, and return what it returns.

        Raises
        ------
        OutOfTimeError
            If the time was up, whatever the work made of that.
        """
        _running[threading.get_ident()] = self
        try:
            return self._held(work)
        finally:
            del _running[threading.get_ident()]

    def _held(self, work: Callable[[], T]) -> T:
        """As `hold`."""
        if threading.current_thread() is not threading.main_thread():
            return work()
        before = [(number, signal.signal(number, self._ring)) for number, _ in CLOCKS]
        tidy_up()
        self._limits = address_space(self._memory_mb)
        self._limit_memory(1)
        files = limit_files(FILE_MB * 2**20)
        for _, clock in CLOCKS:
            signal.setitimer(clock, self._seconds, AGAIN)
        if _is_worker:
            limit_cpu(self._seconds + GRACE)
        try:
            return inside(work)
        finally:
            self._limit_memory(0)  # first: where there is no memory left, nothing else can be put right
            limit_files(files)
            if _is_worker:
                limit_cpu(None)
            for _, clock in CLOCKS:
                signal.setitimer(clock, 0)
            for number, handler in before:
                signal.signal(number, handler)
            if self._is_over:  # the test may have swallowed it, and then have found something wrong
                raise OutOfTimeError

    @contextlib.contextmanager
    def paused(self, paused: bool = True) -> Iterator[None]:
        """Let the time go on without a ring; with False, within a pause, keep to them again."""
        before, self._paused = self._paused, paused
        self._limit_memory(0 if paused else 1)
        try:
            yield
        finally:
            self._limit_memory(0 if before else 1)
            self._paused = before

    def _ring(self, _: int, frame: FrameType | None) -> None:
        """End the work; but not what puts things right after it, which would be left half done."""
        while frame is not None and frame.f_code is not inside.__code__:
            frame = frame.f_back
        if frame is not None and not self._paused:
            self._is_over = True
            raise OutOfTimeError

    def _limit_memory(self, which: int) -> None:
        """Set the limit of before (0) or of the test (1)."""
        if self._limits is not None:
            import resource  # noqa: PLC0415 - not on every system

            resource.setrlimit(resource.RLIMIT_AS, self._limits[which])


def end_where_no_alarm_is_heard() -> None:
    """Let the system end this process where a test calculates in C without end: no alarm interrupts `sum(range(n))`.

    It is a worker, and somebody else goes on without that test.
    """
    import resource  # noqa: PLC0415 - not on every system

    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    _is_worker.append(True)


def limit_cpu(seconds: float | None) -> None:
    """Let this process have so many more seconds of CPU before it is ended; with None, as many as it needs."""
    import resource  # noqa: PLC0415 - not on every system

    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = hard if seconds is None else math.ceil(time.process_time() + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def limit_files(size: int) -> int:
    """Let no file become larger in this process; the limit of before."""
    import resource  # noqa: PLC0415 - not on every system

    before, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))
    return before


def of_the_test() -> Bounds:
    """What the test that runs in this thread is held to, whoever calls back.

    Raises
    ------
    RuntimeError
        If none runs: nothing would end what a student's own cell calls then.
    """
    found = _running.get(threading.get_ident())
    if found is None:
        raise RuntimeError("no test is running")
    return found


def inside(work: Callable[[], T]) -> T:
    """Do some work; an alarm meets the work where this is on the stack, and what comes after it where it is not."""
    return work()


def tidy_up() -> None:
    """Let go of what earlier tests have left that holds itself, where it is much: the collector counts no bytes."""
    if sys.platform != "linux":
        return
    now = addresses()
    if now > _before[0] + LEFT_MB * 2**20:
        gc.collect()
        _before[0] = addresses()
    else:
        _before[0] = min(_before[0], now)


def addresses() -> int:
    """How many bytes of addresses this process has."""
    import resource  # noqa: PLC0415 - not on every system

    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def address_space(more_mb: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The limit of this process, and one of so many MB more than it has now; only Linux can say how many it has."""
    if sys.platform != "linux":
        return None
    import resource  # noqa: PLC0415 - not on every system

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = addresses() + more_mb * 2**20
    for bound in (soft, hard):
        limit = limit if bound == resource.RLIM_INFINITY else min(limit, bound)
    return (soft, hard), (limit, hard)
