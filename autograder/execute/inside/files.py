"""Files of the box that a test names: read from there, and written there."""

# ruff: noqa: ARG001  every operation takes the namespace

from __future__ import annotations

import importlib
import os
from pathlib import Path
from typing import Any

MAX_BYTES = 8_000_000


def read(namespace: dict[str, Any], names: list[str]) -> dict[str, bytes]:
    """The content of those of these files that are there, as far as it is not too much."""
    left, found = MAX_BYTES, {}
    for name in names:
        path = Path(name)
        if path.is_file() and path.stat().st_size <= left:
            found[name] = path.read_bytes()
            left -= len(found[name])
    return found


def state(namespace: dict[str, Any]) -> str:
    """A text that changes if a file below the working folder does: names, sizes, and times of the last change."""
    found: list[list[Any]] = []
    for folder, _, names in os.walk("."):
        for name in names:
            known = os.lstat(os.path.join(folder, name))  # noqa: PTH118  a thousand paths take 10 ms longer
            found.append([folder, name, known.st_size, known.st_mtime_ns])
    return repr(sorted(found))


def write(namespace: dict[str, Any], name: str, content: bytes | None) -> None:
    """Give a file this content, or remove it; whoever imports it next finds it as it is now."""
    path = Path(name)
    if content is None:
        path.unlink(missing_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    importlib.invalidate_caches()
