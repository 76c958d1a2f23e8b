"""A test is run only where a box tells it something new; nobody can tell from a result whether it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from releases_in_code import answer, given, grade_cell, handed_in, small_release

from autograder import judge as judging
from autograder.execute import Zygote
from autograder.execute.inside import frames
from autograder.execute.observations import content, with_nonce
from autograder.grader import Grader
from autograder.observed import Folder
from autograder.recall import Recall
from autograder.records import Limits, Submission
from tests.program.behaviour import BEHAVIOUR, FAILS, TIGHT, same

ADA = Submission("ada", Path("ada.ipynb"))
SLOW = {"a loop in a cell", "leaves a little later", "fills the memory", "babbles", "crashes", "leaves in a cell"}
NEVER_TWICE_THE_SAME = {"draws at random", "draws from NumPy", "tells the time"}


@pytest.fixture
def grader(zygotes):
    """A new grader, with a warm process that others have used."""

    def of(release, record=False):
        key = (release.files, release.limits, None)
        if key not in zygotes:
            zygotes[key] = Zygote(*key).__enter__()
        return Grader(release, zygote=zygotes[key], record=record)

    return of


@pytest.fixture
def runs(monkeypatch):
    """The test cells that are really run, as they are."""
    names = []
    run = judging.run_test

    def noted(cell, box, setting):
        names.append(cell.id)
        return run(cell, box, setting)

    monkeypatch.setattr(judging, "run_test", noted)
    return names


@pytest.mark.parametrize("case", [case for case in BEHAVIOUR if case not in SLOW])
def test_a_grader_that_has_seen_others_finds_the_same(grader, case):
    """Whatever a box answers, and wherever it leaves the way of one before: nothing is lost, and nothing is lent."""
    source, test = BEHAVIOUR[case]
    release = small_release(
        answer("f"), grade_cell("public", test, "f"), grade_cell("hidden", test, "f", hidden=True), limits=TIGHT
    )
    data = handed_in(release, {"f": source}, ("print('the end')",))
    with grader(release) as fresh:
        expected = fresh.grade_bytes(ADA, data, "7")
    with grader(release) as used:
        for other in ("def f(x):\n    return 2 * x", "def f(x):\n    return 4", "def f(x):\n    return [2 * x]"):
            used.grade_bytes(ADA, handed_in(release, {"f": other}), "7")
        found = used.grade_bytes(ADA, data, "7"), used.grade_bytes(ADA, data, "7")
    if case in NEVER_TWICE_THE_SAME:
        assert {one.result.score for one in found} == {expected.result.score}
    else:
        assert all(same(one, expected) for one in found)


def test_what_is_told_again_is_not_run_again(grader, runs):
    """Of two right answers, and of two that are wrong alike, only the first is put to the test."""
    release = small_release(answer("f"), grade_cell("t", FAILS, "f", hidden=True))
    right, too = "def f(x):\n    return 2 * x if x == 2 else 7", "f = lambda n: n + [2, 4][n - 2]"
    wrong, so = "def f(x):\n    return 2 * x", "def f(n):\n    return n + n"
    with grader(release) as used:
        scores = [
            used.grade_bytes(ADA, handed_in(release, {"f": one}), "7").result.score for one in (right, wrong, too, so)
        ]
    assert scores == [1, 0, 1, 0]
    assert len(runs) == 2  # not even the second tries of what is wrong, on copies of its box


def test_an_answer_that_is_new_halfway_is_asked_for_once(grader, runs):
    """What was put to the box before the answer was new is not put again: a function that counts its calls tells."""
    test = "assert [f(1), f(1), f(1)] == [1, 2, 4]"
    release = small_release(answer("f"), grade_cell("t", test, "f", hidden=True))
    counting = "n = 0\ndef f(x):\n    global n\n    n += 1\n    return n if n < 3 else {}"
    with grader(release) as used:
        scores = [
            used.grade_bytes(ADA, handed_in(release, {"f": counting.format(last)}), "7").result.score
            for last in (3, 4, 5)
        ]
    assert scores == [0, 1, 0]
    assert len(runs) == 3


def test_what_is_known_is_also_kept_for_regrading(grader, tmp_path):
    """Nothing is missing of what the box said, though the test was not run."""
    release = small_release(answer("f"), grade_cell("t", FAILS, "f", hidden=True))
    first, second = (handed_in(release, {"f": f"def f(x):\n    return {one}"}) for one in ("2 * x", "x + x"))
    with grader(release, record=True) as used:
        used.grade_bytes(ADA, first, "7")
        live = used.grade_bytes(ADA, second, "7")
    Folder(tmp_path, release).keep(live.observed)
    with Recall(release, tmp_path) as recall:
        assert same(recall.grade_bytes(ADA, second, "7"), live)


def test_a_test_that_asks_otherwise_each_time_is_found_out(grader):
    """One that is no function of the answers costs nobody a point."""
    test = "import time\nn = time.perf_counter_ns()\nassert f(n) == n"
    release = small_release(answer("f"), grade_cell("t", test, "f", hidden=True))
    with grader(release) as used:
        results = [
            used.grade_bytes(ADA, handed_in(release, {"f": f"def f(x):\n    return {one}"}), "7").result
            for one in ("x", "float(x)", "complex(x)", "x")
        ]
    assert [(result.status, result.score) for result in results] == [("graded", 1)] * 4


def test_a_test_that_asks_less_than_before_is_found_out(grader, tmp_path):
    """What it was known to ask and did not, the box was asked for nothing: it is done again, from the beginning."""
    mark = tmp_path / "met"
    test = f"import pathlib\nmark = pathlib.Path({str(mark)!r})\nassert f(1) == 1\nmark.exists() or f(2)\nmark.touch()"
    release = small_release(
        answer("f"), grade_cell("t", test, "f", hidden=True), grade_cell("u", "assert f(3) < 3", "f", hidden=True)
    )
    counting = "calls = []\ndef f(x):\n    calls.append(x)\n    return 1 if len(calls) < 2 else len(calls) / {}"
    with grader(release) as used:
        results = [
            used.grade_bytes(ADA, handed_in(release, {"f": counting.format(by)}), "7").result for by in (2, 3, 4)
        ]
    assert [(result.status, result.score) for result in results] == [("graded", 2)] * 3


@pytest.mark.parametrize(
    "size", [0, 0x222C22], ids=["no arrays", "arrays whose size is written like a part of the text"]
)
def test_a_question_is_put_again_as_it_was(size):
    """Only its random number is another one."""
    first, second = (frames.pack("ask", nonce * 16, ["run", ['a "," b']], [bytes(size)]) for nonce in ("1a", "2b"))
    assert with_nonce(content(first, "1a" * 16), "2b" * 16) == second


@pytest.mark.parametrize("caught", ["except:", "except BaseException:"])
def test_a_test_that_asks_otherwise_and_swallows_everything_is_found_out(grader, caught):
    """It must not take it for a wrong answer that it is found out."""
    test = f"import time\nn = time.perf_counter_ns()\ntry:\n    right = f(n) == n\n{caught}\n    right = False\nassert right"
    release = small_release(answer("f"), grade_cell("t", test, "f", hidden=True))
    with grader(release) as used:
        results = [
            used.grade_bytes(ADA, handed_in(release, {"f": f"def f(x):\n    return {one}"}), "7").result
            for one in ("x", "float(x)", "complex(x)")
        ]
    assert [(result.status, result.score) for result in results] == [("graded", 1)] * 3


def test_several_tests_that_ask_otherwise_are_found_out(grader):
    """Each of them once, in whichever submission: nobody's is held."""
    test = "import numpy as np\nx = np.random.default_rng().normal(size=3)\nassert np.allclose(f(x), x)"
    cells = [grade_cell(name, test, "f", hidden=True) for name in "tuv"]
    release = small_release(answer("f"), *cells)
    with grader(release) as used:
        results = [
            used.grade_bytes(ADA, handed_in(release, {"f": f"def f(x):\n    return {one}"}), "7").result
            for one in ("x", "x + 1e-12", "2 * x", "list(x)")
        ]
    assert [(result.status, result.score) for result in results] == [
        ("graded", 3),
        ("graded", 3),
        ("graded", 0),
        ("graded", 3),
    ]


LOOPS = """
from sys import modules
Channel = next(module for name, module in modules.items() if name.endswith("inside.channel")).Channel
real, ours, theirs = Channel.send, {!r}, {!r}
def send(self, kind, nonce, payload, buffers):
    real(self, kind, nonce, eval(repr(payload).replace(repr(ours), repr(theirs))), buffers)
Channel.send = send
"""


def test_a_text_that_somebody_else_has_handed_in_is_not_believed(grader):
    """Where a function of the release looks at the text of an answer, the box says which it is, and may lie."""
    looks = given("looks", "import inspect\ndef loops(g):\n    return 'for' in inspect.getsource(g)")
    release = small_release(looks, answer("f"), grade_cell("t", "assert f(2) == 4 and not loops(f)", "f", hidden=True))
    right = "def f(x):\n    return 2 * x\n"
    wrong = "def f(x):\n    for _ in range(1):\n        return 2 * x\n"
    with grader(release) as used:
        scores = [
            used.grade_bytes(ADA, handed_in(release, {"f": one}), "7").result.score
            for one in (right, wrong + LOOPS.format(wrong, right), right)
        ]
    assert scores == [1, 0, 1]


def test_the_time_that_somebody_else_had_left_decides_nothing(grader):
    """Also where the test swallows that its time is over, and takes it for a wrong answer."""
    test = (
        "import time\nx, begun = f(2), time.perf_counter()\ntry:\n"
        "    while time.perf_counter() < begun + 1: pass\n    right = x == 4\nexcept:\n    right = False\nassert right"
    )
    limits = Limits(cell_seconds=4, call_seconds=1, submission_seconds=4)
    release = small_release(answer("f"), grade_cell("t", test, "f", hidden=True), limits=limits)
    slow, quick = "import time\ntime.sleep(3.4)\ndef f(x):\n    return 4", "def f(x):\n    return 4"
    with grader(release) as used:
        scores = [used.grade_bytes(ADA, handed_in(release, {"f": one}), "7").result.score for one in (slow, quick)]
    assert scores == [0, 1]


LEAVES = {
    "a function replaced": (
        "import random\nreal = random.randint\nrandom.randint = lambda a, b: 4\nassert f() == 4\nrandom.randint = real",
        "import random\nrandom.seed(1)\nexpected = random.randint(1, 6)\nrandom.seed(1)\nassert f() == expected",
    ),
    "a function of a part of a library replaced": (
        "import numpy as np\nreal = np.random.rand\nnp.random.rand = lambda: 4\nassert f() < 7\nnp.random.rand = real",
        "import numpy as np\nassert 1 <= f() <= 6 and np.random.rand() < 1",
    ),
    "a folder that is gone": (
        "import os, tempfile\nwith tempfile.TemporaryDirectory() as place:\n    os.chdir(place)\n    f()\n    os.chdir('/')",
        "import os\nassert os.getcwd() and f() in range(1, 7)",
    ),
    "NumPy's errors, by a function of the release": (
        "assert f() and np.geterr()['over'] == 'warn'",
        "strict()\nassert f() in range(1, 7)",
    ),
}
SETS = "import numpy as np\ndef strict():\n    np.seterr(all='raise')"


@pytest.mark.parametrize("case", LEAVES)
def test_what_a_test_leaves_behind_where_it_fails_costs_others_nothing(grader, case):
    """It fails before it puts back what it has changed of the judge; the next submission is somebody else's."""
    cells = [grade_cell(name, test, "f", hidden=True) for name, test in zip("tu", LEAVES[case], strict=True)]
    release = small_release(given("sets", SETS), answer("f"), *cells)
    wrong, right = "def f():\n    return 7 / 0", "import random\ndef f():\n    return random.randint(1, 6)"
    with grader(release) as used:
        scores = [used.grade_bytes(ADA, handed_in(release, {"f": one}), "7").result.score for one in (wrong, right)]
    assert scores == [0, 2]


def test_what_is_known_takes_no_more_memory_than_it_may(grader):
    """A test that hands on what it is told has questions as long as an answer may be."""
    release = small_release(answer("g"), grade_cell("t", "for n in range(3):\n    len(g(g(n)))", "g", hidden=True))
    with grader(release) as used:
        for one in range(9):
            source = f"def g(x):\n    return bytes([{one}, x] * 500_000) if type(x) is int else b''"
            assert used.grade_bytes(ADA, handed_in(release, {"g": source}), "7").result.score == 1
        kept = [question for tree in used._known._known.values() for question in tree._questions]
    assert sum(len(question.content) for question in kept) < 10_000_000


WHOLE = "import functools\n@functools.cache\ndef is_whole(n, found):\n    return type(found) is int and found == n"


@pytest.mark.parametrize("imported", [False, True], ids=["a given cell", "a module of the release"])
def test_what_a_function_of_the_release_remembers_of_one_is_not_said_of_another(grader, imported):
    """A cache takes 4.0 for 4."""
    cell = given("whole", "import whole" if imported else WHOLE)
    test = "assert is_whole(4, f(2))"
    test = f"from whole import is_whole\n{test}" if imported else test
    files = (("whole.py", WHOLE.encode()),) if imported else ()
    release = small_release(cell, answer("f"), grade_cell("t", test, "f", hidden=True), files=files)
    with grader(release) as used:
        scores = [
            used.grade_bytes(ADA, handed_in(release, {"f": f"def f(x):\n    return {one}"}), "7").result.score
            for one in ("2.0 * x", "2 * x")
        ]
    assert scores == [0, 1]
