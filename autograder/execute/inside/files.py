"""Files of the box that a test names: read from there, and written there."""

# ruff: noqa: ARG001  every operation takes the namespace

from __future__ import annotations

import importlib
import os
from pathlib import Path
from typing import Any

MAX_BYTES = 8_000_000
MANY, DEEP = 1_000, 50
"""More files, or folders in each other, are not looked at for whether they have changed."""
FIRST, LAST = 4, 256
"""Descriptors that are not the box's own; at most so many are looked at."""


def read(namespace: dict[str, Any], names: list[str]) -> dict[str, bytes]:
    """The content of those of these files that are there, as far as it is not too much."""
    left, found = MAX_BYTES, {}
    for name in names:
        path = Path(name)
        if path.is_file() and path.stat().st_size <= left:
            found[name] = path.read_bytes()
            left -= len(found[name])
    return found


def shared(namespace: dict[str, Any]) -> str | None:
    """A text that changes with what copies of the box share: folders, files, and which folder is the current one.

    None where they share more (processes, open files, memory that is backed by one), or too much to be read.
    """
    if any(map(is_open, range(FIRST, LAST))) or has_children():
        return None
    found: list[Any] = [os.getcwd()]  # noqa: PTH109  as text
    for folder, folders, names in os.walk(os.environ["TMPDIR"].removesuffix("/tmp")):  # noqa: S108  the box's own
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
