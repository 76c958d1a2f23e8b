"""Files that a test names in its text: what the student's code has written there can be read, and the other way round.

Such a test runs in a folder of its own, in which the release's files lie. Nothing else that the box holds comes here, a
release's file is never replaced, and Python imports nothing from there.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.judge.link import Link

NAME = re.compile(r"[\w./ -]+\.[A-Za-z]\w{0,7}")
"""What a text must look like to be taken for the name of a file."""

COMPILED = (".pyc", ".pyd", ".so")
"""Nobody reads such a file but to run it."""


def named_files(texts: Iterable[str]) -> tuple[str, ...]:
    """Which of a test's texts are names of files below the notebook's folder."""
    names = (text for text in texts if NAME.fullmatch(text) and is_below(text))
    return tuple(sorted(name for name in names if not name.endswith(COMPILED)))


def is_below(name: str) -> bool:
    """Whether this is a plain path that cannot lead out of a folder."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and str(path) == name and len(name) < 100


class Folder:
    """The folder of one run of a test."""

    def __init__(self, link: Link, names: Iterable[str], given: Iterable[tuple[str, bytes]]) -> None:
        self._link, self._given = link, tuple(given)
        kept = {name for name, _ in self._given}
        self._names = [name for name in names if name not in kept]
        self._known: dict[str, bytes | None] = {}
        self._place = Path()

    def is_foreign(self, path: str) -> bool:
        """Whether the student may have written what lies there: a file in this folder, and none of the release."""
        whole = Path(path).resolve()
        if not whole.is_file() or not whole.is_relative_to(self._place):
            return False
        return str(whole.relative_to(self._place)) not in {name for name, _ in self._given}

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        """Work in it."""
        before, path = Path.cwd(), sys.path[:]
        place = self._place = Path(tempfile.mkdtemp(prefix="seedbed-test-")).resolve()
        try:
            os.chdir(place)
            sys.path[:] = [entry for entry in sys.path if entry not in ("", ".")]
            for name, content in self._given:
                write(name, content)
            self.fetch()
            self._link.before.append(self.hand_over)
            self._link.after.append(self.fetch)
            yield
        finally:
            os.chdir(before)
            sys.path[:] = path
            shutil.rmtree(place, ignore_errors=True)

    def fetch(self) -> None:
        """Bring what the student's code has written, as far as the test names it."""
        reply = self._link.put("read_files", self._names)
        found = reply.value if isinstance(reply.value, dict) else {}
        for name in self._names:
            content = found.get(name)
            if isinstance(content, bytes | None) and content != self._known.get(name):
                self._known[name] = content
                write(name, content)

    def hand_over(self) -> None:
        """Give the box what the test has written."""
        for name in self._names:
            path = Path(name)
            content = path.read_bytes() if path.is_file() else None
            if content != self._known.get(name):
                self._known[name] = content
                self._link.put("write_file", name, content)


def write(name: str, content: bytes | None) -> None:
    """Give a file this content, or remove it."""
    path = Path(name)
    if content is None:
        path.unlink(missing_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
