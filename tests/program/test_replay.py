"""With `--replay` the figures that a notebook draws are shown in place of those that were saved in it."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path

import pytest
from PIL import Image
from releases_in_code import answer, grade_cell, handed_in, small_release

from autograder.deliver.feedback import feedback_page
from autograder.deliver.feedback_plots import MAX_PLOTS, drawn_plots
from autograder.execute import Zygote
from autograder.grader import Grader
from autograder.records import Submission
from tests.deliver.class_in_code import plot_output, png

pytestmark = pytest.mark.slow  # figures are drawn in boxes

RELEASE = small_release(
    answer("f"),
    grade_cell("f_public", "assert f(1) == 1", "f"),
    grade_cell("f_hidden", "assert f(7) == 7\nassert f(8) == 8", "f", hidden=True),
)
RIGHT = "def f(x):\n    return x"
PLOT = "from matplotlib import pyplot as plt\nplt.figure(figsize=({}, 1), dpi=100)\nline = plt.plot([1, 2])"


@pytest.fixture(scope="module")
def graded():
    """Give a function that grades a notebook of one answer and cells of the student's own, in boxes that draw."""
    with Zygote(RELEASE.files, RELEASE.limits, render_figures=True) as zygote:

        def grade(*own, answer=RIGHT, replay=True):
            data = handed_in(RELEASE, {"f": answer}, own)
            with Grader(RELEASE, zygote=zygote, replay=replay) as grader:
                return grader.grade_bytes(Submission("ada", Path("ada.ipynb")), data, "0")

        yield grade


def widths(plots):
    """The widths in inches, rounded, of re-encoded plots."""
    return [round(plot.width / 100) for plot in plots]


def test_figures_are_kept_cell_by_cell_in_their_order(graded):
    """Those of `plt.show()` and those that are open at the end of a cell; the mark is what it is without."""
    two = f"{PLOT.format(2)}\nplt.show()\n{PLOT.format(3)}"
    work = graded("print('no figure')", two, PLOT.format(4))
    plots = drawn_plots(work)
    assert [plot.cell for plot in plots] == [4, 4, 5]
    assert plots[0].width < plots[1].width < plots[2].width
    assert work.result.score == 2


def test_without_replay_there_are_none(graded):
    """Nobody waits for pictures that nobody asked for."""
    assert drawn_plots(graded(PLOT.format(2), replay=False)) == ()


def test_the_page_shows_them_in_place_of_the_saved_ones_and_says_so(graded):
    """A saved picture, which can show anything, is only shown where none was drawn, and under another title."""
    data = json.loads(handed_in(RELEASE, {"f": RIGHT}, (PLOT.format(2),)))
    data["cells"][-1]["outputs"] = [plot_output(png("red"))]
    saved = json.dumps(data).encode()
    drawn, plain = (feedback_page(RELEASE, graded(PLOT.format(2), replay=one), saved) for one in (True, False))
    assert ("drawn anew" in drawn, "as submitted" in drawn) == (True, False)
    assert ("drawn anew" in plain, "as submitted" in plain) == (False, True)
    pixels = base64.b64decode(drawn.partition('<img src="data:image/png;base64,')[2].partition('"')[0])
    assert Image.open(io.BytesIO(pixels)).width > 100  # ours; the saved one has 40


def test_a_figure_tells_nothing_of_the_hidden_tests(graded):
    """A function that remembers its calls can draw them: what is shown comes from a run that met no hidden test."""
    memory = "seen = []\ndef f(x):\n    seen.append(x)\n    return x"
    work = graded(PLOT.format("1 + len(seen)"), answer=memory)
    assert widths(drawn_plots(work)) == [2]  # called once by the public test, and not three times
    assert work.result.score == 2


@pytest.mark.parametrize(
    "trick",
    [
        "plt.show.rendered = [b'<svg onload=x>', 'text', 7, b'']",
        "type(plt.show).take = lambda self: 1 / 0",
        "type(plt.show).take = lambda self: [b'x' * 9_000_000] * 4",
        "type(plt.show).take = lambda self: __import__('os')._exit(0)",
        "plt.show.rendered = None",
    ],
    ids=["no pictures", "raises", "large", "exits", "broken"],
)
def test_a_box_that_lies_about_its_figures_costs_no_point(graded, trick):
    """Whatever comes in place of pictures is left out, and everything else counts, the cell itself included."""
    work = graded(f"from matplotlib import pyplot as plt\n{trick}\nkept = 5", "assert kept == 5")
    assert drawn_plots(work) == ()
    assert work.result.score == 2
    assert not [notice for notice in work.result.notices if notice.code == "cell-error"]


def test_only_so_many_figures_are_kept(graded):
    """A loop of a hundred figures makes no page, and no message between processes, of a hundred."""
    work = graded(*[f"for _ in range(9):\n    {PLOT.format(1).replace(chr(10), chr(10) + '    ')}"] * 3)
    assert len(drawn_plots(work)) == MAX_PLOTS
    assert sum(len(run.figures) for run in work.runs.values()) == MAX_PLOTS
