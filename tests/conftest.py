"""Grading in real boxes, with the warm process kept for as long as it fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.execute import Zygote
from autograder.grader import Grader
from autograder.records import Release, Result, Submission


@pytest.fixture(scope="session")
def zygotes() -> Iterator[dict[Any, Zygote]]:
    """Warm processes by what they were started with."""
    started: dict[Any, Zygote] = {}
    yield started
    for zygote in started.values():
        zygote.close()


@pytest.fixture
def grade(zygotes: dict[Any, Zygote]) -> Callable[..., Result]:
    """Grade the bytes of a submission by a release, in a real box of the best level that this machine offers."""

    def graded(release: Release, data: bytes, level: Any = None, **options: Any) -> Result:
        key = (release.files, release.limits, level)
        if key not in zygotes:
            zygotes[key] = Zygote(*key)
            zygotes[key].__enter__()
        with Grader(release, zygote=zygotes[key], **options) as grader:
            return grader.grade_bytes(Submission("ada", Path("ada.ipynb")), data, "0").result

    return graded
