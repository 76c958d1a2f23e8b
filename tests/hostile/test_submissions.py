"""Hostile submissions: none earns what it did not earn, learns a hidden test, touches anything or stops the batch."""

from __future__ import annotations

import os

import pytest

from autograder.grader import Grader
from tests.hostile.hostile_files import SUBMISSIONS
from tests.hostile.outside import SECRET, descendants
from tests.hostile.secrets_of_the_tests import leaks, shown

pytestmark = pytest.mark.slow  # many live boxes

LEVELS = [
    pytest.param(level, name, id=f"{level}-{name}")
    for level in "AB"
    for name, hostile in SUBMISSIONS.items()
    if level in hostile.header.get("levels", "AB")
]


@pytest.fixture(scope="session")
def good_marks(graders, graded, honest):
    """A function that gives what the honest submission earned before any hostile one was graded."""
    found = {}

    def of(level, tight):
        if (level, tight) not in found:
            result = graded(graders(level, tight), honest, "ada").result
            assert (result.status, result.score, result.notices) == ("graded", 30.0, ())
            found[level, tight] = result.exercises
        return found[level, tight]

    return of


@pytest.mark.parametrize(("level", "name"), LEVELS)
def test_it_wins_nothing(graders, graded, given, outside, known_secrets, honest, good_marks, level, name):
    """It gets what it earned, shows no secret, harms and leaves nothing, and the next student's result is the same."""
    hostile = SUBMISSIONS[name]
    expected, grader = good_marks(level, hostile.tight), graders(level, hostile.tight)
    if any("sklearn" in source for _, source in hostile.cells):
        grader._zygote.box().close()  # for these there is a second warm process, which stays
    processes = descendants(os.getpid())
    data, files = hostile.handed_in(given, outside.words)
    found = graded(grader, data, files=files)
    assert found.result.status == hostile.header.get("status", "graded"), found.result
    if found.result.status == "graded":
        assert found.result.score == hostile.earns, found.result
        assert [len(one.checks) for one in found.result.exercises] == [8, 8, 8]
    assert found.result.seconds < 3 * grader.release.limits.submission_seconds
    text = shown(grader.release, found, data)
    submitted = "".join([data.decode("utf-8", "replace"), *files, *files.values()])
    assert leaks(text, known_secrets, submitted) == []
    assert SECRET not in text
    assert outside.harm() == []
    after = graded(grader, honest, "ada").result
    assert (after.status, after.exercises, after.notices) == ("graded", expected, ())
    assert outside.settles(processes)
    assert outside.left() == []


def test_without_a_box_the_secret_is_read(release, graded, given, outside):
    """The attacks are live: what is looked for above is found where nothing holds them."""
    data, _ = SUBMISSIONS["read_the_source"].handed_in(given, outside.words)
    with Grader(release, level="none") as grader:
        assert SECRET in shown(release, graded(grader, data), data)


@pytest.mark.parametrize(
    "told", ["seen: [64, 32, 16, 8, 4, 2, 1]", "(1, 7, 1), (300, 20, 1), 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2"]
)
def test_a_leak_would_be_seen(known_secrets, told):
    """A list that only hidden tests ask for is recognised, in brackets or without; one from the notebook is not."""
    assert leaks(told, known_secrets, "") != []
    assert leaks("[3, 2, 1] [2, 4, 1] [7, 5, 4, 2]", known_secrets, "") == []


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_each_says_what_it_tries(name):
    """The docstring is one sentence."""
    assert SUBMISSIONS[name].tries.endswith(".")
