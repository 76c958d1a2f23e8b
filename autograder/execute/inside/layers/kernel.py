"""System calls that Python 3.11 has no function for, by way of libc. A failure is an `OSError` that names the call."""

from __future__ import annotations

import ctypes
import os
from typing import Any

_libc = ctypes.CDLL(None, use_errno=True)
_libc.mount.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_ulong, ctypes.c_char_p]
_libc.syscall.restype = ctypes.c_long

PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
CLOSE_RANGE = 436
MOUNT_SETATTR = 442
LANDLOCK_CREATE_RULESET, LANDLOCK_ADD_RULE, LANDLOCK_RESTRICT_SELF = 444, 445, 446
"""Numbers since Linux 5.1 are the same on every architecture."""

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_KEEPCAPS, PR_SET_SECCOMP, PR_CAPBSET_DROP = 1, 4, 8, 22, 24
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 36, 38, 47


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def call(what: str, number: int, *arguments: Any) -> int:
    """A raw system call; `what` names it in an error."""
    return _checked(_libc.syscall(ctypes.c_long(number), *map(_word, arguments)), what)


def _word(argument: Any) -> Any:
    return ctypes.c_long(argument) if isinstance(argument, int) else argument


def prctl(option: int, *arguments: Any) -> int:
    """A `prctl`."""
    words = [*map(_word, arguments), *(ctypes.c_ulong(0),) * (4 - len(arguments))]
    return _checked(_libc.prctl(option, *words), f"prctl {option}")


def unshare(flags: int) -> None:
    """Leave the namespaces of these kinds for new ones."""
    _checked(_libc.unshare(flags), "unshare")


def setns(descriptor: int, kind: int) -> None:
    """Enter the namespace behind a descriptor."""
    _checked(_libc.setns(descriptor, kind), "setns")


def mount(source: str, target: str, kind: str, flags: int, data: str = "") -> None:
    """Mount something."""
    _checked(_libc.mount(source.encode(), target.encode(), kind.encode(), flags, data.encode()), f"mount {target}")


def detach(target: str) -> None:
    """Take a mount and all below it out of sight."""
    _checked(_libc.umount2(target.encode(), 2), f"umount {target}")


def pivot_root(folder: str) -> None:
    """Make a mounted folder the root of everything, and let go of the old root."""
    os.chdir(folder)
    call("pivot_root", PIVOT_ROOT[os.uname().machine], ctypes.c_char_p(b"."), ctypes.c_char_p(b"."))
    detach(".")
    os.chdir("/")


def close_from(first: int) -> None:
    """Close every descriptor from this number on."""
    call("close_range", CLOSE_RANGE, first, 0x7FFFFFFF, 0)


class _MountAttributes(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "user_namespace")]


def protect_mount(target: str, *, read_only: bool, whole_tree: bool) -> None:
    """Take set-uid programs and devices, and writing, off a mount."""
    attributes = _MountAttributes(set=2 | 4 | (1 if read_only else 0))
    flags = 0x8000 if whole_tree else 0
    call(
        f"mount_setattr {target}", MOUNT_SETATTR, -100, ctypes.c_char_p(target.encode()), flags,
        ctypes.byref(attributes), ctypes.sizeof(attributes),
    )  # fmt: skip


class _CapabilityHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


def limit_capabilities(kept: int | None = None) -> None:
    """Take every capability but one out of what any program run from here can ever have; before a change of user."""
    for capability in range(64):
        if capability != kept and _libc.prctl(PR_CAPBSET_DROP, ctypes.c_ulong(capability), 0, 0, 0):
            break
    prctl(PR_CAP_AMBIENT, 4)


def drop_capabilities(kept: int | None = None) -> None:
    """Give up every capability but one; programs that are run from here have that one too. After a change of user."""
    bits = 0 if kept is None else 1 << kept
    header, data = _CapabilityHeader(0x20080522, 0), (ctypes.c_uint32 * 6)(bits, bits, bits)
    _checked(_libc.capset(ctypes.byref(header), data), "capset")
    if kept is not None:
        prctl(PR_CAP_AMBIENT, 2, kept)
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def keep_capabilities() -> None:
    """Let a change of user leave the permitted capabilities as they are."""
    prctl(PR_SET_KEEPCAPS, 1)
