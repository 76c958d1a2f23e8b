"""Test cells run in the judge, against stand-ins for what stays in the box."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest
from releases_in_code import answer, given, grade_cell, handed_in, small_release

from autograder.execute import Zygote
from autograder.grader import Grader
from autograder.records import Cell, Limits, Submission

SQUARES = "def squares(n):\n    if n < 1:\n        raise ValueError('n must be positive')\n    return [i * i for i in range(1, n + 1)]"


def outcomes(result):
    """Outcome of every check, by name."""
    return {check.name: check.outcome for exercise in result.exercises for check in exercise.checks}


def messages(result):
    """Message of every check, by name."""
    return {check.name: check.message for exercise in result.exercises for check in exercise.checks}


CASES = {
    "values": ("def f(x):\n    return {'a': [x, (1, 2.5)]}", "assert f(3) == {'a': [3, (1, 2.5)]}"),
    "arrays": (
        "import numpy as np\ndef f(x):\n    return np.arange(x)",
        "import numpy as np\nassert isinstance(f(3), np.ndarray)\nassert f(3).shape == (3,)\nnp.testing.assert_array_equal(f(3), [0, 1, 2])",
    ),
    "variables": ("f = 41", "assert f + 1 == 42"),
    "exceptions by type": (
        "def f(x):\n    raise ValueError('no')",
        "try:\n    f(1)\nexcept ValueError as error:\n    assert 'no' in str(error)\nelse:\n    raise AssertionError",
    ),
    "own exceptions by their builtin base": (
        "class Odd(KeyError):\n    pass\ndef f(x):\n    raise Odd(x)",
        "import pytest\nwith pytest.raises(KeyError):\n    f(1)",
    ),
    "instances": (
        "class f:\n    def __init__(self, x):\n        self.x = x\n    def double(self):\n        return 2 * self.x",
        "thing = f(4)\nassert thing.x == 4 and thing.double() == 8\nthing.x = 5\nassert thing.double() == 10\nassert isinstance(thing, f)",
    ),
    "operators": (
        (
            "class f:\n    def __init__(self, x):\n        self.x = x\n    def __add__(self, other):\n        return self.x + other.x\n"
            "    def __eq__(self, other):\n        return self.x == other.x\n    def __len__(self):\n        return 7\n    def __getitem__(self, i):\n        return i * self.x"
        ),
        "assert f(1) + f(2) == 3\nassert f(1) == f(1)\nassert len(f(1)) == 7\nassert f(3)[2] == 6",
    ),
    "arguments changed in place": (
        "def f(x):\n    x.append(9)\n    x.sort()",
        "given = [5, 1]\nf(given)\nassert given == [1, 5, 9]",
    ),
    "arrays changed in place": (
        "def f(x):\n    x[0] = 7",
        "import numpy as np\ngiven = np.zeros(2)\nf(given)\nassert given[0] == 7",
    ),
    "callables passed in": ("def f(g):\n    return g(2) + g(3)", "assert f(lambda n: n * 10) == 50"),
    "functions passed back": (
        "def f(x):\n    return x + 1\ndef twice(g, x):\n    return g(g(x))",
        "assert twice(f, 1) == 3",
    ),
    "printed text": (
        "def f(x):\n    print('hello', x)",
        "import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()) as out:\n    f(3)\nassert out.getvalue() == 'hello 3\\n'",
    ),
    "the judge's random state": (
        "import numpy as np\ndef f():\n    return np.random.rand()",
        "import numpy as np\nnp.random.seed(5)\nfirst = f()\nnp.random.seed(5)\nassert f() == first == np.random.RandomState(5).rand()",
    ),
    "iteration": ("def f(n):\n    return (i for i in range(n))", "assert list(f(4)) == [0, 1, 2, 3]"),
    "keyword arguments": ("def f(a, *, b=2):\n    return a - b", "assert f(a=5, b=1) == 4"),
    "names of earlier test cells": ("def f(x):\n    return x", "expected = 3\nassert f(3) == expected"),
    "functions defined by the test": (
        "def f(x):\n    return x * 2",
        "def check(n):\n    assert f(n) == 2 * n\ncheck(4)",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_promised_crosses(grade, case):
    """Standard test cells need no change: each of these means in the judge what it means in one process."""
    code, test = CASES[case]
    release = small_release(answer("f"), answer("twice"), grade_cell("t", test, "f"))
    result = grade(release, handed_in(release, {"f": code, "twice": "pass"}))
    assert outcomes(result) == {"t": "passed"}, messages(result)


@pytest.mark.parametrize("case", ["values", "arrays", "variables", "instances", "iteration", "keyword arguments"])
def test_a_wrong_answer_fails_the_same_tests(grade, case):
    """None of these tests can pass without the right answer."""
    test = CASES[case][1]
    release = small_release(answer("f"), answer("twice"), grade_cell("t", test, "f"))
    assert outcomes(grade(release, handed_in(release, {"f": "def f(*a, **k):\n    return None"}))) == {"t": "failed"}


def test_a_test_may_delete_and_set_a_name_of_the_student(grade):
    """nbgrader's own example: one function must rely on another."""
    test = (
        "original = squares\ndel squares\ntry:\n    total(1)\nexcept NameError:\n    pass\nelse:\n"
        "    raise AssertionError('total does not use squares')\nfinally:\n    squares = original\nassert total(3) == 14"
    )
    release = small_release(
        answer("squares", "def squares(n): pass"), answer("total", "def total(n): pass"), grade_cell("t", test, "total")
    )
    uses = handed_in(release, {"squares": SQUARES, "total": "def total(n):\n    return sum(squares(n))"})
    alone = handed_in(
        release, {"squares": SQUARES, "total": "def total(n):\n    return sum(i * i for i in range(n + 1))"}
    )
    assert outcomes(grade(release, uses)) == {"t": "passed"}
    assert outcomes(grade(release, alone)) == {"t": "failed"}


def test_an_expected_value_never_crosses_to_the_box(grade):
    """A student who guesses the name of a test's variable finds nothing under it."""
    test = "expected = 1234\nassert f() == expected"
    release = small_release(answer("f"), grade_cell("t", test, "f", hidden=True))
    thief = "expected = None\ndef f():\n    return expected"
    assert outcomes(grade(release, handed_in(release, {"f": thief}))) == {"t": "failed"}


def test_trusted_names_are_not_the_students(grade):
    """A student who rebinds what the release imports changes nothing in the judge."""
    release = small_release(
        given("imports", "import math"), answer("f"), grade_cell("t", "assert math.isclose(f(), 2.0)", "f")
    )
    cheat = "math.isclose = lambda *a: True\nclass math:\n    isclose = lambda *a: True\nisinstance = assert_ = None\ndef f():\n    return 3.0"
    assert outcomes(grade(release, handed_in(release, {"f": cheat}))) == {"t": "failed"}


def test_each_test_cell_meets_a_fresh_copy_of_the_state(grade):
    """What one test's calls leave behind costs no other test a point."""
    count = "calls = 0\ndef f():\n    global calls\n    calls += 1\n    return calls"
    release = small_release(
        answer("f"), grade_cell("a", "assert f() == 1", "f"), grade_cell("b", "assert f() == 1", "f")
    )
    assert outcomes(grade(release, handed_in(release, {"f": count}))) == {"a": "passed", "b": "passed"}


def test_a_test_that_fails_at_its_place_may_pass_on_the_finished_notebook(grade):
    """A student who wrote the answer below the test loses nothing, and reads why."""
    release = small_release(answer("f"), grade_cell("t", "assert f() == 1", "f"))
    result = grade(release, handed_in(release, {"f": "pass"}, ("def f():\n    return 1",)))
    assert outcomes(result) == {"t": "passed"}
    assert [notice.code for notice in result.notices] == ["passed-at-end"]


def test_what_cannot_be_sent_is_our_fault_and_never_a_zero(grade):
    """A test that passes something strange to the student's code is `error`, and the submission is held."""
    release = small_release(answer("f"), grade_cell("t", "import threading\nf(threading.Lock())", "f"))
    result = grade(release, handed_in(release, {"f": "def f(x):\n    return 1"}))
    assert outcomes(result) == {"t": "error"}
    assert result.status == "held"
    assert result.score is None
    assert "cannot be split" in messages(result)["t"]


class Killed:
    """A warm process that is killed from outside, while the first boxes that it makes are at work."""

    def __init__(self, zygote, times):
        self._zygote, self._left = zygote, times

    def box(self, *sources, **options):
        """A box."""
        box = self._zygote.box(*sources, **options)
        if self._left:
            self._left -= 1
            threading.Timer(0.5, os.kill, (self._zygote._process.pid, signal.SIGKILL)).start()
        return box


@pytest.mark.slow
@pytest.mark.parametrize(
    ("level", "where", "times", "outcome", "status"),
    [
        ("A", "in a cell", 1, "passed", "graded"),
        ("B", "in a test", 1, "passed", "graded"),
        ("A", "in a test", 2, "error", "held"),
        ("B", "in a cell", 2, "error", "held"),
    ],
)
def test_who_loses_the_warm_process_is_tried_again_and_then_held(level, where, times, outcome, status):
    """The system may end it, where memory is short: that is no doing of the student whose cell runs just then."""
    code = "def f():\n    return 1\n" if where == "in a cell" else "def f():\n    time.sleep(2)\n    return 1\n"
    release = small_release(answer("f"), grade_cell("t", "assert f() == 1", "f"))
    data = handed_in(release, {"f": f"import time\n{code}{'time.sleep(2)' if where == 'in a cell' else ''}"})
    with Zygote(level=level) as zygote, Grader(release, zygote=Killed(zygote, times)) as grader:
        result = grader.grade_bytes(Submission("ada", Path("ada.ipynb")), data, "0").result
    assert (outcomes(result), result.status) == ({"t": outcome}, status)


def test_partial_credit_of_nbgrader_counts(grade):
    """The last value of a test cell is its points."""
    release = small_release(answer("f"), grade_cell("t", "points = f()\npoints", "f", points=4.0))
    assert grade(release, handed_in(release, {"f": "def f():\n    return 2.5"})).score == 2.5


@pytest.mark.slow
def test_an_endless_value_does_not_hang_the_judge(grade):
    """What a student returns cannot make a test run for ever."""
    limits = Limits(submission_seconds=3.0)
    release = small_release(answer("f"), grade_cell("t", "for _ in f():\n    pass", "f"), limits=limits)
    assert outcomes(grade(release, handed_in(release, {"f": "def f():\n    return range(10**15)"}))) == {"t": "failed"}


def test_a_hidden_test_shows_neither_its_text_nor_its_values(grade):
    """The message of a hidden test names the kind of failure only."""
    release = small_release(answer("f"), grade_cell("t", "assert f(17) == 4711, 'secret 4711'", "f", hidden=True))
    message = messages(grade(release, handed_in(release, {"f": "def f(x):\n    return 0"})))["t"]
    assert "4711" not in message
    assert "17" not in message


def test_an_error_that_a_skipped_demonstration_explains_is_not_reported(grade):
    """A cell that reads what a training would have bound is no fault of the student's; another error is."""
    training = Cell("train", "demonstration", "trained = 1", "trained = 1")
    release = small_release(answer("f"), grade_cell("t", "assert f() == 1", "f"), training)
    right = {"f": "def f():\n    return 1"}
    fine = grade(release, handed_in(release, right, ("print(trained)",)))
    assert (fine.score, fine.notices) == (1.0, ())
    broken = grade(release, handed_in(release, right, ("1 / 0",)))
    assert (broken.score, [notice.code for notice in broken.notices]) == (1.0, ["cell-error"])


def test_the_same_object_returned_twice_is_the_same_object(grade):
    """A function that gives out one dictionary for all calls can be told from one that makes it anew."""
    test = "first, second = f(1), f(2)\nassert first is not second\nassert first == {'n': 1}"
    release = small_release(answer("f"), grade_cell("t", test, "f"))
    shared = "kept = {}\ndef f(n):\n    kept['n'] = n\n    return kept"
    anew = "def f(n):\n    return {'n': n}"
    assert outcomes(grade(release, handed_in(release, {"f": shared}))) == {"t": "failed"}
    assert outcomes(grade(release, handed_in(release, {"f": anew}))) == {"t": "passed"}


LOOPS_AT = "def f(n):\n    while n == {}:\n        pass\n    return n"


@pytest.mark.parametrize("endless", [1, 2, 3])
@pytest.mark.slow
def test_a_call_without_end_costs_the_test_that_makes_it_alone(grade, endless):
    """The exercise's other tests are asked, in the run after the one that was cut short."""
    tests = [grade_cell(f"t{n}", f"assert f({n}) == {n}", "f", hidden=n > 1) for n in (1, 2, 3)]
    release = small_release(answer("f"), *tests, limits=Limits(call_seconds=1.0, cell_seconds=1.0))
    result = grade(release, handed_in(release, {"f": LOOPS_AT.format(endless)}))
    assert outcomes(result) == {f"t{n}": "failed" if n == endless else "passed" for n in (1, 2, 3)}
    assert messages(result)[f"t{endless}"]


@pytest.mark.slow
def test_an_exercise_written_anew_is_asked_again(grade):
    """A loop in the first version, mended in a cell further down, costs nothing."""
    tests = [grade_cell(f"t{n}", f"assert f({n}) == {n}", "f") for n in (1, 2)]
    release = small_release(answer("f"), *tests, limits=Limits(call_seconds=1.0, cell_seconds=1.0))
    data = handed_in(release, {"f": "def f(n):\n    while True:\n        pass"}, ("def f(n):\n    return n",))
    assert outcomes(grade(release, data)) == {"t1": "passed", "t2": "passed"}
