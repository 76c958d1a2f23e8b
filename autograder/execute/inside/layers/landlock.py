"""Landlock: which paths a box may touch, no TCP, and no signals or abstract sockets beyond the box.

At level A it is a second wall behind the namespaces; at level B it is the first.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

from . import kernel

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
TRUNCATE, IOCTL_DEV = 1 << 14, 1 << 15
READ = EXECUTE | READ_FILE | READ_DIR
_FILE_RIGHTS = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
_SPECIAL_FILES = (1 << 6) | (1 << 9) | (1 << 11)
"""Character devices, sockets and block devices: made by nobody."""


class _Ruleset(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def version() -> int:
    """The version of Landlock that this kernel has; 0 if none."""
    try:
        return kernel.call("landlock", kernel.LANDLOCK_CREATE_RULESET, None, 0, 1)
    except OSError:
        return 0


def _file_rights(abi: int) -> int:
    """Every right over files that this version knows."""
    return (1 << (13 + (abi >= 2) + (abi >= 3) + (abi >= 5))) - 1


def enter(abi: int, readable: Iterable[str], writable: Iterable[str]) -> None:
    """Allow only these paths, for good."""
    rights = _file_rights(abi)
    ruleset = _Ruleset(rights, 3 if abi >= 4 else 0, 3 if abi >= 6 else 0)
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    descriptor = kernel.call("landlock ruleset", kernel.LANDLOCK_CREATE_RULESET, ctypes.byref(ruleset), size, 0)
    try:
        for path in readable:
            _allow(descriptor, path, READ & rights)
        for path in writable:
            _allow(descriptor, path, rights & ~_SPECIAL_FILES & ~IOCTL_DEV)
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
        kernel.call("landlock", kernel.LANDLOCK_RESTRICT_SELF, descriptor, 0)
    finally:
        os.close(descriptor)


def _allow(ruleset: int, path: str, rights: int) -> None:
    """Allow these rights below one path; a path that is not there needs none."""
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not Path(path).is_dir():
            rights &= _FILE_RIGHTS
        rule = _Beneath(rights, descriptor)
        kernel.call(f"landlock rule {path}", kernel.LANDLOCK_ADD_RULE, ruleset, 1, ctypes.byref(rule), 0)
    finally:
        os.close(descriptor)
