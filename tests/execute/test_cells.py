"""Cells run as in a notebook, and what they do is reported without being trusted."""

from __future__ import annotations

import contextlib

import pytest

from autograder.records import Raised


def test_names_survive_from_cell_to_cell(box):
    """One namespace for all cells, as in a kernel; and the box says how it is held."""
    assert box.run_cell("x = 1").raised is None
    assert box.run_cell("y = x + 1\nprint(y)").stdout == "2\n"
    assert box.ask("get_many", ["x", "y", "z"]).value == {"x": (1, None), "y": (2, None)}
    assert box.isolation.level in ("A", "B")
    assert "seccomp" in box.isolation.layers


@pytest.mark.parametrize(
    ("source", "raised"),
    [
        ("\n1/0", Raised("ZeroDivisionError", "division by zero", 2)),
        ("def f():\n    return missing\n\nf()", Raised("NameError", "name 'missing' is not defined", 2)),
        ("x = (", Raised("SyntaxError", "'(' was never closed", 1)),
        ("class Odd(ValueError): pass\nraise Odd('mine')", Raised("ValueError", "mine", 2)),
        ("import sys\nsys.exit(3)", Raised("SystemExit", "3", 2)),
        ("raise KeyboardInterrupt", Raised("KeyboardInterrupt", "", 1)),
        ("import numpy as np\nnp.linalg.inv(np.zeros((2, 2)))", Raised("ValueError", "Singular matrix", 2)),
        ("class Mute(Exception):\n    def __str__(self): raise self\nraise Mute()", Raised("Exception", "", 3)),
    ],
)
def test_an_exception_is_told_by_builtin_type_text_and_line(box_a, source, raised):
    """Whatever is raised arrives as its nearest builtin type, and the box lives on."""
    assert box_a.run_cell(source).raised == raised
    assert box_a.run_cell("1").raised is None


def test_long_and_odd_messages_are_cut_and_cleaned(box_a):
    """A message is at most 2,000 characters, without control characters."""
    raised = box_a.run_cell("raise ValueError('\\x1b[31m' + 'x' * 10000 + '\\ud800')").raised
    assert len(raised.message) <= 2000
    assert "\x1b" not in raised.message


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("!echo shell", "shell\n"),
        ("lines = !echo one\nprint(lines[0])", "one\n"),
        ("%matplotlib inline\nprint('plain')", "plain\n"),
        ("%load_ext autoreload\n%autoreload 2\nprint('reloads nothing')", "reloads nothing\n"),
        ("import asyncio\nawait asyncio.sleep(0)\nprint('awaited')", "awaited\n"),
        ("%%time\nx = 1", "Wall time"),
        ("%timeit -n1 -r1 pass", "per loop"),
        ("%%bash\necho from bash", "from bash\n"),
        ("%%writefile made.py\nHERE = 5", "Writing made.py\n"),
        ("from lesson import double\nprint(double(21))", "42\n"),
        ("  def indented():\n      return 1\n  print(indented())", "1\n"),
        ("exit\nprint('goes on')", "goes on\n"),
    ],
)
def test_what_ipython_can_a_cell_can(box, source, printed):
    """Magics, shell lines, top-level await, helper modules."""
    done = box.run_cell(source)
    assert done.raised is None
    assert printed in done.stdout


def test_output_is_cut_with_a_word(box_a):
    """A flood of text costs no memory here, and the cell still runs to its end."""
    done = box_a.run_cell("for i in range(300):\n    print('x' * 10_000)\nlast = 1")
    assert len(done.stdout) < 1_001_000
    assert done.stdout.endswith("[output cut here: it was longer than 1,000,000 characters]\n")
    assert box_a.ask("get", "last").value == 1
    assert len(box_a.run_cell("print('y' * 1000)").stdout) < 100


def test_every_box_draws_other_random_numbers(new_box):
    """Forks of one zygote do not share its random state."""
    draws = {
        new_box().run_cell("import random, numpy as np\nprint(np.random.rand(), random.random())").stdout
        for _ in range(3)
    }
    assert len(draws) == 3


def test_figures_are_rendered_only_when_asked_for(zygotes, level, box):
    """By default a plot costs no drawing; with `render_figures` it can be fetched as PNG."""
    plot = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\nplt.plot([2, 1])"
    box.run_cell(plot)
    assert box.ask("figures").value == []
    with contextlib.closing(zygotes(level).box(render_figures=True)) as rendering:
        rendering.run_cell(plot)
        images = rendering.ask("figures").value
    assert [image[:4] for image in images] == [b"\x89PNG"] * 2


def test_open_figures_are_closed_after_each_cell(box_a):
    """Twenty-one figures give no warning, and their memory back."""
    for _ in range(25):
        assert box_a.run_cell("import matplotlib.pyplot as plt\nplt.figure();").stderr == ""


def test_a_student_may_add_an_input_transformer(box_a):
    """The short cut for plain cells steps aside when a notebook changes how cells are read."""
    box_a.run_cell(
        "get_ipython().input_transformers_cleanup.append(lambda lines: [l.replace('zwei', '2') for l in lines])"
    )
    assert box_a.run_cell("print(zwei)").stdout == "2\n"


def test_without_a_sandbox_cells_run_the_same(zygotes):
    """Level "none" must be asked for, and says so."""
    with contextlib.closing(zygotes("none").box()) as box:
        assert box.run_cell("print(1)").stdout == "1\n"
        assert box.isolation.level == "none"
        assert box.isolation.layers == ()
