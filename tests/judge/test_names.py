"""Cells are read as Python and IPython read them."""

import ast

import pytest

from autograder.judge.names import CAPTURE, plain_python
from autograder.judge.reading import read_later


@pytest.mark.parametrize(
    ("cell", "same_as"),
    [
        ("%matplotlib inline\nx = 1", "x = 1"),
        ("!ls 'it\nx = 1", "x = 1"),
        ("  %cd it's\n  x = 1\n", "pass\nx = 1"),
        ("if x:\n    %time f()\nelse:\n    !ls\ny", "if x:\n    f()\nelse:\n    pass\ny"),
        ("x = (y\n% 3)", "x = y % 3"),
        ("%time f()\nx = (y\n  % 3)", "f()\nx = y % 3"),
        ("%timeit -n1 -r 2 f(-1)\n%time x = 1\n%time\nx", "f(-1)\nx = 1\nx"),
        ("%timeit -q f()\n", "f()\nNone"),
        ("%time f()\n", "f()"),
        ("x\n%timeout", "x\nNone"),
        ("%%timeit -n1 y = 1\nx", "y = 1\nx\nNone"),
        ("%%capture\n!ls\nx", "x\nNone"),
        ("%%capture --no-stderr a\nx", f"with {CAPTURE} as a:\n    x"),
        ("x = '''\n%d\n!no\n'''", "x = '\\n%d\\n!no\\n'"),
        ("%%time\nx = '''\n%d\n'''", "x = '\\n%d\\n'"),
        ("x = 'a\x0cb\u2028c'", "x = 'a\\x0cb\\u2028c'"),
        ("%a\n" * 50 + "x", "x"),
    ],
)
def test_magics_are_left_out_and_nothing_else(cell, same_as):
    """A line of a text or of a long expression stays, whatever it begins with."""
    tree = plain_python(cell)
    assert tree is not None
    assert ast.dump(tree) == ast.dump(ast.parse(same_as))


@pytest.mark.parametrize("cell", ["x = ", "%time f()\nx = ", "\0", "(" * 10_000])
def test_what_is_not_python_has_no_tree(cell):
    """Also where there are magics in it."""
    assert plain_python(cell) is None


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("with open('a') as h:\n    x = h.read()", set()),
        ("def f(p):\n    with open(p) as h:\n        return h.read()", {"open"}),
        ("def f():\n    return h.read()\n%time f()", {"h"}),
        ("class A:\n    def f(self):\n        return lambda: h", {"h"}),
        ("g = (h for _ in x)", {"h"}),
        ("def f(", set()),
        ("def f(a, a):\n    return h", set()),
    ],
)
def test_what_functions_read_when_they_are_called(cell, names):
    """Names of their own are none of the notebook's."""
    assert read_later(cell) == names


def test_a_student_cannot_make_it_slow(monkeypatch):
    """A cell of many magics is parsed a few times, not once for each."""
    texts, parse = [], ast.parse
    monkeypatch.setattr(ast, "parse", lambda text: texts.append(text) or parse(text))
    assert plain_python("%a b\n" * 2_000 + "x = 1")
    assert 1 < len(texts) < 20
