"""Grade again from what the boxes said before: nothing of a student's is run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from autograder import collect, execute
from autograder import judge as judging
from autograder.deliver.results import isolation_from_json
from autograder.execute import NotObservedError
from autograder.grader import Grader
from autograder.observed import Folder, circumstances
from autograder.pool import Died, in_pool
from autograder.records import Graded, Isolation, Notebook, Release, Submission

NOWHERE = Isolation("none", ())


class Recall(Grader):
    """Grades submissions of one release as far as the observations of an earlier run answer its tests' questions.

    `grade` raises `NotObservedError` where they do not: that submission has to be run.
    """

    def __init__(self, release: Release, folder: Path) -> None:
        super().__init__(release)
        self._folder = Folder(folder)
        self._setting = circumstances(release)["setting"]
        self._files: dict[str, bytes] = {}

    def __enter__(self) -> Self:
        return self

    def _graded(
        self,
        submission: Submission,
        digest: str,
        notebook: Notebook,
        seed: str,
        started: float,  # noqa: ARG002 - how long it took when it was run is what people want to know
    ) -> Graded:
        """Judge a restored notebook by what its boxes said."""
        facts, observations = self._observed(digest, notebook)
        memory = execute.Memory(observations, self.release.limits, isolation_from_json(facts["isolation"]) or NOWHERE)
        graded = self._judged(submission, digest, notebook, seed, memory.box, facts["replay"])
        if memory.missed:
            raise NotObservedError
        return replace(graded, result=replace(graded.result, seconds=facts["seconds"]), recalled=True)

    def _observed(self, digest: str, notebook: Notebook) -> tuple[dict[str, Any], execute.Observations]:
        """What the boxes of this notebook said, if they would still say it."""
        try:
            facts, observations = self._folder.load(collect.fingerprint(digest, notebook.files))
            before = tuple((name, self._file(sha256)) for name, sha256 in facts["files"].items())
        except execute.Unreadable:
            raise NotObservedError from None
        if facts["setting"] != self._setting or judging.could_be_seen(notebook, before, self.release.files):
            raise NotObservedError
        return facts, observations

    def _file(self, sha256: str) -> bytes:
        """A file that lay beside the notebook then."""
        if sha256 not in self._files:
            self._files[sha256] = self._folder.part(sha256)
        return self._files[sha256]


def recall_all(
    release: Release, waiting: Iterator[Submission], folder: Path, jobs: int, seed: str
) -> Iterator[tuple[Submission, Graded | None]]:
    """Grade by what the boxes said before; None comes of a submission that has to be run.

    Some may be left in `waiting`: where a worker dies, no more is tried.
    """
    for submission, graded in in_pool(jobs, start_worker, (release, folder, seed), recalled_in_worker, waiting):
        yield submission, None if isinstance(graded, Died) else graded


def recalled(recall: Recall, submission: Submission, seed: str) -> Graded | None:
    """Grade one submission by what its boxes said before, if that will do; whatever goes wrong, it can still be run."""
    try:
        return recall.grade(submission, seed)
    except (NotObservedError, Exception):
        return None


_worker: tuple[Recall, str] | None = None  # one to a process, as in `batch`


def start_worker(release: Release, folder: Path, seed: str) -> None:
    """Make this process ready."""
    global _worker  # noqa: PLW0603 - a pool's initializer has no other place for what its tasks share
    _worker = (Recall(release, folder), seed)


def recalled_in_worker(submission: Submission) -> Graded | None:
    """Grade one submission in a worker process that is ready."""
    return recalled(_worker[0], submission, _worker[1]) if _worker else None
