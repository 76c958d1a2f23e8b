"""Where there is no process namespace, a small process per box waits for its student and ends whatever is left."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import time
from pathlib import Path

from .layers import kernel

AT_ONCE, AT_MOST = 0.5, 300.0
"""Seconds for removing what a box leaves: while others wait for its end, and when nobody waits any more."""
_SIGNALS = {signal.SIGCHLD, signal.SIGTERM}


class _TimeIsUp(Exception):  # noqa: N818  what has happened, not an error
    """There is more to remove than there is time."""


def fork_supervised(folder: Path, uid: int | None) -> int:
    """Fork a supervisor, and the student from it: the supervisor's number in the zygote, 0 in the student."""
    supervisor = os.fork()
    if supervisor:
        return supervisor
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGTERM)
    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    student = os.fork()
    if not student:
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        return 0
    kernel.close_from(3)
    status = _wait(student)
    _end_all()
    with contextlib.suppress(OSError):  # whatever is left, the end of the student is what must be told
        if not _clean(folder, uid, AT_ONCE) and not os.fork():
            _clean(folder, uid, AT_MOST)
            os._exit(0)
    os._exit(os.WEXITSTATUS(status) & 0x7F if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))


def _wait(student: int) -> int:
    """Wait until the student has ended; end it when asked to."""
    while True:
        if signal.sigwait(_SIGNALS) == signal.SIGTERM:
            os.kill(student, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while (found := os.waitpid(-1, os.WNOHANG))[0]:
                if found[0] == student:
                    return found[1]


def _end_all() -> None:
    """Kill every descendant: orphans become this process's children, so that none escapes."""
    with contextlib.suppress(ChildProcessError):
        while True:
            for pid in _stopped():
                _send(pid, signal.SIGKILL)
            while os.waitpid(-1, os.WNOHANG)[0]:  # raises when there is no child left
                pass
            time.sleep(0.001)


def _stopped() -> set[int]:
    """Every descendant, stopped: one that is stopped starts no other, and keeps its place among the allowed number."""
    known: set[int] = set()
    while new := set(descendants(os.getpid())) - known:
        for pid in new:
            _send(pid, signal.SIGSTOP)
        known |= new
    return known


def _send(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def descendants(pid: int) -> list[int]:
    """All processes below one."""
    found = children(pid)
    for inner in found:
        found += children(inner)
    return found


def children(pid: int) -> list[int]:
    """The children of a process."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def _clean(folder: Path, uid: int | None, seconds: float) -> bool:
    """Remove the box's folder, and what its user left in shared memory; whether there was time for all of it.

    What was the user's is removed as that user. Other boxes write to shared memory too: whatever they put in the place
    of a folder meanwhile, it leads nowhere that the user had not been allowed to go.
    """
    end = time.monotonic() + seconds
    try:
        if uid is None:
            empty(folder, end)
        else:
            os.chdir(folder)  # which lies in one that only root may enter
            os.setgroups([])
            os.setegid(uid)
            os.seteuid(uid)
            _remove_all_of(uid, end)
    except _TimeIsUp:
        return False
    finally:
        if uid is not None:
            os.seteuid(0)
            os.setegid(0)
    with contextlib.suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    return True


def _remove_all_of(uid: int, end: float) -> None:
    """Remove what a user left in this folder, the box's own, and in shared memory."""
    empty(Path(), end)
    for entry in listed("/dev/shm"):  # noqa: S108  what its user left is what is looked for
        with contextlib.suppress(OSError):
            if entry.stat(follow_symlinks=False).st_uid != uid:
                continue
            if entry.is_dir(follow_symlinks=False):
                empty(Path(entry.path), end)
            _remove(entry, end)


def empty(folder: Path, end: float) -> None:
    """Remove what lies in a folder, as far as that can be done, whatever its depth.

    Each level is moved up to the top before it is removed.

    Raises
    ------
    _TimeIsUp
        If there is anything left at `end`, by the monotonic clock.
    """
    count, mark = 0, os.urandom(8).hex()  # a name that nobody has taken
    found = True
    while found:
        found = False
        for entry in listed(folder):
            for inner in _inner_folders(entry, end):
                with contextlib.suppress(OSError):
                    count += 1
                    inner.chmod(0o700)
                    inner.rename(folder / f".{mark}-{count}")
                    found = True


def _inner_folders(entry: os.DirEntry[str], end: float) -> list[Path]:
    """Remove this, or give the folders that lie in it, of which all else is removed."""
    inner: list[Path] = []
    with contextlib.suppress(OSError):
        if entry.is_dir(follow_symlinks=False):
            Path(entry.path).chmod(0o700)
            kept = [part for part in listed(entry.path) if not _remove(part, end)]
            inner = [Path(part.path) for part in kept if part.is_dir(follow_symlinks=False)]
    if not inner:
        _remove(entry, end)
    return inner


def _remove(entry: os.DirEntry[str], end: float) -> bool:
    """Remove a file or an empty folder, if it is one."""
    if time.monotonic() > end:
        raise _TimeIsUp
    try:
        if entry.is_dir(follow_symlinks=False):
            Path(entry.path).rmdir()
        else:
            Path(entry.path).unlink()
    except OSError:
        return False
    return True


def listed(folder: Path | str) -> list[os.DirEntry[str]]:
    """What lies in a folder; nothing where it may not be read."""
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []
