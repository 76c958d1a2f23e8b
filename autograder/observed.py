"""The observations of a run, in a folder of their own. To lose them costs time, never a mark.

<fingerprint of a submission>.obs    what its boxes said
parts/<SHA-256>                      large arrays that many submissions share, and the files beside the notebook
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from autograder import execute
from autograder.deliver.results import environment, isolation_to_json
from autograder.records import Observed, Release, Result


def circumstances(release: Release) -> dict[str, Any]:
    """What besides the questions decides what a box says: a digest, and one for each file beside the notebook."""
    parts = [execute.program(), asdict(release.limits), environment()]
    return {
        "setting": sha256(json.dumps(parts, sort_keys=True).encode()),
        "files": {name: sha256(content) for name, content in release.files},
    }


def told(result: Result, replay: bool) -> dict[str, Any]:
    """What is told of a run again when it is judged anew: how it was held, and how long it took."""
    return {"replay": replay, "isolation": isolation_to_json(result.isolation), "seconds": result.seconds}


def sha256(content: bytes) -> str:
    """The SHA-256, as parts are named."""
    return hashlib.sha256(content).hexdigest()


class Folder:
    """Where observations lie. To write some, give the release that they are by: its files are kept with them."""

    def __init__(self, path: Path, release: Release | None = None) -> None:
        self._path, self._parts = path, path / "parts"
        self._kept: set[str] = set()
        self._files = {sha256(content): content for _, content in release.files} if release else {}

    def keep(self, observed: Observed) -> None:
        """Write down one submission's; where that cannot be done, do without."""
        with contextlib.suppress(OSError):
            self._parts.mkdir(parents=True, exist_ok=True)
            for name, content in (self._files | dict(observed.parts)).items():
                self._keep_part(name, content)
            put(self._path / f"{observed.submission}.obs", observed.data)

    def _keep_part(self, name: str, content: bytes) -> None:
        path = self._parts / name
        if name not in self._kept:
            if not path.exists() or path.stat().st_size != len(content):
                put(path, content)
            self._kept.add(name)

    def load(self, submission: str) -> tuple[dict[str, Any], execute.Observations]:
        """The facts and observations of the submission of this fingerprint.

        Raises
        ------
        Unreadable
            If there are none, or they are not as they were written.
        """
        try:
            data = (self._path / f"{submission}.obs").read_bytes()
        except OSError as error:
            raise execute.Unreadable(str(error)) from None
        return execute.unpack(submission, data, self.part)

    def part(self, name: str) -> bytes:
        """A part by its SHA-256.

        Raises
        ------
        Unreadable
            If it is not there, or not what was written.
        """
        try:
            content = (self._parts / bytes.fromhex(name).hex()).read_bytes()
        except (OSError, ValueError) as error:
            raise execute.Unreadable(str(error)) from None
        if sha256(content) != name:
            raise execute.Unreadable("a part is not what was written")
        return content


def put(path: Path, content: bytes) -> None:
    """Write a file that is there as a whole or not at all."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(path)
