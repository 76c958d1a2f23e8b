"""The levels of isolation: what the zygote enters once, how it forks, and what each box enters.

Order within a box: descriptors, namespaces and disk, limits, Landlock, user and capabilities, system calls.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, Protocol

from .layers import kernel, landlock, namespaces, rlimits, seccomp
from .supervisor import fork_supervised

DISK_MB = 512
PROGRAM = str(Path(__file__).parent)
_DAC_READ_SEARCH = 2
_READABLE = (
    *("/usr", "/bin", "/sbin", "/lib", "/lib64"),
    *("/etc/ld.so.cache", "/etc/localtime", "/etc/alternatives", "/etc/fonts"),
)
_READABLE_ALSO = (
    *("/etc/passwd", "/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/dev/zero", "/dev/random", "/dev/urandom"),
    *("/sys/fs/cgroup/cpu.max", "/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "/sys/fs/cgroup/cpu/cpu.cfs_period_us"),
)
_NO_PSUTIL = "raise ImportError('no process may look at another one here')"
"""Stands before the real one for programs that are run from a box of level B: joblib's workers would measure their
memory with it after each task, be refused, and end. Without it they do not."""
_APART = 1 << 30
_PREFIX_PARTS = ("bin", "lib", "lib64", "pyvenv.cfg")


class Level(Protocol):
    """One way to hold boxes."""

    layers: list[str]

    def enter_zygote(self, private: Path) -> Path:
        """What is done once; the folder that is the zygote's own."""
        ...

    def seal(self) -> None:
        """What is done after everything is warm."""
        ...

    def count_apart(self) -> None:
        """Give the boxes of this process other numbers than those of the one that it was forked from."""
        ...

    def fork(self) -> int:
        """Fork; 0 in the student."""
        ...

    def enter_box(self, limits: dict[str, Any]) -> Path:
        """Enter the box; its folder."""
        ...


class Bare:
    """No isolation at all: only for `--unsafe-no-sandbox`."""

    def __init__(self) -> None:
        self.layers: list[str] = []
        self._private = Path()
        self._count = 0

    def enter_zygote(self, private: Path) -> Path:
        """Nothing to enter."""
        self._private = private
        return private

    def seal(self) -> None:
        """Nothing to seal."""

    def count_apart(self) -> None:
        """Go on where the other one never comes."""
        self._count += _APART

    def fork(self) -> int:
        """Fork; the process group of a box is its only bond."""
        self._count += 1
        return os.fork()

    @property
    def _folder(self) -> Path:
        return self._private / f"box-{self._count}"

    def enter_box(self, limits: dict[str, Any]) -> Path:
        """Make a folder."""
        del limits  # nothing can hold the student to them but the judge's clock
        os.setsid()
        return make_disk(self._folder)


class Walls(Bare):
    """Level B: Landlock, a strict list of system calls, limits; as root also a user number of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._uid: int | None = None
        self._abi = landlock.version()
        if not self._abi:
            raise OSError("this kernel has no Landlock (Linux 5.13 or later, enabled at boot with lsm=landlock)")
        self._root = os.geteuid() == 0
        self._signals = self._root or self._abi >= 6
        self._filter = seccomp.build(may_signal=self._signals)
        self.layers = ["supervisor", "rlimits", f"landlock-{self._abi}", "seccomp"]
        if self._root:
            self.layers.insert(1, "user")

    def fork(self) -> int:
        """Fork, with the next user number where that is possible."""
        self._uid = 0x50000000 + os.getpid() % 65536 * 4096 + self._count % 4096 if self._root else None
        self._count += 1
        return fork_supervised(self._folder, self._uid)

    def enter_box(self, limits: dict[str, Any]) -> Path:
        """Enter the walls."""
        os.setsid()
        folder = make_disk(self._folder)
        (folder / "modules").mkdir()
        (folder / "modules" / "psutil.py").write_text(_NO_PSUTIL)
        os.environ["PYTHONPATH"] = str(folder / "modules")
        writable = [str(folder), "/dev/null"]
        if self._uid is not None:
            for path in (folder, folder / "work", folder / "tmp"):
                os.chown(path, self._uid, self._uid)
            writable.append("/dev/shm")  # noqa: S108  its leftovers are known by their owner, and removed
        rlimits.enter(limits)
        landlock.enter(self._abi, [*_READABLE, *_READABLE_ALSO, *_interpreter()], writable)
        self._leave_root()
        seccomp.enter(self._filter)
        return folder

    def _leave_root(self) -> None:
        """Become nobody. The interpreter may lie in root's home: Landlock says what may be read, not file modes."""
        kernel.limit_capabilities(None if self._uid is None else _DAC_READ_SEARCH)
        if self._uid is None:
            kernel.drop_capabilities()
            return
        kernel.keep_capabilities()
        os.setgroups([])
        os.setresgid(self._uid, self._uid, self._uid)
        os.setresuid(self._uid, self._uid, self._uid)
        kernel.drop_capabilities(_DAC_READ_SEARCH)
        kernel.prctl(kernel.PR_SET_DUMPABLE, 1)


class Rooms:
    """Level A: namespaces and a root of its own around all that level B has."""

    def __init__(self) -> None:
        self._abi = landlock.version()
        self._filter = seccomp.build(may_signal=True)
        self._uids = 0
        self._count = 0
        self._own = -1
        self.layers = ["namespaces", "pivot_root", "rlimits", "seccomp"]
        if self._abi:
            self.layers.insert(3, f"landlock-{self._abi}")

    def enter_zygote(self, private: Path) -> Path:
        """Move into namespaces and the new root."""
        self._uids = namespaces.enter_zygote(str(private), PROGRAM)
        self._own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
        return Path("/zygote")

    def seal(self) -> None:
        """Nothing in the root changes any more."""
        namespaces.seal(PROGRAM)

    def count_apart(self) -> None:
        """Take the numbers that the other one takes after half of all."""
        self._count += self._uids // 2

    def fork(self) -> int:
        """Fork the first process of a new process namespace."""
        self._count += 1
        namespaces.new_process_namespace()
        pid = os.fork()
        if pid:
            namespaces.own_process_namespace(self._own)
        return pid

    def enter_box(self, limits: dict[str, Any]) -> Path:
        """Enter the room, and the walls within it."""
        os.setsid()
        uid = 1 + self._count % self._uids if self._uids else 0
        namespaces.enter_box(uid, DISK_MB)
        folder = make_disk(Path(namespaces.BOX))
        for path in (folder / "work", folder / "tmp", folder / "shm"):
            os.chown(path, uid, uid)
        rlimits.enter(limits)
        if self._abi:
            landlock.enter(self._abi, ["/"], [str(folder), "/dev/null"])
        kernel.limit_capabilities()
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
        kernel.drop_capabilities()
        kernel.prctl(kernel.PR_SET_DUMPABLE, 1)
        seccomp.enter(self._filter)
        return folder


LEVELS: dict[str, type[Bare | Rooms]] = {"A": Rooms, "B": Walls, "none": Bare}


def make_disk(folder: Path) -> Path:
    """The folders of a box."""
    folder.mkdir(exist_ok=True)
    for name in ("work", "tmp", "shm"):
        (folder / name).mkdir()
    return folder


def _interpreter() -> list[str]:
    prefixes = dict.fromkeys((sys.base_prefix, sys.prefix, os.path.realpath(sys.base_prefix)))
    return [f"{prefix}/{part}" for prefix in prefixes for part in _PREFIX_PARTS]
