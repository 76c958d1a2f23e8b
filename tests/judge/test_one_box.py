"""What is in doubt is settled in one box, and nothing that is shown was said after a hidden test was met."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from releases_in_code import answer, given, grade_cell, handed_in, small_release

from autograder.execute import Zygote, probe
from autograder.grader import Grader
from autograder.records import Limits, Submission

LIMITS = Limits(memory_mb=700)
DATA = replace(given("data", "open('data.txt', 'w').write('1')"), kind="demonstration")
READS = "def f(x):\n    return x + int(open('data.txt').read())"
"""An answer that needs what a demonstration writes, so that it fails in the first run, which leaves that out."""


class Counting:
    """Boxes of a warm process, counted."""

    def __init__(self, zygote):
        self._zygote = zygote
        self.count = 0

    def box(self, *sources, **options):
        """One more."""
        self.count += 1
        return self._zygote.box(*sources, **options)


@pytest.fixture(scope="module", params=["A", "B"])
def zygote(request):
    """A warm process of each level."""
    available = {found.level: found for found in probe()}[request.param]
    if not available.available:
        pytest.skip(available.reason)
    with Zygote(level=request.param, limits=LIMITS) as running:
        yield running


@pytest.fixture
def graded(zygote):
    """A function that grades a submission; it gives what came of it, and how many boxes that took."""

    def of(release, data):
        boxes = Counting(zygote)
        with Grader(release, zygote=boxes) as grader:
            found = grader.grade_bytes(Submission("ada", Path("ada.ipynb")), data, "0")
        return found, boxes.count

    return of


def failed(graded):
    """The checks that failed."""
    return [check.name for one in graded.result.exercises for check in one.checks if check.outcome == "failed"]


def test_two_boxes_settle_a_wrong_answer(graded):
    """One that runs the notebook as it is, and one for public and hidden tests together."""
    public, hidden = grade_cell("p", "assert f(1) == 2", "f"), grade_cell("h", "assert f(5) == 6", "f", hidden=True)
    release = small_release(answer("f"), public, hidden, answer("g"))
    found, boxes = graded(release, handed_in(release, {"f": "def f(x):\n    return x", "g": "print('hello')"}))
    assert (failed(found), boxes) == (["p", "h"], 2)


TELLS = (
    "asked = []\n"
    "def note(x):\n"
    "    asked.append(x)\n"
    "    with open('asked.txt', 'a') as file:\n"
    "        file.write(f' {x}')\n"
    "def f(x):\n"
    "    note(x)\n"
    "    return 0\n"
    "def g(x):\n"
    "    raise ValueError(say())\n"
    "def say():\n"
    "    return f'{asked} {open(\"asked.txt\").read()}'"
)


def test_what_is_shown_was_said_before_any_hidden_test_was_met(graded):
    """What a hidden test asks is told neither by a cell that runs after it nor by a public test that stands after it."""
    release = small_release(
        *(
            answer("f"),
            grade_cell("fp", "assert f(1) == 1", "f"),
            grade_cell("fh", "assert f(731955) == 1", "f", 1, True),
        ),
        *(
            answer("g"),
            grade_cell("gp", "assert g(2) == 2", "g"),
            grade_cell("gh", "assert g(844266) == 2", "g", 1, True),
        ),
    )
    notebook = handed_in(release, {"f": TELLS, "g": "print('here:', say())"}, ("print('there:', say())",))
    found, _ = graded(release, notebook)
    said = repr((found.result, found.runs))
    assert re.search(r"here: \[1?\]", said)
    assert re.search(r"there: \[1?\]", said)
    assert "ValueError" in said
    assert not re.search("731955|844266", said)
    assert failed(found) == ["fp", "fh", "gp", "gh"]


def test_a_hidden_test_finds_the_files_that_were_there_at_its_place(graded):
    """It waits until the notebook has come to its end, where the file is gone: then it has a box of its own."""
    release = small_release(DATA, answer("f"), grade_cell("h", "assert f(1) == 2", "f", hidden=True))
    tidy = "import os\nif os.path.exists('data.txt'):\n    os.remove('data.txt')"
    found, boxes = graded(release, handed_in(release, {"f": READS}, (tidy,)))
    assert failed(found) == []
    assert boxes > 2


def test_a_hidden_test_finds_the_names_that_were_there_at_its_place(graded):
    """What a test after it binds in the judge, it does not see."""
    first = "try:\n    helper\nexcept NameError:\n    assert f(1) == 2\nelse:\n    assert False"
    release = small_release(
        *(DATA, answer("f"), grade_cell("a", first, "f", hidden=True)),
        grade_cell("b", "helper = 1\nassert f(1) == 2", "f", hidden=True),
    )
    found, boxes = graded(release, handed_in(release, {"f": READS}))
    assert (failed(found), found.result.notices, boxes) == ([], (), 2)


@pytest.mark.parametrize(
    ("after", "code"),
    [("import os\nos._exit(3)", "exited"), ("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)", None)],
    ids=["the copy", "what waits"],
)
def test_a_cell_that_ends_a_process_costs_only_itself(graded, after, code):
    """Right and wrong stay what they are; the cell is named where it ended its own process."""
    right, wrong = (
        grade_cell("r", "assert f(1) == 1", "f", hidden=True),
        grade_cell("w", "assert f(1) == 2", "f", 1, True),
    )
    release = small_release(answer("f"), right, wrong)
    found, _ = graded(release, handed_in(release, {"f": "def f(x):\n    return x"}, (after,)))
    assert (failed(found), found.result.status) == (["w"], "graded")
    if code:
        assert code in [notice.code for notice in found.result.notices]


def test_what_was_said_is_shown_although_the_end_needs_another_box(graded):
    """On the finished notebook a public test ends the process, after everything had been said; another one is left."""
    public = [grade_cell(name, "assert f(1) == 2", "f") for name in ("p", "q")]
    release = small_release(answer("f"), *public, grade_cell("h", "assert f(5) == 6", "f", hidden=True))
    ends = "import os\nprint('below')\ndef f(x):\n    os._exit(3)"
    found, _ = graded(release, handed_in(release, {"f": "print('above')\ndef f(x):\n    return x"}, (ends,)))
    assert failed(found) == ["p", "q", "h"]
    assert [run.stdout for run in found.runs.values()] == ["above\n", "below\n"]


ONE = replace(given("one", "one = 1"), kind="demonstration")
KEEPS = {
    "a folder": (
        "import os\ndef f(x):\n    os.mkdir('out')\n    os.rmdir('out')\n    return x + one",
        "os.mkdir('out')",
    ),
    "the temporary folder": (
        (
            "import pathlib, tempfile\np = pathlib.Path(tempfile.gettempdir()) / 'c'\np.write_text('1')\n"
            "def f(x):\n    return x + one * int(p.read_text())"
        ),
        "p.write_text('2')",
    ),
    "the current folder": (
        (
            "import os, pathlib\npathlib.Path('c').write_text('1')\nos.mkdir('d')\nos.chdir('d')\n"
            "def f(x):\n    return x + one * int(pathlib.Path('../c').read_text())"
        ),
        "pathlib.Path('../c').write_text('2')",
    ),
    "a process": (
        (
            "import subprocess\np = subprocess.Popen(['cat'], stdin=-1, stdout=-1, text=True, bufsize=1)\n"
            "def f(x):\n    p.stdin.write(f'{x + one}\\n')\n    return int(p.stdout.readline())"
        ),
        "p.kill()\np.wait()",
    ),
    "shared memory": (
        "import multiprocessing\nn = multiprocessing.RawValue('i', 1)\ndef f(x):\n    return x + one * n.value",
        "n.value = 2",
    ),
    "an open file": (
        (
            "import pathlib\npathlib.Path('c').write_text('11')\nfile = open('c', 'rb', 0)\n"
            "def f(x):\n    one\n    return x + int(file.read(1))"
        ),
        "file.read()",
    ),
}
"""Answers that work with something that copies share, and what a later cell does to that."""


@pytest.mark.parametrize("name", KEEPS)
def test_what_copies_share_is_as_it_was_at_the_place_of_the_test(graded, name):
    """Then the hidden test has a box of its own."""
    own, later = KEEPS[name]
    release = small_release(ONE, answer("f"), grade_cell("h", "assert f(1) == 2", "f", hidden=True))
    assert failed(graded(release, handed_in(release, {"f": own}, (later,)))[0]) == []


BIG = "import numpy as np, time\nbig = np.ones(30_000_000)\n"


def test_that_boxes_wait_costs_no_test_its_memory(graded):
    """What waits holds 240 MB, and so does each copy that has changed them; the test is tried by itself then."""
    release = small_release(
        answer("f"), grade_cell("p", "assert f(1) == 2", "f"), grade_cell("h", "assert f(37) == 5", "f", hidden=True)
    )
    own = f"{BIG}def f(x):\n    one\n    big.__iadd__(1)\n    time.sleep(0.3)\n    return x + one"
    assert failed(graded(release, handed_in(release, {"f": own}, ("big *= 2\none = 1",)))[0]) == ["h"]


def test_that_boxes_wait_costs_no_cell_its_memory(graded):
    """A cell that has no room beside what waits is run again where nothing does, and is not said to have stopped."""
    hidden = [grade_cell(name, "assert f(1) == 2", "f", hidden=True) for name in ("h1", "h2")]
    release = small_release(
        *(ONE, answer("f"), *hidden, answer("g"), grade_cell("h3", "assert g == 1", "g", hidden=True)),
        *(answer("k"), grade_cell("p", "assert k(1) == 2", "k")),
    )
    answers = {
        "f": f"{BIG}def f(x):\n    return x + one",
        "g": "big *= 2\ntime.sleep(0.3)\ng = one",
        "k": "big *= 2\ntime.sleep(0.3)\ndef k(x):\n    return x + one",
    }
    found, _ = graded(release, handed_in(release, answers))
    assert (failed(found), found.result.notices) == ([], ())


def test_with_a_thread_there_are_no_copies(graded):
    """Then the hidden test has a box of its own, and meets the answer as it was at its place."""
    thread = "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
    release = small_release(DATA, answer("f"), grade_cell("h", "assert f(1) == 2", "f", hidden=True))
    found, _ = graded(release, handed_in(release, {"f": thread + READS}, ("def f(x):\n    return -1",)))
    assert failed(found) == []


def test_what_was_too_slow_because_of_an_import_is_tried_again_with_everything():
    """A function that looks at all that the notebook has wakes what waits, and that takes longer than a call may."""
    looks = "def f(x):\n    [v for v in list(globals().values()) if hasattr(v, 'shape')]\n    return x + 1"
    packages = given("packages", "import sklearn\nimport sklearn.datasets")
    release = small_release(packages, answer("f"), grade_cell("p", "assert f(1) == 2", "f"))
    with Zygote(level="none", given=[packages.source], limits=Limits(call_seconds=0.5)) as running:
        boxes = Counting(running)
        with Grader(release, zygote=boxes) as grader:
            found = grader.grade_bytes(Submission("ada", Path("ada.ipynb")), handed_in(release, {"f": looks}), "0")
    assert (failed(found), boxes.count > 1) == ([], True)
