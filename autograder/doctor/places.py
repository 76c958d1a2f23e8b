"""Look at the folders that are written, and at the disk."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from autograder.doctor.finding import Finding

ENOUGH = 1_000_000_000
"""Bytes: a class of 300 with feedback, gradebook and its backups takes about a third of it."""


def writable(folders: Iterable[Path]) -> Finding:
    """Whether files can be made where we make them; a folder that is not there yet is made below its parent."""
    folders = tuple(folders)
    wrong = [f"{folder} ({reason})" for folder in folders if (reason := refusal(existing(folder)))]
    if not wrong:
        return Finding("Folders", True, f"{', '.join(map(str, folders))} can be written")
    return Finding("Folders", False, f"not writable: {'; '.join(wrong)}", "Give yourself the right to write there.")


def existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next((one for one in (folder, *folder.parents) if one.exists()), folder)


def refusal(folder: Path) -> str:
    """Why no file can be made in a folder, or ""."""
    if not folder.is_dir():
        return "it is not a folder"
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".seedbed-doctor-") as file:
            file.write(b"x")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return error.strerror or str(error)
    return ""


def disk(folder: Path, enough: int = ENOUGH) -> Finding:
    """Whether there is room."""
    free = shutil.disk_usage(existing(folder)).free
    detail = f"{free / 1e9:.1f} GB free at {folder}"
    if free >= enough:
        return Finding("Disk", True, detail)
    fix = "Make room; `make clean` removes what can be made again. Back up build/course first: it holds the gradebook."
    return Finding("Disk", False, f"{detail}; {enough / 1e9:.1f} GB are needed", fix)
