"""Read one submitted file, and no more of it than it may have."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path


class Unreadable(Exception):  # noqa: N818 - it is a status of a submission, not an error of the program
    """The file is not a notebook that can be graded; the text says why and what to do."""


def read(path: Path, max_bytes: int, folder: int | None = None) -> bytes:
    """Return the bytes of a submitted file, whose path may start from a folder that is open.

    Raises
    ------
    FileNotFoundError
        If there is no such file: the submission is missing, not unreadable.
    Unreadable
        If it is a link or not an ordinary file, or larger than `max_bytes`.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise Unreadable(f"The file cannot be opened ({error.strerror}); a link is never followed.") from error
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):  # Python itself opens no folder
        os.close(descriptor)
        raise Unreadable("This is not an ordinary file.")
    with os.fdopen(descriptor, "rb") as file:
        data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        size = max(status.st_size, len(data)) / 1e6
        raise Unreadable(
            f"The file has {size:.0f} MB; {max_bytes / 1e6:.0f} MB are allowed. "
            "Clear the outputs (Kernel > Restart and clear outputs), save, and hand it in again."
        )
    return data


def digest(path: Path, max_bytes: int) -> str:
    """The SHA-256 of a submitted file; raises what `read` raises."""
    return sha256(read(path, max_bytes))


def sha256(data: bytes) -> str:
    """The SHA-256 of a submission's bytes, by which it is recognised."""
    return hashlib.sha256(data).hexdigest()
