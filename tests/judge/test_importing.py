"""A test imports the modules of its own release, whatever else its process judges."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import pytest
from releases_in_code import answer, given, grade_cell, handed_in, small_release

from autograder.grader import Grader
from autograder.judge.importing import Modules, modules_of
from autograder.records import Submission

RIGHT = {"f": "def f(x):\n    return x + 1"}


def release_with(module: str, *cells):
    """A release whose test imports from `tests_beside`, the text of which is given."""
    test = grade_cell("test", "from tests_beside import right\nright(f)", "f", hidden=True)
    return small_release(*cells, answer("f"), test, files=(("tests_beside.py", module.encode()),))


@pytest.mark.slow
def test_two_releases_are_judged_in_turn_in_one_process():
    """Both have a module of one name, and each test finds its own: the submission is right for both, every time."""
    star = given("packages", "from tests_beside import *")
    first = release_with("def right(f):\n    assert f(1) == 2", star)
    second = release_with("def right(f, more=0):\n    assert f(5) == 6 + more", star)
    with contextlib.ExitStack() as stack:
        graders = [stack.enter_context(Grader(release)) for release in (first, second)]
        work = Submission("ada", Path("ada.ipynb"))
        results = [grader.grade_bytes(work, handed_in(grader.release, RIGHT), "0").result for grader in graders * 2]
    assert [result.score for result in results] == [1.0, 1.0, 1.0, 1.0]
    assert "tests_beside" not in sys.modules


def test_a_test_may_import_what_no_cell_has_imported(grade):
    """The module lies beside the notebook; nbgrader's kernel would find it there."""
    release = release_with("def right(f):\n    assert f(1) == 2")
    assert grade(release, handed_in(release, RIGHT)).score == 1.0
    assert grade(release, handed_in(release, {"f": "def f(x):\n    return x"})).score == 0.0


def test_what_had_the_name_has_it_again(monkeypatch):
    """Also where the test raises, and what was loaded is the same object the next time."""
    before = type(sys)("tests_beside")
    monkeypatch.setitem(sys.modules, "tests_beside", before)
    path = list(sys.path)
    modules = Modules([("tests_beside.py", b"x = []"), ("inner/deep.py", b"y = 2")])
    with contextlib.closing(modules):
        with contextlib.suppress(ZeroDivisionError), modules.importable():
            loaded = __import__("tests_beside")
            assert loaded.x == []
            assert __import__("inner.deep").deep.y == 2
            raise ZeroDivisionError
        assert sys.modules["tests_beside"] is before
        assert "inner" not in sys.modules
        assert sys.path == path
        with modules.importable():
            assert __import__("tests_beside") is loaded


def test_the_modules_of_files():
    """By their names, with the packages around them."""
    assert modules_of("a.py") == {"a"}
    assert modules_of("pkg/__init__.py") == {"pkg"}
    assert modules_of("pkg/inner/m.py") == {"pkg", "pkg.inner", "pkg.inner.m"}
    assert modules_of("data.csv") == set()
