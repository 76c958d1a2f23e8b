"""What the test cells of a release ask of its own answers, found by running them once."""

from __future__ import annotations

from autograder.judge.manners import KeyRun
from autograder.judge.session import OpenBox, Session
from autograder.judge.trusted import Trusted
from autograder.records import Notebook, Release, Step


def answer_key(release: Release) -> Notebook:
    """The notebook that the release itself is."""
    return Notebook(tuple(Step(cell.id, cell.kind, cell.source, place) for place, cell in enumerate(release.cells)))


def key_runs(release: Release, open_box: OpenBox, trusted: Trusted) -> dict[str, KeyRun | None]:
    """By test cell, what it asked of the answer key; None where the key did not pass, and nothing can be learnt."""
    session = Session(release, answer_key(release), open_box, trusted, "key", noted={})
    verdicts = session.live(skip_demonstrations=True)
    assert session.noted is not None  # it was given
    return {name: session.noted[name] if verdict.passed else None for name, verdict in verdicts.items()}
