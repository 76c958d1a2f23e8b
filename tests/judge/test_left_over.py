"""What a test, or a class of the release, leaves behind in the judge: the next submission finds nothing of it."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import pytest
from releases_in_code import answer, given, grade_cell, handed_in, small_release

from autograder.grader import Grader
from autograder.judge import bounds, guard
from autograder.records import Limits, Submission

pytestmark = pytest.mark.slow  # a grader of its own for each case

KEY = "def f(x):\n    return x"
SAYS = "def f(x):\n    print({})\n    return x"

LEFT = {
    "a function that was replaced": (
        "import random\nassert random.randint(5, 100) > 4 and f(1) == 1",
        "import random\nrandom.randint = lambda a, b: 4\nassert f(random.randint(1, 2)) == 4",
    ),
    "a function that was replaced by its name": (
        "import random\nassert random.randint(5, 100) > 4 and f(1) == 1",
        "import random\nsetattr(random, 'randint', lambda a, b: 4)\nassert f(random.randint(1, 2)) == 4",
    ),
    "a function that is put back only where the test passes": (
        "import random\nassert random.randint(5, 100) > 4 and f(1) == 1",
        (
            "import pytest, random\nreplaced = pytest.MonkeyPatch()\nreplaced.setattr('random.randint', lambda a, b: 4)\n"
            "try:\n    assert f(random.randint(1, 2)) == 5\n    replaced.undo()\nexcept AssertionError:\n    pass"
        ),
    ),
    "a function that was replaced under a name of no import": (
        "import random\nassert random.randint(5, 100) > 4 and f(1) == 1",
        "from importlib import import_module as get\nget('random').randint = lambda a, b: 4\nimport random\nassert f(1) == 1",
    ),
    "a method that was replaced": (
        "import json\nassert json.dumps([1]) == '[1]' and f(1) == 1",
        "from json import JSONEncoder\nJSONEncoder.encode = lambda self, value: 'x'\nassert f(1) == 1",
    ),
    "a builtin that was replaced": (
        "assert divmod(7, 2) == (3, 1) and f(1) == 1",
        "__builtins__.divmod = lambda a, b: 4\nassert f(divmod(7, 2)) == 4",
    ),
    "what was taken from a module": (
        "import math\nassert math.tau > 6 and f(1) == 1",
        "import math\ndel math.tau\nassert f(4) == 4",
    ),
    "what decimal complains of": (
        "from decimal import Decimal\nassert Decimal(1) < 1.5 and f(1) == 1",
        "import decimal\ndecimal.getcontext().traps[decimal.FloatOperation] = True\nassert f(1) == 1",
    ),
    "how long a number may be written": (
        "import sys\nassert sys.get_int_max_str_digits() == 4300 and f(1) == 1",
        "import sys\nsys.set_int_max_str_digits(0)\nassert f(int('9' * 5000)) > 1",
    ),
    "a folder that is gone": (
        "'a.txt'\nassert f(1) == 1",
        "import os, tempfile\nwith tempfile.TemporaryDirectory() as folder:\n    os.chdir(folder)\nassert f(1) == 1",
    ),
}


@pytest.mark.parametrize("case", LEFT)
def test_a_test_leaves_nothing_behind(grade, case):
    """Each is told something else, so that each is tested."""
    first, second = LEFT[case]
    release = small_release(answer("f", KEY), grade_cell("t", first, "f"), grade_cell("u", second, "f"))
    assert [grade(release, handed_in(release, {"f": SAYS.format(n)})).score for n in range(3)] == [2.0] * 3


def test_typing_keeps_no_class_of_another_submission(grade):
    """It looks for what it was given before, which asked a box that had ended."""
    release = small_release(
        answer("f", "class f:\n    pass"),
        grade_cell("t", "from typing import Optional\nassert Optional[f] == Optional[f]", "f"),
    )
    for one in ("class f:\n    pass", "class f:\n    x = 1", "class f:\n    x = 2"):
        assert grade(release, handed_in(release, {"f": one})).score == 1.0


def test_a_slow_answer_does_not_make_the_same_one_wrong_for_others():
    """What a test finds is known for all who answer the same; that its time was up may look like something else."""
    right = "def f(x):\n    return x * x"
    slow = "import time\ndef f(x):\n    time.sleep(1.6)\n    return x * x"
    test = "import time\nok = f(3) == 9\ntry:\n    for _ in range(8):\n        time.sleep(0.1)\nexcept:\n    ok = False\nassert ok"
    release = small_release(answer("f", right), grade_cell("t", test, "f"), limits=Limits(submission_seconds=2))
    with Grader(release) as grader:
        for code, score in ((slow, 0.0), (right, 1.0)):
            given = handed_in(release, {"f": code})
            assert grader.grade_bytes(Submission("ada", Path("ada.ipynb")), given, "0").result.score == score


def test_a_number_opens_nothing_of_the_judge(grade):
    """A test that opens what it takes for a path closes it again; so went a pipe of the worker, and all who came later."""
    key = "def f(x):\n    with open('a.txt', 'w') as file:\n        file.write(str(x))\n    return 'a.txt'"
    test = "import os, tempfile\nwith open(f(3)) as file:\n    assert file.read() == '3'\nnumber, _ = tempfile.mkstemp()\nos.fdopen(number).close()"
    release = small_release(answer("f", key), grade_cell("t", test, "f"))
    assert grade(release, handed_in(release, {"f": key})).score == 1.0
    with Path(__file__).open() as opened:
        lie = f"def f(x):\n    return {opened.fileno()}"
        assert grade(release, handed_in(release, {"f": lie})).score == 0.0
        assert opened.read(3)


def test_a_file_of_the_test_does_not_fill_the_disk(grade, monkeypatch):
    """The student's code may write to one that it is given, and that is written here."""
    monkeypatch.setattr(bounds, "FILE_MB", 1)
    test = "with open('a.txt', 'wb') as file:\n    f(file)\nassert open('a.txt').read() == '3'"
    release = small_release(answer("f", "def f(file):\n    file.write(b'3')"), grade_cell("t", test, "f"))
    assert grade(release, handed_in(release, {"f": "def f(file):\n    file.write(b'3')"})).score == 1.0
    lie = "def f(file):\n    for _ in range(5):\n        file.write(b'3' * 10**6)"
    [exercise] = grade(release, handed_in(release, {"f": lie})).exercises
    assert "File too large" in exercise.checks[0].message
    before, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    assert before == resource.RLIM_INFINITY


def test_what_is_much_does_not_stay_until_the_collector_looks(grade):
    """It counts objects, and a stream of the test's may hold 2 GB of a student's."""
    test = "import io\nstream = io.BytesIO()\nf(stream)\nassert stream.getvalue() == b'3'"
    release = small_release(answer("f", "def f(s):\n    s.write(b'3')"), grade_cell("t", test, "f"))
    sizes = []
    for n in range(3):
        lie = f"def f(s):\n    for _ in range(7):\n        s.write(b'{n}' * 30_000_000)"
        assert grade(release, handed_in(release, {"f": lie})).score == 0.0
        sizes.append(bounds.addresses())
    assert sizes[-1] < sizes[0] + 150_000_000


GIVEN = {
    "a class that counts": (
        "class Node:\n    made = 0\n    def __init__(self):\n        Node.made += 1",
        "Node()\nassert f(Node.made) == 1",
    ),
    "a function that counts": (
        "made = 0\ndef number():\n    global made\n    made += 1\n    return made",
        "assert f(number()) == 1",
    ),
    "a function that collects": (
        "made = []\ndef note(x):\n    made.append(x)\n    return len(made)",
        "assert f(note(7)) == 1 and made == [7]",
    ),
}


@pytest.mark.parametrize("case", GIVEN)
def test_what_is_given_is_as_it_was(grade, case):
    """Also for the next submission, and for the first one after the answer key."""
    code, test = GIVEN[case]
    release = small_release(given("g", code), answer("f", KEY), grade_cell("t", test, "f"))
    assert [grade(release, handed_in(release, {"f": SAYS.format(n)})).score for n in range(2)] == [1.0] * 2


def test_a_test_with_an_alarm_of_its_own_ends_all_the_same(grade):
    """It takes away that by which the judge ends what a student's value makes endless."""
    release = small_release(
        answer("f", "def f():\n    return 8"),
        grade_cell("t", "import signal\nsignal.alarm(9)\nn = f()\nsignal.alarm(0)\nwhile n != 1:\n    n //= 2", "f"),
        limits=Limits(submission_seconds=3),
    )
    assert grade(release, handed_in(release, {"f": "def f():\n    return 8"})).score == 1.0
    [exercise] = grade(release, handed_in(release, {"f": "def f():\n    return 0"})).exercises
    assert exercise.checks[0].code == "time/submission"


def test_an_alarm_does_not_meet_what_puts_things_right(monkeypatch):
    """To let go of a long list takes longer than until the next ring, which came before anything else."""
    monkeypatch.setattr(bounds, "AGAIN", 0.001)
    endless = (
        "def numbers(n):\n    for i in range(n):\n        yield float(i)\n    while n > 2:\n        pass\n"
        "assert list(numbers(f(10**6)))"
    )
    release = small_release(
        answer("f", "def f(x):\n    return 2"), grade_cell("t", endless, "f"), limits=Limits(submission_seconds=1)
    )
    stdout = sys.stdout
    with Grader(release) as grader:
        for code, score in (("def f(x):\n    return x", 0.0), ("def f(x):\n    return 2", 1.0)):
            given = handed_in(release, {"f": code})
            found = grader.grade_bytes(Submission("ada", Path("ada.ipynb")), given, "0")
            assert (found.result.status, found.result.score) == ("graded", score)
            assert sys.stdout is stdout
            assert guard._guarded == {}


LATE = "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\nassert f(fib) == 2"


@pytest.mark.skipif(sys.platform != "linux", reason="only there a test's memory is limited")
def test_what_a_test_has_given_is_within_bounds_or_not_at_all():
    """A student's own cell called it when no test was running: for ever, and with the limit of memory left on."""
    import resource  # noqa: PLC0415 - not on every system

    key, keeps = "def f(g):\n    return g(3)", "def f(g):\n    global kept\n    kept = g\n    return g(3)"
    release = small_release(answer("f", key), grade_cell("t", LATE, "f"), limits=Limits(submission_seconds=3))
    limit = resource.getrlimit(resource.RLIMIT_AS)
    with Grader(release) as grader:
        begun = time.monotonic()
        late = handed_in(release, {"f": keeps}, ("kept(99)",))
        assert grader.grade_bytes(Submission("ada", Path("ada.ipynb")), late, "0").result.score == 1.0
        assert time.monotonic() - begun < 20
    assert resource.getrlimit(resource.RLIMIT_AS) == limit
