"""Where there is no process namespace, a small process per box waits for its student and ends whatever is left."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import time
from pathlib import Path

from .layers import kernel

_SIGNALS = {signal.SIGCHLD, signal.SIGTERM}


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
    _clean(folder, uid)
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


def _clean(folder: Path, uid: int | None) -> None:
    """Remove the box's folder, and what its user left in shared memory."""
    remove_tree(folder)
    if uid is not None:
        for entry in os.scandir("/dev/shm"):  # noqa: S108  what its user left is what is looked for
            if entry.stat(follow_symlinks=False).st_uid == uid:
                path = Path(entry.path)
                remove_tree(path) if entry.is_dir(follow_symlinks=False) else path.unlink(missing_ok=True)


def remove_tree(folder: Path) -> None:
    """Remove a folder of any depth: each level is moved up to the top before it is removed.

    Only where nobody is left who could exchange a folder for a link meanwhile.
    """
    count, mark = 0, os.urandom(8).hex()  # a name that nobody has taken
    with contextlib.suppress(FileNotFoundError):
        while True:
            deeper: list[Path] = []
            for entry in listed(folder):
                if not entry.is_dir(follow_symlinks=False):
                    Path(entry.path).unlink()
                    continue
                Path(entry.path).chmod(0o700)
                below = [Path(inner.path) for inner in listed(entry.path) if inner.is_dir(follow_symlinks=False)]
                if not below:
                    shutil.rmtree(entry.path)
                deeper += below
            if not deeper:
                break
            for inner in deeper:
                count += 1
                inner.chmod(0o700)
                inner.rename(folder / f".{mark}-{count}")
        folder.rmdir()


def listed(folder: Path | str) -> list[os.DirEntry[str]]:
    """What lies in a folder."""
    with os.scandir(folder) as entries:
        return list(entries)
