"""The processes of one box, seen from outside: their numbers, their memory, and their end."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from autograder.records import BoxFault, Limits

from .box import OverMemory, TooManyProcesses

HELLO_SECONDS = 30.0
_CREDENTIALS = struct.Struct("3i")
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_MB = 1 << 20


class DeadError(BoxFault):
    """The process that a box was forked from is gone, and nobody can say how the box has ended."""


class Reaper(Protocol):
    """Who waits for a box's first process; `generation` counts the processes that it has forked boxes from."""

    generation: int

    def reap(self, pid: int, generation: int) -> int | None:
        """Wait for it; its status. Raises `DeadError` if the process that it was forked from is gone."""
        ...


def hello(sock: socket.socket) -> int | None:
    """Hear that a box has been entered; the number of the process that says so, if the socket asks the kernel for it.

    Raises
    ------
    BoxFault
        If a layer could not be entered; the text says which.
    """
    if not select.select([sock], [], [], HELLO_SECONDS)[0]:
        raise BoxFault("a box did not start in time")
    data, ancillary, _, _ = sock.recvmsg(1, socket.CMSG_SPACE(_CREDENTIALS.size))
    if data != b"+":
        raise BoxFault(f"a box could not be entered: {sock.recv(2000).decode('utf-8', 'replace')}")
    if not ancillary:
        return None
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
    return int(_CREDENTIALS.unpack(ancillary[0][2])[0])


class BoxProcess:
    """A box by its outermost process.

    That is the first of its process namespace at level A, its supervisor at level B, and the leader of its process
    group where there is no sandbox; each is told in its own way that the end has come.

    Attributes
    ----------
    orphaned : bool
        Whether nobody could say how the box had ended, since the process that it was forked from is gone as well.
    """

    def __init__(self, pid: int, inner_pid: int, reaper: Reaper, level: str) -> None:
        self._pid, self._inner_pid, self._reaper, self._level = pid, inner_pid, reaper, level
        self._descriptor = -1 if level == "none" else os.pidfd_open(pid)
        self._generation = reaper.generation
        self._alive = True
        self.orphaned = False

    def kill(self, grace: float = 0.0) -> int | None:
        """End every process of the box; the signal that had ended the student's, if it was one.

        `grace` is how long a box that has hung up may take to end by itself, so that its reason is known.
        """
        if not self._alive:
            return None
        self._alive = False
        ended = self._end(grace)
        try:
            status = self._reaper.reap(self._inner_pid, self._generation)
        except DeadError:
            self.orphaned, status = True, None
        return _fatal_signal(status) if ended and status is not None else None

    def _end(self, grace: float) -> bool:
        """Give the sign; whether the box had ended by itself before."""
        if self._descriptor < 0:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._pid, signal.SIGKILL)
            return False
        ended = bool(select.select([self._descriptor], [], [], grace)[0])
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._descriptor, signal.SIGKILL if self._level == "A" else signal.SIGTERM)
        os.close(self._descriptor)
        return ended

    def watch(self, limits: Limits) -> Callable[[], None]:
        """A function that raises when the box as a whole is over its limits."""

        def look() -> None:
            pids = tree(self._pid)
            if len(pids) > limits.processes + 2:
                raise TooManyProcesses
            if sum(map(resident, pids)) > limits.memory_mb * _MB and sum(map(share, pids)) > limits.memory_mb * _MB:
                raise OverMemory

        return look


def _fatal_signal(status: int) -> int | None:
    """The signal in a wait status; a supervisor reports it as 128 more in its exit code."""
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status)
    code = os.WEXITSTATUS(status)
    return code - 128 if code > 128 else None


def tree(root: int) -> list[int]:
    """A process and all its descendants."""
    found = [root]
    for pid in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def resident(pid: int) -> int:
    """Bytes that a process has in memory, shared ones counted in full."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def share(pid: int) -> int:
    """Bytes of a process's memory, each shared page divided among those that share it."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        pass
    return resident(pid)
