"""What a box may say of the state of a random generator that a test has given."""

from __future__ import annotations

import random

import pytest

from autograder.judge.generators import is_pythons

STATE = random.Random(3).getstate()


def test_a_state_of_pythons_own_generator_is_one():
    """With half of a pair of normal numbers, too."""
    generator = random.Random(3)
    generator.gauss(0, 1)
    assert is_pythons(STATE)
    assert is_pythons(generator.getstate())


@pytest.mark.parametrize(
    "state",
    [
        *(None, 3, [], STATE[:2], [*STATE], (2, *STATE[1:]), (3, STATE[1][:-1], None), (3, [*STATE[1]], None)),
        *((3, (*STATE[1][:-1], 625), None), (3, (*STATE[1][:-1], -1), None), (3, (2**32, *STATE[1][1:]), None)),
        *((3, (True, *STATE[1][1:]), None), (3, STATE[1], "x"), (True, *STATE[1:])),
    ],
    ids=lambda state: repr(state)[:20],
)
def test_another_is_none(state):
    """Python looks at none of this but the place."""
    assert not is_pythons(state)
