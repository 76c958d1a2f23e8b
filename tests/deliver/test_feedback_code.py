"""Code on a feedback page: cut into statements, so that a class shares the work, and yet the same as in one go."""

from __future__ import annotations

from pathlib import Path

import pytest
from pygments import highlight

from autograder.deliver import feedback_code
from autograder.deliver.feedback_code import highlighted, statements

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("notebooks/*/bank/**/*.py"), *ROOT.glob("autograder/**/*.py"), *ROOT.glob("tests/**/*.py")])
ODD = {
    "a string over two lines, and a statement after it": 'a = """\n"""; b = 2\nif b:\n    a\n',
    "a continued line": "x = 1; \\\n  y = 2\nz = 3\n",
    "decorators, else and match": "@a\n@b\ndef f(): pass\nif f:\n  1\nelse:\n  2\nmatch f:\n  case 1:\n    3\n  case _:\n    4\n",
    "top-level await": "await x\ny = 1\n",
    "comments and blank lines": "# one\n\n\nx = 1  # two\n\n# three\n",
    "form feeds and wide letters": "x = 'ä∂𝕏'\n\fy = 'ä'; z = 1\nw = 2\n",
    "a blank line of spaces before a string": 'def f():\n    \n    """doc"""\n\n  \n\tx = 1\n'.replace("\t", "    "),
    "a thousand branches": "if a: pass\n" + "elif a: pass\n" * 1_100,
    "a thousand statements": "x = 1\n" * 1_000,
    "an escape that Python warns of": "x = '\\d'\ny = 1\n",
    "NUL": "x = '\0'\ny = 1\n",
    "no Python": "def f(:\n  'open\nx = 1\n",
    "nothing": "",
}


def in_one_go(source: str) -> str:
    """The same without any cut."""
    text = highlight(source + "\n", feedback_code._LEXER, feedback_code._FORMATTER)
    return "".join(f'<span class="line">{line}\n</span>' for line in text.removesuffix("\n").split("\n"))


@pytest.mark.parametrize("source", ODD.values(), ids=ODD)
def test_odd_source_is_highlighted_as_in_one_go(source):
    """Wherever a statement begins, the lexer is as it was at the start."""
    assert highlighted(source) == in_one_go(source.rstrip())


def test_all_our_source_is_highlighted_as_in_one_go(monkeypatch):
    """Some hundred files, in all of which there is something to cut."""
    assert len(FILES) > 200
    monkeypatch.setattr(feedback_code, "_MOST_PIECES", 10_000)
    for path in FILES:
        source = path.read_text(encoding="utf-8").rstrip()
        lines = [line for piece in statements(source) for line in feedback_code._highlighted_lines(piece)]
        assert "".join(f'<span class="line">{line}\n</span>' for line in lines) == in_one_go(source), path


def test_what_two_students_have_in_common_is_highlighted_once():
    """The documentation of a given function is most of its cell."""
    given = 'def f(x):\n    """What f does,\n    in many words.\n    """\n    '
    feedback_code._highlighted_lines.cache_clear()
    for number in range(3):
        highlighted(f"{given}return x * {number}_000\n")
    assert feedback_code._highlighted_lines.cache_info().misses == 2 + 3


def test_a_cell_of_many_statements_does_not_crowd_out_what_a_class_shares():
    """It is highlighted in one go."""
    assert len(statements("x = 1\n" * 90)) == 90
    assert len(statements("x = 1\n" * 200)) == 1
