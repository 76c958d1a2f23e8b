"""Whether a change to a file beside the notebook could reach the student's code."""

from __future__ import annotations

from dataclasses import replace

import pytest

from autograder.judge.unseen import could_be_seen
from autograder.records import Notebook, Step

LESSON = b'"""Text."""\nimport numpy as np\n\n__all__ = ["test_f", "LISTS"]\nTOLERANCE = 1e-6\nLISTS = [1]\n\n\ndef test_f(f):\n    """Test."""\n'
OTHER = b"import numpy as np\n\n\ndef load():\n    return np.zeros(3)\n"
BEFORE = (("tests.py", LESSON), ("data.py", OTHER))
GIVEN = "import numpy as np\nfrom data import load\nfrom tests import *\nimport tests as t\n%matplotlib inline"


def after(old: bytes, new: bytes):
    """The files with one change."""
    assert old in LESSON
    return (("tests.py", LESSON.replace(old, new)), ("data.py", OTHER))


SOFTER = after(b"1e-6", b"1e-3")


def notebook(*sources, given=(GIVEN,)):
    """A notebook of given cells and the student's own."""
    fixed = [Step(f"g{n}", "given", source) for n, source in enumerate(given)]
    return Notebook((*fixed, *(Step("f", "answer", source) for source in sources)))


UNSEEN = {
    "an ordinary answer": "def f(n):\n    np.random.seed(3)\n    return {'W': np.random.randn(n) * np.sqrt(2 / n)}",
    "a module that reads no file": "import math\nfrom itertools import chain\ndef f(n):\n    return math.sqrt(n)",
    "a local of the same name": "def f(LISTS):\n    test_f = LISTS\n    return test_f",
    "a cell that does not compile": "def f(:\n    return open(1)",
    "a function of another file": "def f(n):\n    return load()",
}
SEEN = {
    "a name of the file": "def f(n):\n    return n in LISTS",
    "the test itself": "def f(n):\n    return n\ntest_f(f)",
    "the module by its other name": "def f(n):\n    return t.TOLERANCE",
    "the module's name": "import tests",
    "the file's name": "import numpy as np\ndef f(n):\n    return np.loadtxt('tests.py')",
    "a file": "def f(n):\n    return open(n)",
    "a module that reads files": "import pathlib\ndef f(n):\n    return list(pathlib.Path().iterdir())",
    "a module imported inside": "def f(n):\n    import os\n    return os.listdir()",
    "all names": "def f(n):\n    return globals()",
    "where a function comes from": "def f(n):\n    return load.__globals__",
    "a magic": "%run other\ndef f(n):\n    return n",
    "a shell": "!ls",
    "an indented cell": "    def f(n):\n        return open(n)",
}


@pytest.mark.parametrize("case", UNSEEN)
def test_an_answer_that_plainly_looks_at_nothing_does_not_see_it(case):
    """Its text says so."""
    assert not could_be_seen(notebook(UNSEEN[case]), BEFORE, SOFTER)


@pytest.mark.parametrize("case", SEEN)
def test_an_answer_that_might_look_could_see_it(case):
    """By name, by file, or by any way that does not show in the text."""
    assert could_be_seen(notebook(SEEN[case]), BEFORE, SOFTER)
    assert not could_be_seen(notebook(SEEN[case]), BEFORE, BEFORE)


@pytest.mark.parametrize(
    "now",
    [
        after(b"LISTS = [1]", b"LISTS = [1]\nnp.random.seed(1)"),
        after(b"LISTS = [1]", b"LISTS = np.random.rand(1)"),
        (*SOFTER, ("more.py", b"")),
        SOFTER[:1],
        (SOFTER[0], ("data.py", OTHER + b"import tests\n")),
        (("tests.py", LESSON.replace(b'"LISTS"]', b'"LISTS", "load"]')), ("data.py", OTHER)),
    ],
    ids=[
        "acts when imported",
        "draws when imported",
        "a new file",
        "a lost file",
        "another file uses it",
        "a new name",
    ],
)
def test_a_change_that_reaches_further_could_be_seen(now):
    """Even by an answer that looks at nothing but a function of another file."""
    assert could_be_seen(notebook("def f(n):\n    return load()"), BEFORE, now)


@pytest.mark.parametrize("name", ["mine.py", "package/mine.py", "mine.abi3.so"])
def test_a_module_beside_the_notebook_might_look(name):
    """It is not read; a text or a table looks at nothing by itself."""
    answer = notebook("def f(n):\n    return n")
    assert could_be_seen(replace(answer, files=((name, b""),)), BEFORE, SOFTER)
    assert not could_be_seen(replace(answer, files=((name, b""),)), BEFORE, BEFORE)
    assert not could_be_seen(replace(answer, files=(("README.txt", b"tests"),)), BEFORE, SOFTER)


def test_what_given_cells_take_from_the_file_is_followed():
    """A name that a given cell binds with its help is as good as the file's own."""
    given = (GIVEN, "def layers():\n    return LISTS", "SIZES = layers()")
    assert could_be_seen(notebook("def f(n):\n    return SIZES", given=given), BEFORE, SOFTER)
    assert not could_be_seen(notebook("def f(n):\n    return n", given=given), BEFORE, SOFTER)
