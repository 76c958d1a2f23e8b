"""Attacks on test cells as other courses write them: plain asserts, partial credit, values looked at in every way."""

from __future__ import annotations

import pytest
from releases_in_code import answer, grade_cell, handed_in, small_release

from autograder.records import Cell, Check

pytestmark = pytest.mark.slow  # many live boxes

LIAR = """
class Liar:
    results = [{"name": "a", "passed": True, "code": "", "message": ""}, {"name": "b", "passed": True, "code": "", "message": ""}]
    def __getattribute__(self, name):
        if name == "boom" or name.startswith("_repr_"):
            raise ValueError(name)
        return object.__getattribute__(self, name)
    def __str__(self):
        raise ValueError("no text")
    __repr__ = __str__
"""

CASES = {
    "points that are not a number": ("def f():\n    return float('nan')", "f()", 0.0),
    "points below zero": ("def f():\n    return -5", "f()", 0.0),
    "points as a whole number of NumPy's": ("import numpy as np\ndef f():\n    return np.int64(1)", "f()", 1.0),
    "an object in the place of points": (LIAR + "def f():\n    return Liar()", "assert f() == 3", 0.0),
    "an exception with results": (
        "class Marked(Exception):\n    results = []\ndef f():\n    error = Marked('x')\n    error.results = [1]\n    raise error",
        "f()",
        0.0,
    ),
    "an object that refuses to be shown": (LIAR + "def f():\n    return Liar()", "assert f() is None, f()", 0.0),
    "a group of exceptions": ("def f():\n    raise ExceptionGroup('many', [ValueError()])", "f()", 0.0),
    "an end without parts": ("def f():\n    raise UnicodeDecodeError.__new__(UnicodeDecodeError)", "f()", 0.0),
    "a list that cannot be looked at": (
        "x = []\nx.append(x)\ndef f():\n    return {'a': x}",
        "assert list(f()) == [1]",
        0.0,
    ),
    "an endless list": (
        "x = []\nx.append(x)\ndef f():\n    return [x]",
        "for item in f():\n    for one in item:\n        for two in one:\n            assert two == 3",
        0.0,
    ),
    "a truth that is none": (
        "class T:\n    def __bool__(self):\n        return self\ndef f():\n    return T()",
        "assert f()",
        0.0,
    ),
    "a range without end": ("def f():\n    return range(10**15)", "assert list(f()) == [1]", 0.0),
    "a float equal to everything": (
        "class A(float):\n    def __eq__(self, o):\n        return True\ndef f():\n    return A(1)",
        "assert f() == 9",
        0.0,
    ),
    "a text equal to everything": (
        "class A(str):\n    def __eq__(self, o):\n        return True\ndef f():\n    return A('x')",
        "assert f() == 'y'",
        0.0,
    ),
    "a list equal to everything": (
        "class A(list):\n    def __eq__(self, o):\n        return True\ndef f():\n    return A()",
        "assert f() == [1]",
        0.0,
    ),
    "an array close to everything": (
        (
            "import numpy as np\nclass A(np.ndarray):\n    def __array_function__(self, *a):\n        return True\n    def __array_ufunc__(self, *a, **k):\n        return np.True_\n"
            "def f():\n    return np.zeros(3).view(A)"
        ),
        "import numpy as np\nassert np.allclose(f(), [1, 2, 3])",
        0.0,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_plain_test_cell_is_not_fooled(grade, case):
    """The points are those that the returned data earns; nothing is held, nothing raises."""
    code, test, points = CASES[case]
    release = small_release(answer("f"), grade_cell("t", test, "f", points=2.0))
    result = grade(release, handed_in(release, {"f": code}))
    assert (result.status, result.score) == ("graded", points), result


def test_checks_that_an_object_claims_do_not_count(grade):
    """Only what the author's test reports decides a declared check."""
    checks = (Check("a", "a", 1.0), Check("b", "b", 1.0))
    cell = Cell("t", "test", "assert f(1) == 9\nf(2)", "", 2.0, "f", checks)
    release = small_release(answer("f"), cell)
    result = grade(release, handed_in(release, {"f": LIAR + "def f(x):\n    return Liar()"}))
    assert (result.status, result.score) == ("graded", 0.0)


@pytest.mark.parametrize("kind", ["NameError", "AssertionError", "ValueError", "TypeError"])
def test_an_error_of_the_students_does_not_carry_what_a_hidden_test_asked(grade, kind):
    """Its kind and its line are told, its text is not."""
    release = small_release(answer("f"), grade_cell("t", "assert f(731955) == 1", "f", hidden=True))
    result = grade(release, handed_in(release, {"f": f"def f(x):\n    raise {kind}(f'asked {{x}}')"}))
    assert "731955" not in repr(result)
    assert kind in result.exercises[0].checks[0].message


def test_a_later_cell_does_not_tell_what_a_hidden_test_asked(grade):
    """Not by an exception, not by what it prints, not in the reason why another exercise has no answer."""
    hidden = grade_cell("t", "f(731955)", "f", hidden=True)
    release = small_release(answer("f"), hidden, answer("g"), grade_cell("u", "assert g(1) == 1", "g"))
    spy = {"f": "seen = []\ndef f(x):\n    seen.append(x)", "g": "def g(x):\n    raise ValueError(f'{seen}')"}
    result = grade(release, handed_in(release, spy, ("print(seen)", "raise ValueError(seen)")))
    assert result.score == 1.0
    assert "731955" not in repr(result)
