"""Real zygotes, one per level and session: starting one takes longer than all that is done with it."""

from __future__ import annotations

import contextlib

import pytest

from autograder.execute import Zygote, probe
from autograder.records import Limits

LIMITS = Limits(cell_seconds=20, call_seconds=10, submission_seconds=100)
FILES = (("lesson.py", b"ANSWER = 42\n\ndef double(x):\n    return 2 * x\n"),)


@pytest.fixture(scope="session")
def zygotes():
    """A function that gives the running zygote of a level, started when it is first asked for."""
    available = {found.level: found for found in probe()}
    running: dict[str, Zygote] = {}
    with contextlib.ExitStack() as stack:

        def of(level: str) -> Zygote:
            if level != "none" and not available[level].available:
                pytest.skip(f"level {level}: {available[level].reason}")
            if level not in running:
                running[level] = stack.enter_context(Zygote(FILES, LIMITS, level))
            return running[level]

        yield of


@pytest.fixture(params=["A", "B"])
def level(request):
    """Both levels."""
    return request.param


@pytest.fixture
def new_box(zygotes, level):
    """A function that makes boxes of one level; they end with the test."""
    with contextlib.ExitStack() as stack:
        yield lambda: stack.enter_context(contextlib.closing(zygotes(level).box()))


@pytest.fixture
def box(new_box):
    """One box."""
    return new_box()


@pytest.fixture
def box_a(zygotes):
    """One box of level A, for what does not depend on the level."""
    with contextlib.closing(zygotes("A").box()) as box:
        yield box
