"""seccomp: the system calls that a box may make. Everything that is not listed does not exist there (ENOSYS).

libseccomp writes the filter once, in the zygote; each box only installs it.
"""

from __future__ import annotations

import ctypes
import errno
import os
from typing import Any, NamedTuple

from . import kernel
from .calls import ALLOWED, IOCTLS, NAMESPACE_FLAGS, PRCTLS

_ALLOW = 0x7FFF0000
_ERRNO = 0x00050000
_EQUAL, _MASKED_EQUAL = 4, 7
_OPTIMIZE = 8
MISSING = "libseccomp.so.2 is missing (Debian, Ubuntu: apt install libseccomp2)"


class Filter(NamedTuple):
    """A compiled filter; `program` points into `code`."""

    program: Any
    code: Any


class _Comparison(ctypes.Structure):
    _fields_ = [("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]


class _Writer:
    """libseccomp, as far as it is needed here."""

    def __init__(self) -> None:
        try:
            self._lib = ctypes.CDLL("libseccomp.so.2")
        except OSError:
            raise OSError(errno.ENOENT, MISSING) from None
        self._lib.seccomp_init.restype = ctypes.c_void_p
        self._context = ctypes.c_void_p(self._lib.seccomp_init(ctypes.c_uint32(_ERRNO | errno.ENOSYS)))
        self._lib.seccomp_attr_set(self._context, _OPTIMIZE, ctypes.c_uint32(2))

    def rule(self, action: int, name: str, *comparisons: tuple[int, int, int, int]) -> None:
        """Add one rule; a call that this architecture does not have needs none."""
        number = self._lib.seccomp_syscall_resolve_name(name.encode())
        if number < 0:
            return
        array = (_Comparison * len(comparisons))(*(_Comparison(*comparison) for comparison in comparisons))
        done = self._lib.seccomp_rule_add_array(self._context, ctypes.c_uint32(action), number, len(array), array)
        if done:
            raise OSError(-done, f"seccomp rule {name}: {os.strerror(-done)}")

    def export(self) -> bytes:
        """The filter as the kernel takes it."""
        descriptor = os.memfd_create("filter")
        try:
            done = self._lib.seccomp_export_bpf(self._context, descriptor)
            if done:
                raise OSError(-done, "seccomp export")
            return os.pread(descriptor, 1 << 20, 0)
        finally:
            os.close(descriptor)
            self._lib.seccomp_release(self._context)


def build(*, may_signal: bool) -> Filter:
    """Compile the filter. Without `may_signal` a box can signal nobody: where nothing else tells whom it reaches."""
    writer = _Writer()
    signals = {"kill", "tkill", "tgkill"}
    for name in ALLOWED:
        if may_signal or name not in signals:
            writer.rule(_ALLOW, name)
    writer.rule(_ALLOW, "clone", (0, _MASKED_EQUAL, NAMESPACE_FLAGS, 0))
    writer.rule(_ALLOW, "socketpair", (0, _EQUAL, 1, 0))
    for name in ("socket", "connect", "bind", "listen", "accept", "accept4"):
        writer.rule(_ERRNO | errno.EOPNOTSUPP, name)
    for name in ("prlimit64", "sched_setaffinity"):
        writer.rule(_ALLOW, name, (0, _EQUAL, 0, 0))  # itself, and no other process
    for option in PRCTLS:
        writer.rule(_ALLOW, "prctl", (0, _EQUAL, option, 0))
    for request in IOCTLS:
        writer.rule(_ALLOW, "ioctl", (1, _MASKED_EQUAL, 0xFFFFFFFF, request))
    code = writer.export()
    kept = ctypes.create_string_buffer(code, len(code))
    return Filter(_Program(len(code) // 8, ctypes.addressof(kept)), kept)


def enter(compiled: Filter) -> None:
    """Install the filter, for good."""
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.prctl(kernel.PR_SET_SECCOMP, 2, ctypes.byref(compiled.program))
