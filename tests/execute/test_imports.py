"""What is imported beforehand, what waits for the first box that needs it, and that nobody notices the difference."""

from __future__ import annotations

import contextlib
import time

import psutil
import pytest

from autograder.execute import Zygote
from autograder.execute.imports import Imports

PACKAGES = "import numpy as np\nimport sklearn\nimport sklearn.datasets\nfrom mine import load\n%matplotlib inline"
MINE = b"""import csv
import antigravity
import sklearn.datasets as ds

def load():
    return ds.make_moons(20, random_state=0)

def plot():
    return load()

def plain():
    return 1
"""
FILES = [("mine.py", MINE), ("data.csv", b"import this\n"), ("broken.py", b"def")]


@pytest.fixture(scope="module")
def zygote():
    """A warm process of a release that imports scikit-learn."""
    with Zygote(FILES, given=[PACKAGES]) as running:
        yield running


@pytest.fixture
def run(zygote):
    """A function that opens a box for some sources, runs other ones in it, and gives what was printed."""

    def ran(sources, *cells):
        with contextlib.closing(zygote.box(sources)) as box:
            runs = [box.run_cell(cell) for cell in cells]
        assert [run.raised for run in runs] == [None] * len(runs)
        return "".join(run.stdout for run in runs).split()

    return ran


def test_what_a_release_imports_is_found_by_reading():
    """The standard library's modules at once, scikit-learn later; nothing that is no module, or does something."""
    imports = Imports(FILES, [PACKAGES])
    assert imports.now == ["csv"]
    assert imports.later == ["sklearn", "sklearn.datasets"]


NEEDS = {
    "x = 1": False,
    PACKAGES: False,
    "model = plain()": False,
    "sklearn.datasets.make_moons()": True,
    "import sklearn": True,
    "X, y = load()": True,
    "plot()": True,
    "globals()['load']()": True,
    "for broken in ds": True,
    "for module in sys.modules.values():\n    hasattr(module, 'x')": True,
}


@pytest.mark.parametrize("source", NEEDS)
def test_which_boxes_need_it(source):
    """Those that run anything by which it can be reached: a name of it, or of what mentions it."""
    assert Imports(FILES, [PACKAGES]).used_by(["a = 2", source]) is NEEDS[source]


AT_ONCE = {
    "from sklearn.datasets import make_moons": True,
    "import sklearn\nsklearn.set_config()": True,
    "if True:\n    import sklearn": True,
    "import sklearn as sk\nX = sk.datasets": True,
    "import sklearn as sk\ndef f():\n    return sk": False,
    "def f():\n    from sklearn import datasets\n    return datasets": False,
    "import sklearn\nthis one is no Python": True,
}


@pytest.mark.parametrize("cell", AT_ONCE)
def test_a_given_cell_that_uses_it_needs_it(cell):
    """One that only imports it, or defines what will use it, does not."""
    assert Imports([("also.py", b"import sklearn\n")], [cell]).used_by([cell]) is AT_ONCE[cell]


def test_a_module_that_uses_it_when_it_is_imported_leaves_nothing_for_later():
    """Every box would import it."""
    imports = Imports([("mine.py", b"import sklearn.datasets\nX = sklearn.datasets.load_iris()\n")], ["import mine"])
    assert (imports.now, imports.later) == (["sklearn.datasets"], [])


LOADED = "import sys\nprint('scipy' in sys.modules)"


@pytest.mark.slow
def test_a_box_that_does_not_need_it_does_not_have_it_until_it_asks(run):
    """The given cell runs without it; what was not foreseen imports it in the box."""
    calls = "rest = __import__('mi' + 'ne').load()\nprint(len(rest[0]))"
    assert run(["x = 1"], PACKAGES, LOADED, calls, LOADED) == ["False", "20", "True"]
    parts = "linear = __import__('importlib').import_module('skl' + 'earn.linear_model')\nprint(linear.Lasso.__name__)"
    assert run(["x = 1"], PACKAGES, parts, LOADED, "print(sklearn.datasets.make_moons(4)[0].shape)") == [
        *("Lasso", "True", "(4,", "2)"),
    ]


@pytest.mark.slow
def test_nobody_but_its_user_wakes_it(run):
    """Python looks at all modules for a few names of its own; a person's questions are answered as always."""
    looks = "import inspect, sys\nhasattr(sklearn, '__wrapped__')\ninspect.getmodule(inspect.getsource)\ntext = repr(sklearn)"
    assert run(["x = 1"], PACKAGES, looks, LOADED) == ["False"]
    asked = "print(sklearn.__version__.count('.') > 0, 'datasets' in dir(sklearn), sklearn.__name__)"
    assert run(["x = 1"], PACKAGES, asked, LOADED) == ["True", "True", "sklearn", "True"]


REAL = "import sklearn, sys\nprint(type(sklearn).__name__, sys.modules['sklearn'] is sklearn)"


@pytest.mark.slow
@pytest.mark.parametrize("of_level", ["A", "B", "none"])
def test_a_box_that_needs_it_finds_it_imported_and_no_other_has_it(of_level):
    """A second warm process forks such boxes; both kinds live side by side, each with files of its own."""
    with Zygote(FILES, level=of_level, given=[PACKAGES]) as zygote:
        wanted = [(["x = 1"], False), (["X, y = load()"], True), (["x = 1"], False), (None, True)]
        boxes = [(zygote.box(sources), complete) for sources, complete in wanted]
        for box, complete in boxes:
            assert box.run_cell(LOADED).stdout == f"{complete}\n"
            assert box.run_cell(f"{PACKAGES}\nopen('mark', 'x').close()").raised is None
            assert not complete or box.run_cell(REAL).stdout == "module True\n"
        for box, _ in boxes:
            box.close()
        assert [child.name() for child in psutil.Process(zygote._process.pid).children(recursive=True)] in [
            ["python"] * count
            for count in (1, 2)  # at level A the first of a namespace stands before them
        ]


@pytest.mark.slow
def test_where_the_second_warm_process_has_died_both_are_started_again():
    """The next box is there all the same."""
    with Zygote(FILES, level="none", given=[PACKAGES]) as zygote:
        zygote.box(None).close()
        (second,) = psutil.Process(zygote._process.pid).children()
        second.kill()
        while second.status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.01)
        with contextlib.closing(zygote.box(None)) as box:
            assert box.run_cell(REAL).stdout == "module True\n"


@pytest.mark.slow
def test_nothing_else_changes_when_it_is_woken(run):
    """Its own imports draw random numbers; a name of it that somebody has taken away is no reason to fail."""
    wake = "hasattr(vars()['skl' + 'earn'], 'anything')"
    draws = f"import random\nrandom.seed(5)\n{wake}\nprint(random.random() == random.Random(5).random())"
    assert run(["x = 1"], PACKAGES, draws, LOADED) == ["True", "True"]
    gone = "import sys\ndel sys.modules['skl' + 'earn']\nimport sklearn\nprint(sklearn.__version__ > '')"
    assert run(["x = 1"], PACKAGES, gone) == ["True"]


@pytest.mark.slow
def test_a_module_that_is_not_there_is_missed_where_it_is_imported():
    """What a release imports in vain stops no warm process."""
    with Zygote(given=["import sklearn.no_such_part"]) as zygote, contextlib.closing(zygote.box([])) as box:
        run = box.run_cell("import sklearn.no_such_part")
        assert (run.raised.type, "no_such_part" in run.raised.message) == ("ModuleNotFoundError", True)
        assert box.run_cell("import sklearn\nprint(sklearn.__name__)").stdout == "sklearn\n"
