"""Files of the box as a test has them: what is otherwise than there, and what is to be otherwise here."""

# ruff: noqa: ARG001  every operation takes the namespace

from __future__ import annotations

import contextlib
import hashlib
import importlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MAX_BYTES = 8_000_000
MANY, DEEP = 1_000, 50
"""More files, or folders in each other, are not looked at for whether they have changed."""
FIRST, LAST = 4, 256
"""Descriptors that are not the box's own; at most so many are looked at."""


def root() -> str:
    """The box's own folder, in which those for work and for temporary files lie."""
    return os.environ["TMPDIR"].removesuffix("/tmp")  # noqa: S108  the box's own


def folder(namespace: dict[str, Any], known: dict[str, bytes]) -> list[Any]:
    """What lies in the two folders, where somebody knows this much of it, each file by its digest.

    Returns
    -------
    list
        The box's own folder; in which part of it we are, or None; what is new or otherwise, with its content, a folder
        with a slash at its end; and the names of what is as it is known. What is too much is left out.
    """
    top, left = root(), MAX_BYTES
    found: dict[str, bytes] = {}
    same: list[str] = []
    for name in sorted({*below(top), *(name for name in known if is_there(top, name))}):
        path = Path(top, name)
        size = 0 if name.endswith("/") else path.stat().st_size
        if size > left and name not in known:
            continue
        content = b"" if name.endswith("/") else path.read_bytes()
        if known.get(name) == digest(content):
            same.append(name)
        elif len(content) <= left:
            found[name] = content
            left -= len(content)
    here = os.getcwd()  # noqa: PTH109  as text
    return [top, here[len(top) + 1 :] if here.startswith(f"{top}/") else None, found, same]


def below(top: str) -> Iterator[str]:
    """The files and folders there, the first thousand; links and the like are left out."""
    count = 0
    for part in ("work", "tmp"):
        for place, folders, names in os.walk(os.path.join(top, part)):  # noqa: PTH118  see `shared`
            folders.sort()
            for name in sorted(folders + names):
                path = os.path.join(place, name)  # noqa: PTH118  see `shared`
                mode = os.lstat(path).st_mode
                count += 1
                if count > MANY:
                    return
                if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
                    yield path[len(top) + 1 :] + "/" * stat.S_ISDIR(mode)


def is_there(top: str, name: str) -> bool:
    """Whether there is a file, or a folder, of this name."""
    with contextlib.suppress(OSError):
        mode = os.lstat(os.path.join(top, name.removesuffix("/"))).st_mode  # noqa: PTH118  see `shared`
        return stat.S_ISDIR(mode) if name.endswith("/") else stat.S_ISREG(mode)
    return False


def digest(content: bytes) -> bytes:
    """By what a file's content is known."""
    return hashlib.sha256(content).digest()


def lay(
    namespace: dict[str, Any], changed: dict[str, bytes | None], here: str | None, times: dict[str, int] | None = None
) -> None:
    """Give files and folders below the box's own folder this content, or remove them; and go to one of them.

    `times` are those, in nanoseconds, at which some of the files were last changed.
    """
    top = Path(root())
    for name in sorted(changed, reverse=True):
        if changed[name] is None:
            remove(top / name, name)
    for name in sorted(changed):
        content = changed[name]
        if name.endswith("/") and content is not None:
            (top / name).mkdir(parents=True, exist_ok=True)
        elif content is not None:
            write(namespace, str(top / name), content)
    for name, time in (times or {}).items():
        with contextlib.suppress(OSError):
            os.utime(top / name, ns=(time, time))
    if here is not None:
        os.chdir(top / here)


def remove(path: Path, name: str) -> None:
    """Remove a file, or a folder that has nothing in it."""
    with contextlib.suppress(OSError):
        path.rmdir() if name.endswith("/") else path.unlink()


def shared(namespace: dict[str, Any]) -> str | None:
    """A text that changes with what copies of the box share: folders, files, and which folder is the current one.

    None where they share more (processes, open files, memory that is backed by one), or too much to be read.
    """
    if any(map(is_open, range(FIRST, LAST))) or has_children():
        return None
    found: list[Any] = [os.getcwd()]  # noqa: PTH109  as text
    for folder, folders, names in os.walk(root()):
        if len(found) > MANY or folder.count("/") > DEEP:
            return None
        for name in folders + names:
            known = os.lstat(os.path.join(folder, name))  # noqa: PTH118  a thousand paths take 10 ms longer
            found.append((folder, name, known.st_ino, known.st_size, known.st_mtime_ns, known.st_ctime_ns))
    return repr(found)


def is_open(descriptor: int) -> bool:
    """Whether there is an open file of this number."""
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def has_children() -> bool:
    """Whether this process has started another one that it has not heard the end of."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def write(namespace: dict[str, Any], name: str, content: bytes | None) -> None:
    """Give a file this content, or remove it; whoever imports it next finds it as it is now."""
    path = Path(name)
    if content is None:
        path.unlink(missing_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    importlib.invalidate_caches()
