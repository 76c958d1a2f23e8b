"""Test cells that cannot be run in the judge are found by reading them."""

from dataclasses import replace

import pytest

from autograder.audit.unsplittable import unsplittable
from autograder.records import Cell, Release

ANSWER = Cell("double", "answer", "class Wrong(Exception):\n    pass\n\ndef double(x):\n    return 2 * x\n", "")


def found(test):
    """The reasons, by line, for one test cell."""
    cell = Cell("test_double", "test", test, test, 1.0, "double")
    return [(one.line, one.reason) for one in unsplittable(Release("doubling", "", (ANSWER, cell)))]


@pytest.mark.parametrize(
    ("test", "part"),
    [
        ("assert 'for' not in inspect.getsource(double)", "inspect.getsource reads the source"),
        ("assert double.__code__.co_argcount == 1", "__code__ looks inside a function"),
        ("class More(Wrong):\n    pass", "derives from a class of the student's"),
        ("try:\n    double('x')\nexcept Wrong:\n    pass", "exception class of the student's"),
        ("with double(1) as x:\n    pass", "enters a context of the student's"),
        ("assert 'double' in globals()", "globals() is the judge's"),
        ("with mock.patch('builtins.print'):\n    double(1)", "replaces something in the judge"),
    ],
)
def test_found(test, part):
    """Each with its line and a reason that an author understands."""
    ((line, reason),) = found(test)
    assert part in reason
    assert 1 <= line <= 3


@pytest.mark.parametrize(
    "test",
    [
        "assert double(2) == 4",
        "import inspect\nassert inspect.isfunction(len)",
        "for x in range(3):\n    assert double(x) == 2 * x",
        "with np.errstate(all='raise'):\n    double(1)",
        "try:\n    double()\nexcept TypeError:\n    pass",
    ],
)
def test_ordinary_tests_are_not_suspected(test):
    """Calls, values and builtin exceptions cross."""
    assert found(test) == []


def test_the_first_assignment_is_clean(release):
    """So is every test cell of ours, and the look is at test cells alone."""
    assert unsplittable(release) == ()
    dirty = replace(ANSWER, source="import inspect\nprint(inspect.getsource(double))")
    assert unsplittable(Release("doubling", "", (dirty,))) == ()
