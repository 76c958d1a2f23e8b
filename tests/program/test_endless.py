"""What ends a worker, or would never end in one, costs the submission that it came from, and nobody else."""

from __future__ import annotations

import pytest
from releases_in_code import answer, grade_cell, handed_in, small_release

from autograder.batch import Settings, grade_all
from autograder.execute import probe
from autograder.records import Limits, Submission

pytestmark = pytest.mark.slow  # processes that start from nothing

RELEASE = small_release(
    answer("f", "def f(x):\n    return x"),
    grade_cell("t", "assert sum(range(f(4))) == 6", "f"),
    grade_cell("u", "assert f(5) == 5", "f"),
    limits=Limits(submission_seconds=4),
)
HOSTILE = "def f(x):\n    return 10**13 if x == 4 else x"
RIGHT = "def f(x):\n    return {}"


@pytest.fixture
def lay(tmp_path):
    """A function that lays down answers, and gives the submissions."""

    def of(release, answers):
        for name, code in answers.items():
            (tmp_path / f"{name}.ipynb").write_bytes(handed_in(release, {"f": code}))
        return [Submission(name, tmp_path / f"{name}.ipynb") for name in answers]

    return of


LOOKS = """import os
from pathlib import Path
def f(x):
    for folder in Path(os.environ["TMPDIR"]).parents:
        try:
            return len((folder / "order").read_bytes())
        except OSError:
            pass
    return x"""


@pytest.mark.parametrize(("level", "score"), [("A", 2.0), ("B", 2.0), ("none", 0.0)])
def test_what_makes_a_worker_ready_is_read_by_no_box(lay, level, score):
    """It holds the tests, in the folder in which the boxes lie as well; without a box, it is found."""
    if level not in {found.level for found in probe() if found.available} | {"none"}:
        pytest.skip(f"no box of level {level} can be made here")
    [found] = grade_all(RELEASE, lay(RELEASE, {"ada": LOOKS}), Settings(1, level))
    assert (found.result.score, found.result.isolation.level) == (score, level)


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_no_alarm_can_end_is_ended(lay, jobs):
    """`sum` looks at no clock: the worker ends, and the test counts as one that took too long; the other one is kept."""
    answers = {"ada": RIGHT.format("x"), "mallory": HOSTILE, "grace": RIGHT.format("x + 0"), "alan": RIGHT.format("0")}
    found = {one.result.student: one.result for one in grade_all(RELEASE, lay(RELEASE, answers), Settings(jobs))}
    assert {name: (one.status, one.score) for name, one in found.items()} == {
        "ada": ("graded", 2.0), "mallory": ("graded", 1.0), "grace": ("graded", 2.0), "alan": ("graded", 0.0),
    }  # fmt: skip
    [check] = [c for e in found["mallory"].exercises for c in e.checks if c.outcome != "passed"]
    assert check.code == "time/submission"
    assert check.message.startswith("The test was stopped after ")


def test_not_every_test_ends_a_worker(lay):
    """Each takes as long as a whole submission may: with twenty of them, one was graded for an hour."""
    tests = [grade_cell(f"t{n}", f"assert sum(range(f({n}))) == {sum(range(n))}", "f") for n in range(7)]
    release = small_release(answer("f", RIGHT.format("x")), *tests, limits=Limits(submission_seconds=3))
    lie = RIGHT.format("10**13 if 1 < x < 5 else x")
    [found] = [one.result for one in grade_all(release, lay(release, {"mallory": lie}), Settings())]
    assert (found.status, found.score) == ("graded", 2.0)


def test_who_ends_every_worker_is_held_and_nobody_else(lay):
    """As where a library crashes: no zero for it, and all others are graded."""
    crashing = small_release(
        answer("f", RIGHT.format("x")),
        grade_cell("t", "import os, signal\nif f(4) != 4:\n    os.kill(os.getpid(), signal.SIGKILL)", "f"),
    )
    answers = {"ada": RIGHT.format("x"), "mallory": RIGHT.format("0"), "grace": RIGHT.format("x + 0")}
    found = {one.result.student: one.result for one in grade_all(crashing, lay(crashing, answers), Settings())}
    assert {name: (one.status, one.score) for name, one in found.items()} == {
        "ada": ("graded", 1.0), "mallory": ("held", None), "grace": ("graded", 1.0),
    }  # fmt: skip
    assert "died, and died again" in found["mallory"].notices[0].message
