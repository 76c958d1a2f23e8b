"""What stands in the judge for a thing of the student's behaves like it, and never passes for what it is not."""

from __future__ import annotations

import pytest
from releases_in_code import answer, grade_cell, handed_in, small_release

from tests.dropin.idioms import SPLIT


def outcomes(result):
    """Outcome of every check, by name."""
    return {check.name: check.outcome for exercise in result.exercises for check in exercise.checks}


ALONE = [name for name in SPLIT if name not in ("tests use shared", "partial credit")]
"""One uses what an earlier test defines; the other gives half of the points."""


@pytest.mark.parametrize("name", ALONE)
def test_a_test_means_the_same_in_the_judge(grade, name):
    """Each of these ways to write a test accepts its answer and refuses none at all.

    That nbgrader accepts the same answers is tested with the drop-in.
    """
    code, test = SPLIT[name]
    release = small_release(answer("a", code), grade_cell("t", test, "a"))
    result = grade(release, handed_in(release, {"a": code}))
    assert outcomes(result) == {"t": "passed"}, result
    assert outcomes(grade(release, handed_in(release, {}))) == {"t": "failed"}


LIAR = """
class Liar:
    def __eq__(self, other):
        return True
    def __getattr__(self, name):
        return 3
    def __len__(self):
        return 3
    def __getitem__(self, key):
        return 1
Liar.__module__, Liar.__qualname__, Liar.__name__ = {module!r}, {name!r}, {name!r}
def f():
    return Liar()
"""


@pytest.mark.parametrize(
    ("module", "name", "test"),
    [
        ("numpy", "ndarray", "import numpy as np\nassert isinstance(f(), np.ndarray)"),
        ("numpy", "float64", "import numpy as np\nassert isinstance(f(), np.floating)"),
        ("builtins", "dict", "assert isinstance(f(), dict)"),
        ("builtins", "list", "assert isinstance(f(), list)"),
        ("collections", "OrderedDict", "import collections\nassert isinstance(f(), dict)"),
        ("__main__", "Trusted", "class Trusted:\n    pass\nassert isinstance(f(), Trusted)"),
    ],
)
def test_nothing_passes_for_data_by_its_name(grade, module, name, test):
    """Something that says yes to every question does not become an array, a dict or a class of the test's own."""
    release = small_release(answer("f", "def f():\n    return 1"), grade_cell("t", test, "f"))
    code = LIAR.format(module=module, name=name)
    assert outcomes(grade(release, handed_in(release, {"f": code}))) == {"t": "failed"}


def test_a_subclass_of_the_student_s_class_is_our_fault(grade):
    """Python would make a class of the judge's that calls the student's methods; that cannot be split."""
    code, test = "class A:\n    pass", "class B(A):\n    pass\nassert B()"
    release = small_release(answer("A", code), grade_cell("t", test, "A"))
    assert outcomes(grade(release, handed_in(release, {"A": code}))) == {"t": "error"}


def test_what_a_test_puts_in_the_place_of_input_is_gone_afterwards(grade):
    """The next test meets the student's own `input` again."""
    patched = "from unittest.mock import patch\nwith patch('builtins.input', return_value='4'):\n    assert f() == '4'"
    after = "try:\n    f()\nexcept EOFError:\n    pass\nelse:\n    raise AssertionError"
    code = "def f():\n    return input()"
    release = small_release(answer("f", code), grade_cell("a", patched, "f"), grade_cell("b", after, "f"))
    assert outcomes(grade(release, handed_in(release, {"f": code}))) == {"a": "passed", "b": "passed"}
