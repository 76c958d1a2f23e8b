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
        ("class More(Wrong):\n    pass", "derives from an exception class of the student's"),
        ("class Both(double, Mixin):\n    pass", "and from another one"),
        ("import doctest\nassert doctest.testmod().failed == 0", "which may be the student's"),
        ("eval(compile(text, '', 'eval'))", "compile makes code of a text"),
        ("assert pickle.loads(double(1)) == 2", "run beside the tests"),
        ("import runpy\nrunpy.run_path('a.py')", "which may be the student's"),
        ("subprocess.run(['ls'])", "starts a program"),
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
        "try:\n    double('x')\nexcept Wrong:\n    pass",
        "assert 'for' not in inspect.getsource(double)",
        "class More(double):\n    pass",
        "with mock.patch('builtins.print'):\n    double(1)",
        "assert 'double' in globals()",
        "with self.assertLogs():\n    double(1)",
        "os.environ['X'] = '1'",
        "assert dataclasses.asdict(double(1)) == {}",
    ],
)
def test_ordinary_tests_are_not_suspected(test):
    """Calls, values, exceptions and much else cross."""
    assert found(test) == []


def test_the_first_assignment_is_clean(release):
    """So is every test cell of ours, and the look is at test cells alone."""
    assert unsplittable(release) == ()
    dirty = replace(ANSWER, source="import inspect\nprint(inspect.getsource(double))")
    assert unsplittable(Release("doubling", "", (dirty,))) == ()
