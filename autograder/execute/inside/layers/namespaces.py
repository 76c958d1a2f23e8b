"""Level A: the zygote moves into namespaces of its own, with a root that holds the interpreter and nothing else.

Every box is then a fork into a further process, IPC and mount namespace, with a fresh in-memory disk. The first
process of a box is number 1 of its process namespace: when it ends, the kernel ends all others.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from . import kernel

NEWNS, NEWCGROUP, NEWUTS, NEWIPC = 0x20000, 0x2000000, 0x4000000, 0x8000000
NEWUSER, NEWPID, NEWNET = 0x10000000, 0x20000000, 0x40000000
_BIND_TREE, _PRIVATE_TREE = 0x1000 | 0x4000, 0x40000 | 0x4000
_NOSUID_NODEV, _NOEXEC = 2 | 4, 8

BOX = "/box"
"""Where a box's disk is mounted; /tmp and /dev/shm point into it."""

UIDS_EACH = 4096
_FIRST_UID = 0x60000000

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32", "/libx32")
_ETC = ("/etc/ld.so.cache", "/etc/localtime", "/etc/alternatives", "/etc/fonts")
_DEVICES = ("null", "zero", "full", "random", "urandom")
_PREFIX_PARTS = ("bin", "lib", "lib64", "pyvenv.cfg")
"""Of an environment's folder no more than this: a repository may lie beside it."""


def enter_zygote(new_root: str, program: str) -> int:
    """Move into the namespaces and the new root; how many user numbers there are for boxes.

    The folder of the zygote's own program is shown until `seal`.

    The process that called stays behind and waits; a child of it, number 1 of a process namespace, returns.
    """
    root = os.geteuid() == 0
    if not root:
        outer = os.geteuid(), os.getegid()
        kernel.unshare(NEWUSER)
        _write_own_map(*outer)
    kernel.unshare(NEWNS)
    kernel.mount("", "/", "", _PRIVATE_TREE)
    _build_root(new_root)
    _bind(new_root, program, [])
    kernel.pivot_root(new_root)
    rest = NEWPID | NEWNET | NEWIPC | NEWUTS | NEWCGROUP
    uids = _unshare_as_root(rest) if root else _unshare_rest(rest)
    _become_first_process()
    kernel.mount("proc", "/proc", "proc", _NOSUID_NODEV | _NOEXEC)
    return uids


def _unshare_rest(flags: int) -> int:
    kernel.unshare(flags)
    return 0


def _write_own_map(uid: int, gid: int) -> None:
    """An ordinary user may map itself, and nobody else."""
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"0 {uid} 1")
    Path("/proc/self/gid_map").write_text(f"0 {gid} 1")


def _unshare_as_root(flags: int) -> int:
    """Leave root for numbers that own nothing: a child that stays outside writes the map."""
    first = _FIRST_UID + os.getpid() % 65536 * UIDS_EACH
    me, (reader, writer) = os.getpid(), os.pipe()
    helper = os.fork()
    if not helper:
        os.close(writer)
        os.read(reader, 1)
        status = 0
        try:
            for name in ("gid_map", "uid_map"):
                Path(f"/proc/{me}/{name}").write_text(f"0 {first} {UIDS_EACH}")
        except OSError:
            status = 1
        os._exit(status)
    os.close(reader)
    os.setgroups([])
    kernel.unshare(flags | NEWUSER | NEWNS)
    os.close(writer)
    if os.waitpid(helper, 0)[1]:
        raise OSError("the numbers of users outside of root's cannot be mapped")
    os.setresgid(0, 0, 0)
    os.setresuid(0, 0, 0)
    return UIDS_EACH - 1


def _become_first_process() -> None:
    """Fork into the process namespace; the one that stays behind only waits."""
    pid = os.fork()
    if pid:
        kernel.close_from(3)
        os.waitpid(pid, 0)
        os._exit(0)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)


def _build_root(root: str) -> None:
    """A root on an in-memory disk: system folders and the interpreter, read-only, and a few devices."""
    kernel.mount("tmpfs", root, "tmpfs", _NOSUID_NODEV, "size=64m,mode=755")
    bound: list[str] = []
    for path in (*_SYSTEM, *_ETC, *_interpreter()):
        _bind(root, path, bound)
    for name in _DEVICES:
        _bind_file(root, f"/dev/{name}")
    for folder in ("proc", "box", "etc"):
        Path(root, folder).mkdir(exist_ok=True)
    for folder in ("zygote", "box/tmp", "box/shm"):  # while the zygote warms up; sealed, or covered, afterwards
        Path(root, folder).mkdir()
        Path(root, folder).chmod(0o777)
    for link, target in (("tmp", "box/tmp"), ("dev/shm", "/box/shm"), ("dev/fd", "/proc/self/fd")):
        if not Path(
            root, link
        ).exists():  # an interpreter below /tmp is there already; then TMPDIR alone can be written
            Path(root, link).symlink_to(target)
    Path(root, "etc/passwd").write_text(f"student:x:1000:1000::{BOX}:/bin/sh\n")
    kernel.mount("/proc", f"{root}/proc", "", _BIND_TREE)


def _interpreter() -> list[str]:
    """The folders of the interpreter and its environment."""
    prefixes = dict.fromkeys((sys.base_prefix, sys.prefix, os.path.realpath(sys.base_prefix)))
    return [f"{prefix}/{part}" for prefix in prefixes for part in _PREFIX_PARTS]


def _bind(root: str, path: str, bound: list[str]) -> None:
    """Show one path of the old root in the new one, read-only."""
    if not os.path.lexists(path) or any(path.startswith(f"{done}/") for done in bound):
        return
    target = Path(root + path)
    target.parent.mkdir(parents=True, exist_ok=True)
    if Path(path).is_symlink() and path in _SYSTEM:
        target.symlink_to(Path(path).readlink())
        return
    if Path(path).is_dir():
        target.mkdir(exist_ok=True)
        kernel.mount(os.path.realpath(path), str(target), "", _BIND_TREE)
        kernel.protect_mount(str(target), read_only=True, whole_tree=True)
        bound.append(path)
    else:
        _bind_file(root, path, read_only=True)


def _bind_file(root: str, path: str, *, read_only: bool = False) -> None:
    """Show one file or device of the old root in the new one."""
    if not Path(path).exists():
        return
    target = Path(root + path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch()
    kernel.mount(os.path.realpath(path), str(target), "", 0x1000)
    if read_only:
        kernel.protect_mount(str(target), read_only=True, whole_tree=False)


def seal(program: str) -> None:
    """Everything is warm: cover the program, and let nothing in the root change any more."""
    kernel.mount("tmpfs", program, "tmpfs", _NOSUID_NODEV | 1, "size=4k,mode=555")
    kernel.protect_mount("/", read_only=True, whole_tree=False)


def new_process_namespace() -> None:
    """The next child of this process is number 1 of a namespace of its own."""
    kernel.unshare(NEWPID)


def own_process_namespace(descriptor: int) -> None:
    """Children are born into the zygote's own namespace again."""
    kernel.setns(descriptor, NEWPID)


def enter_box(uid: int, disk_mb: int) -> None:
    """Mount a disk of the box's own, that vanishes with it, and its own view of processes."""
    kernel.unshare(NEWNS | NEWIPC)
    options = f"size={disk_mb}m,nr_inodes=20000,mode=700,uid={uid},gid={uid}"
    kernel.mount("tmpfs", BOX, "tmpfs", _NOSUID_NODEV, options)
    kernel.mount("proc", "/proc", "proc", _NOSUID_NODEV | _NOEXEC)
