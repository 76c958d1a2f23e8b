"""What lies outside of the box, what an attacker may know of it, and whether anything of it was reached or left behind."""

from __future__ import annotations

import ctypes
import os
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

MARK = f"hostile_was_here_{os.getpid()}"
"""The name under which hostile submissions leave things behind; another one in each process that runs tests."""

KEY = 0x5EED0000 + os.getpid() % 0x10000
"""The number under which they leave what System V numbers."""

SECRET = "the-secret-beside-the-box-58213"

LOOK = f"""
import ctypes, os, socket, sys, tempfile
libc = ctypes.CDLL(None)
folders = (".", "/tmp", "/var/tmp", "/dev/shm", os.path.expanduser("~"), tempfile.gettempdir())
found = [folder for folder in folders if os.path.exists(os.path.join(folder, "{MARK}"))]
found += [name for name in os.listdir(".") if name not in ("init_utils.py", "public_tests.py", "__pycache__")]
found += [call for call in ("shmget", "semget", "msgget") if getattr(libc, call)({KEY}, *[0] * (call != "msgget"), 0) >= 0]
found += ["queue"] * (libc.mq_open(b"/{MARK}", os.O_RDONLY) >= 0)
found += ["module"] * ("{MARK}" in sys.modules) + ["patched"] * (hasattr(np, "{MARK}") or np.allclose(0, 1))
try:
    socket.socket(socket.AF_UNIX).connect("\\0{MARK}")
    found.append("socket")
except OSError:
    pass
assert not found, found
"""
"""A cell of the next student's that looks around."""


class Outside:
    """A secret, a gradebook, a process and a listener; and the number of every process that should be there."""

    def __init__(self, folder: Path, kit: Path) -> None:
        self.secret, self.gradebook, self.kit = folder / "secret.txt", folder / "gradebook.db", kit
        self.secret.write_text(SECRET)
        with sqlite3.connect(self.gradebook) as book:
            book.execute("create table grade (student text, score real)")
            book.execute("insert into grade values ('ada', 7)")
        book.close()
        self._bytes = self.gradebook.read_bytes()
        self.victim = subprocess.Popen([sys.executable, "-c", f"s = {SECRET!r}; import time; time.sleep(3600)"])
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(f"\0seedbed-outside-{os.getpid()}")
        self.listener.listen()
        self.listener.setblocking(False)

    @property
    def words(self) -> dict[str, str]:
        """What an attacker may know; `@NAME@` in a submission stands for it."""
        return {
            "SECRET": str(self.secret),
            "GRADEBOOK": str(self.gradebook),
            "SOURCE": str(self.kit / "notebooks" / "initialization" / "source.py"),
            "HIDDEN": str(self.kit / "notebooks" / "initialization" / "hidden_checks.py"),
            "JUDGE": str(os.getpid()),
            "VICTIM": str(self.victim.pid),
            "ZYGOTES": repr([pid for pid in children(os.getpid()) if pid != self.victim.pid]),
            "SOCKET": f"seedbed-outside-{os.getpid()}",
            "MARK": MARK,
            "KEY": str(KEY),
        }

    def harm(self) -> list[str]:
        """What was reached or changed."""
        found = []
        if self.victim.poll() is not None or os.getpriority(os.PRIO_PROCESS, self.victim.pid) != os.getpriority(0, 0):
            found.append("the process beside the box")
        if self.secret.read_text() != SECRET or self.gradebook.read_bytes() != self._bytes:
            found.append("the files beside the box")
        try:
            self.listener.accept()
            found.append("the listener")
        except BlockingIOError:
            pass
        return found

    def left(self) -> list[str]:
        """What lies about afterwards."""
        folders = (
            Path.cwd(),
            Path("/tmp"),
            Path("/var/tmp"),
            Path("/dev/shm"),
            Path.home(),
            self.kit,
            self.secret.parent,
        )
        found = [str(folder) for folder in folders if (folder / MARK).exists()]
        found += [f"socket {line}" for line in Path("/proc/net/unix").read_text().splitlines() if MARK in line]
        for kind in ("shm", "sem", "msg"):
            lines = Path(f"/proc/sysvipc/{kind}").read_text().splitlines()[1:]
            found += [kind for line in lines if line.split()[0] == str(KEY)]
        found += ["queue"] * (ctypes.CDLL(None).mq_open(b"/" + MARK.encode(), os.O_RDONLY) >= 0)
        return found

    def settles(self, expected: set[int]) -> bool:
        """Whether, in a moment, no process is there that was not there before."""
        deadline = time.monotonic() + 5
        while descendants(os.getpid()) != expected and time.monotonic() < deadline:
            time.sleep(0.02)
        return descendants(os.getpid()) == expected

    def close(self) -> None:
        """End it."""
        self.victim.kill()
        self.victim.wait()
        self.listener.close()


def children(pid: int) -> list[int]:
    """The children of a process."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:
            continue
    return found


def descendants(pid: int) -> set[int]:
    """All processes below one."""
    found = children(pid)
    for one in found:
        found += children(one)
    return set(found)
