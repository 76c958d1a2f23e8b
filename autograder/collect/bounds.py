"""How much may be handed in beside a notebook, and what of it is nobody's work."""

from __future__ import annotations

from autograder.collect.names import MAX_NAME, hidden_control, junk

# Not among the limits of an assignment, which are part of a release: another id for every release would be the price.
MOST_FILES = 200
MOST_BYTES = 20_000_000
MOST_BYTES_EACH = 10_000_000
MOST_FOLDERS = 8
"""How deep a file may lie."""

MAX_PART = 240
"""Bytes of one name; disks have 255, and a file that is being written has a few more."""

WHY = {
    "link": "A link is not followed: hand in the file itself.",
    "special": "Only ordinary files are taken.",
    "name": "The name is too long or holds characters that cannot be seen: rename it.",
    "deep": f"It lies more than {MOST_FOLDERS} folders deep: move it up.",
    "large": f"A file may have {MOST_BYTES_EACH // 1_000_000} MB: hand in a smaller one.",
    "total": f"All files together may have {MOST_BYTES // 1_000_000} MB: hand in only what your notebook needs.",
    "many": f"There may be {MOST_FILES} files: hand in only those that your notebook needs.",
    "given": "The course has a file of this name, and its own was used: give yours another name.",
    "unreadable": "It could not be read: save it, and hand it in again.",
}
"""By the last part of a notice's code: why a file was left out, and what to do."""


class Bounds:
    """Counts what is taken along of one submission."""

    def __init__(self) -> None:
        self._files = self._bytes = 0

    def refusal(self, name: str, size: int) -> str:
        """Why one more file is left out; an empty text where it is not."""
        if not is_plain(name):
            return "name"
        if name.count("/") > MOST_FOLDERS:
            return "deep"
        if size > MOST_BYTES_EACH:
            return "large"
        if self._files == MOST_FILES:
            return "many"
        return "total" if self._bytes + size > MOST_BYTES else ""

    def add(self, size: int) -> None:
        """Count one that is taken."""
        self._files += 1
        self._bytes += size


def is_plain(name: str) -> bool:
    """Whether this is a path below a folder, of names that people can read and disks can hold."""
    if hidden_control(name) or len(name.encode()) > MAX_NAME:
        return False
    return all(part not in ("", ".", "..") and len(part.encode()) <= MAX_PART for part in name.split("/"))


def ignored(name: str) -> bool:
    """Whether a file is one that computers leave behind, or that nbgrader lays there or does not take along either."""
    return junk(name) or name in ("timestamp.txt", "feedback") or name.endswith(".pyc")
