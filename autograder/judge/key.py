"""What the test cells of a release ask of its own answers, found by running them once."""

from __future__ import annotations

from autograder.judge.manners import KeyRun
from autograder.judge.session import OpenBox, Session
from autograder.judge.trusted import Keys, Trusted
from autograder.records import Notebook, Release, Step


def answer_key(release: Release) -> Notebook:
    """The notebook that the release itself is."""
    return Notebook(tuple(Step(cell.id, cell.kind, cell.source, place) for place, cell in enumerate(release.cells)))


def key_runs(release: Release, open_box: OpenBox, trusted: Trusted) -> Keys:
    """By test cell, what it asked of the answer key; None where the key did not pass, and nothing can be learnt.

    Where anything is given that the box has too, once with the judge's copies of it, and once with the box's.
    """
    return {
        from_box: key_run(release, open_box, trusted, from_box)
        for from_box in ((False, True) if trusted.names.given else (False,))
    }


def key_run(release: Release, open_box: OpenBox, trusted: Trusted, from_box: bool) -> dict[str, KeyRun | None]:
    """One of them."""
    noted: dict[str, KeyRun] = {}
    session = Session(release, answer_key(release), open_box, trusted, "key", noted=noted, given_from_box=from_box)
    verdicts = session.live(skip_demonstrations=True)
    return {name: noted[name] if verdict.passed else None for name, verdict in verdicts.items()}
