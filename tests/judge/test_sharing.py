"""What a box says about containers that both sides hold is one more thing that it may lie about."""

from __future__ import annotations

from textwrap import indent

import pytest
from releases_in_code import answer, grade_cell, handed_in, small_release

pytestmark = pytest.mark.slow  # many live boxes

FORGE = """
import sys
Channel = next(module for name, module in sys.modules.items() if name.endswith("inside.channel")).Channel
real, given = Channel.send, []
def send(self, kind, nonce, payload, buffers):
    if kind == "reply" and len(payload[0]) == 6 and payload[0][0][:1] != ["d"]:  # not that about names
        forge(payload[0], buffers)
    real(self, kind, nonce, payload, buffers)
Channel.send = send
def f(x):
    given[:] = x
    return [0]
"""
ALL = "payload[5][0][:] = [['N', -number, ['l', 1, 2, 3]] for number in range(1, 200)]"
TEST = "expected = [1, 2, 3]\ngiven = [3, 1, 2]\nfor _ in range(3):\n    assert f(given) == expected"

ARRAY = "buffers.append(bytes(24))\nbase = ['N', 2, ['a', 'float64', [3], 'C', len(buffers) - 1]]\n"
LARGE = "buffers.append(bytes(1 << 20))\n"
DOUBLING = """
[n] = given
payload[0] = ['N', n, ['l', *range(1000)]]
payload[5] = [[['N', n - 1, ['l', *[['N', n]] * 1000]]] if n > 1 else [], []]
"""

LIES = {
    "every container of the judge's has changed": (ALL.replace("1, 2, 3", "0"), TEST),
    "what it was given has changed into the answer": (ALL, TEST + "\nassert given == [3, 1, 2]"),
    "what it was given is a dictionary now": ("payload[5][0][:] = [['N', -1, ['d']]]", TEST),
    "what it was given is in itself": (
        "payload[5][0][:] = [['N', -1, ['l', ['N', 1, ['l', 1]]]], ['N', 2, ['l', ['N', -1]]]]",
        TEST,
    ),
    "two lists are in each other": (
        "payload[0] = ['N', 1, ['l', ['N', 2, ['l']]]] if given == [1] else ['N', 2, ['l', ['N', 1, ['l', 1]]]]",
        "held = [f([1]), f([2])]\nassert str(held) == '[[[]], [[1]]]'",
    ),
    "a list is in itself": ("payload[0] = ['N', 1, ['l', ['N', 1]]]", TEST),
    "a number twice": ("payload[0] = ['l', ['N', 1, ['l', 1]], ['N', 1, ['l', 2]]]", TEST),
    "a number of nothing": ("payload[0] = ['N', 7]", TEST),
    "a number that has a number": ("payload[0] = ['N', 1, ['N', 2, ['l', 1, 2, 3]]]", TEST),
    "no number": ("payload[0] = ['N', 'one', ['l', 1, 2, 3]]", TEST),
    "what cannot change has a number": ("payload[0] = ['N', 1, ['t', 1, 2, 3]]", TEST),
    "lists that double": (
        "tree = ['N', 1, ['l', 1]]\nfor n in range(2, 60):\n    tree = ['N', n, ['l', tree, ['N', n - 1]]]\n    if n > 25: break\npayload[0] = tree",
        "assert f([1]) == [1]",
    ),
    "lists that double from one answer to the next": (
        DOUBLING,
        "held = [f([n]) for n in range(1, 9)]\nassert held == [list(range(1000))] * 8",
    ),
    "an array in the memory of nothing": (
        "payload[0] = ['N', 1, ['v', ['N', 2, ['l', 1]], 'float64', ['t', 3], 0, ['t', 8]]]",
        "assert list(f([1])) == [1, 2, 3]",
    ),
    "an array beyond the memory of another one": (
        "payload[0] = ['N', 1, ['v', ['N', -1], 'float64', ['t', 9], 0, ['t', 8]]]\npayload[5][0][:] = []",
        "import numpy as np\nassert list(f(np.ones(3))) == [1.0] * 9",
    ),
    "an array before the memory of another one": (
        ARRAY + "payload[0] = ['N', 1, ['v', base, 'float64', ['t', 3], -8, ['t', 8]]]",
        "assert list(f([1])) == [0.0] * 3",
    ),
    "objects in the memory of numbers": (
        ARRAY + "payload[0] = ['N', 1, ['v', base, 'object', ['t', 3], 0, ['t', 8]]]",
        "assert list(f([1])) == [0, 0, 0]",
    ),
    "text in the memory of numbers": (
        (
            "buffers.append(bytes([0, 0xD8, 0, 0] * 2))\nbase = ['N', 2, ['a', 'float64', [1], 'C', len(buffers) - 1]]\n"
            "payload[0] = ['N', 1, ['v', base, 'U1', ['t', 2], 0, ['t', 4]]]"
        ),
        "found = f([1])[0]\nassert found == 'a', found",
    ),
    "numbers in the memory of text": (
        (
            "buffers.append('ab'.encode('utf-32-le'))\nbase = ['N', 2, ['a', 'U2', [1], 'C', len(buffers) - 1]]\n"
            "payload[0] = ['N', 1, ['v', base, 'float64', ['t', 1], 0, ['t', 8]]]"
        ),
        "assert list(f([1])) == [1.0]",
    ),
    "text that begins within a letter": (
        (
            "buffers.append('abc'.encode('utf-32-le'))\nbase = ['N', 2, ['a', 'U3', [1], 'C', len(buffers) - 1]]\n"
            "payload[0] = ['N', 1, ['v', base, 'U1', ['t', 2], 1, ['t', 4]]]"
        ),
        "assert list(f([1])) == ['a', 'b']",
    ),
    "a range without end": ("payload[0] = ['r', 0, 10**17, 1]", "assert sum(f([1])) == 14"),
    "many long ranges": ("payload[0] = ['l', *[['r', 0, 10**6, 1]] * 1000]", "assert sum(map(sum, f([1]))) == 14"),
    "the same bytes again and again": (LARGE + "payload[0] = ['l', *[['b', len(buffers) - 1]] * 300]", TEST),
    "copies of one array": (
        LARGE
        + "payload[0] = ['l', *[['N', 1 + n, ['a', 'int8', [1 << 20], 'C', len(buffers) - 1]] for n in range(300)]]",
        TEST,
    ),
    "the same text again and again": (
        LARGE + "payload[0] = ['l', *[['a', 'U1', [1 << 18], 'C', len(buffers) - 1]] * 300]",
        TEST,
    ),
    "the same letters again and again": (
        "buffers.append(bytes(4 * 9999))\npayload[0] = ['l', *[['n', 'U9999', len(buffers) - 1]] * 9000]",
        TEST,
    ),
    "news that are none": ("payload[5][0][:] = [1, 2, 3]", TEST),
    "news without end": ("payload[5][0][:] = [['N', n, ['l', n]] for n in range(1, 9000)]", TEST),
    "numbers that are no numbers": ("payload[5][1][:] = ['one', True, None]", TEST),
    "everything is gone": ("payload[5][1][:] = range(-200, 200)", TEST),
}

BELIEVED = {
    "every container of the judge's has changed",
    "what it was given has changed into the answer",
    "two lists are in each other",
    "everything is gone",
}
"""What could be so, and does not help."""


@pytest.mark.parametrize("case", LIES)
def test_a_lie_about_containers_earns_nothing(grade, case):
    """It is wrong, not held; and the next one is graded as ever."""
    forged, test = LIES[case]
    lie = f"{FORGE}def forge(payload, buffers):\n{indent(forged, '    ')}\n"
    release = small_release(answer("f", "def f(x):\n    return sorted(x)"), grade_cell("t", test, "f"))
    [exercise] = grade(release, handed_in(release, {"f": lie})).exercises
    check = exercise.checks[0]
    assert (check.outcome, check.code) == ("failed", "raises" if case in BELIEVED else "protocol")
