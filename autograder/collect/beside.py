"""Read what a student handed in beside the notebook: modules of their own, data. It is for the box, and nothing else.

As under nbgrader, everything in the folder comes along, subfolders included, but for notebooks and for what has the
name of a file of the release.
"""

from __future__ import annotations

import os
import stat
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from autograder.collect.bounds import MOST_FOLDERS, WHY, Bounds, ignored, is_plain
from autograder.collect.names import is_notebook, shown
from autograder.collect.read import Unreadable, read, sha256
from autograder.collect.reserved import Reserved
from autograder.records import Beside, Notice

MOST_SEEN = 10_000
"""Of a folder with more in it than this, subfolders included, the rest is not even looked at."""

MOST_NAMED = 5
"""Names in one notice."""

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def beside(folder: Path | None, given: Iterable[tuple[str, bytes]]) -> Beside:
    """Read the files of a submission's folder.

    Parameters
    ----------
    folder
        Where the notebook lies; None where it was handed in alone.
    given
        The files of the release. One of the same name, however it is spelt, is never taken.

    Returns
    -------
    Beside
        The files by name, and a notice for each reason for which something was left out.
    """
    if folder is None:
        return Beside()
    reading = Reading(given)
    try:
        root = os.open(folder, _FOLDER)
    except FileNotFoundError:
        return Beside()
    except OSError:
        reading.leave_out("link", folder.name)
        return reading.done()
    try:
        reading.read_all(root)
    finally:
        os.close(root)
    return reading.done()


def fingerprint(digest: str, files: Iterable[tuple[str, bytes]]) -> str:
    """By what a submission is recognised, given its notebook's SHA-256: that itself where nothing lies beside it."""
    lines = [f"{sha256(content)} {name}" for name, content in files]
    return sha256("\n".join([digest, *lines]).encode()) if lines else digest


class Reading:
    """What is read of one folder, the upper levels first: what lies deep is not to crowd out what lies beside."""

    def __init__(self, given: Iterable[tuple[str, bytes]]) -> None:
        self._given = dict(given)
        self._reserved = Reserved(self._given)
        self._files: dict[str, bytes] = {}
        self._left: dict[str, list[str]] = defaultdict(list)
        self._bounds, self._seen = Bounds(), 0

    def leave_out(self, why: str, name: str) -> None:
        """Remember that something was left out."""
        self._left[why].append(name)

    def done(self) -> Beside:
        """All that was read, and what was not."""
        notices = (
            Notice(f"left-out/{why}", f"Left out: {listed(self._left[why])}. {WHY[why]}")
            for why in WHY
            if why in self._left
        )
        return Beside(tuple(sorted(self._files.items())), tuple(notices))

    def read_all(self, root: int) -> None:
        """Read a folder and the folders in it."""
        waiting: deque[tuple[str, ...]] = deque([()])
        while waiting:
            parts = waiting.popleft()
            try:
                folder = folder_below(root, parts)
            except OSError:
                self.leave_out("unreadable", "/".join(parts))
                continue
            try:
                waiting += [(*parts, name) for name in self._read_folder(folder, parts)]
            finally:
                os.close(folder)

    def _read_folder(self, folder: int, parts: tuple[str, ...]) -> Iterator[str]:
        """Read the files of one folder; its subfolders."""
        with os.scandir(folder) as entries:
            found = sorted(islice(entries, MOST_SEEN - self._seen), key=lambda entry: entry.name)
        self._seen += len(found)
        if self._seen == MOST_SEEN:
            self.leave_out("many", "/".join((*parts, "…")))
        for entry in found:
            name = "/".join((*parts, entry.name))
            if ignored(name):
                continue
            if entry.is_dir(follow_symlinks=False) and is_plain(name):
                if len(parts) < MOST_FOLDERS:
                    yield entry.name
                else:
                    self.leave_out("deep", name)
            elif not is_notebook(entry.name):
                self._read_file(folder, entry, name)

    def _read_file(self, folder: int, entry: os.DirEntry[str], name: str) -> None:
        """Read one file, if nothing speaks against it."""
        status = entry.stat(follow_symlinks=False)
        why = kind(status) or self._bounds.refusal(name, status.st_size)
        if not why:
            try:
                why = self._take(name, read(Path(entry.name), status.st_size, folder))
            except (OSError, Unreadable):
                why = "unreadable"
        if why:
            self.leave_out(why, name)

    def _take(self, name: str, content: bytes) -> str:
        """Keep a file that was read; or why not. The release's own need not be said, nor kept."""
        if self._reserved.covers(name):
            return "" if self._given.get(name) == content else "given"
        self._files[name] = content
        self._bounds.add(len(content))
        return ""


def kind(status: os.stat_result) -> str:
    """Why a thing of this kind is left out, or "" for an ordinary file."""
    if stat.S_ISREG(status.st_mode):
        return ""
    return "link" if stat.S_ISLNK(status.st_mode) else "special"


def folder_below(root: int, parts: Iterable[str]) -> int:
    """Open a folder step by step, so that no link is walked through."""
    here = os.dup(root)
    for part in parts:
        try:
            below = os.open(part, _FOLDER, dir_fd=here)
        finally:
            os.close(here)
        here = below
    return here


def listed(names: list[str]) -> str:
    """A few names, as they may be shown, and how many more there are."""
    some = ", ".join(f"{name[:80]}…" if len(name) > 80 else name for name in map(shown, names[:MOST_NAMED]))
    return f"{some} and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else some
