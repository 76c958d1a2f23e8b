"""The pictures of a class report: PNGs inside the page, told apart by hatches as well as by colours."""

from __future__ import annotations

import base64
import io
import textwrap
import warnings
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

BLUE, VERMILION, GREEN, PINK = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
INK, SOFT = "#1b2330", "#525d6c"
WIDTH = 6.4


def marks_plot(counts: Sequence[int], max_score: float, mean: float, median: float) -> str:
    """Draw how many students have which mark, with the mean and the median."""
    figure, axes = canvas(3.4)
    width = max_score / len(counts)
    places = [width * (place + 0.5) for place in range(len(counts))]
    bars = axes.bar(places, counts, width=0.92 * width, color=BLUE)
    axes.bar_label(bars, [count or "" for count in counts], padding=2, color=INK, fontsize=9)
    axes.axvline(mean, color=INK, linewidth=1.5, linestyle="-", label=f"mean {mean:.1f}")
    axes.axvline(median, color=VERMILION, linewidth=1.8, linestyle="--", label=f"median {median:g}")
    axes.set(xlabel="points", ylabel="students", xlim=(0, max_score))
    axes.margins(y=0.15)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(frameon=False, fontsize=9, ncols=2, loc="lower left", bbox_to_anchor=(0, 1))
    return uri(figure)


def counts_plot(names: Sequence[str], counts: Sequence[int], colours: Sequence[str], hatches: Sequence[str]) -> str:
    """Draw one bar for each count."""
    figure, axes = canvas(0.55 * len(names) + 0.5)
    bars = axes.barh(names, counts, color=colours, hatch=list(hatches), edgecolor="white", height=0.72)
    axes.bar_label(bars, padding=4, color=INK, fontsize=9)
    lying(axes)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    return uri(figure)


def causes_plot(names: Sequence[str], counts: Sequence[int]) -> str:
    """Draw the misconceptions by frequency."""
    figure, axes = canvas(0.42 * len(names) + 0.7)
    shown = [textwrap.shorten(name, 40, placeholder=" …") for name in names]
    bars = axes.barh(range(len(names)), counts, color=VERMILION, hatch="//", edgecolor="white", height=0.72)
    axes.set_yticks(range(len(names)), shown)
    axes.bar_label(bars, padding=4, color=INK, fontsize=9)
    axes.set_xlabel("students")
    lying(axes)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    return uri(figure)


def checks_plot(names: Sequence[str], passed: Sequence[float]) -> str:
    """Draw the share of points that each check gave, and the share that it did not."""
    figure, axes = canvas(0.3 * len(names) + 1.1)
    places = range(len(names))
    share = [100 * one for one in passed]
    axes.barh(places, share, color=GREEN, edgecolor="white", height=0.78, label="earned")
    rest = [100 - one for one in share]
    axes.barh(
        places, rest, left=share, color="white", hatch="////", edgecolor=VERMILION, height=0.78, label="not earned"
    )
    axes.set_yticks(places, names)
    axes.set_xlabel("% of the points")
    axes.legend(frameon=False, fontsize=9, ncols=2, loc="lower left", bbox_to_anchor=(0, 1))
    lying(axes)
    axes.set_xlim(0, 100)
    return uri(figure)


def canvas(height: float) -> tuple[Figure, Axes]:
    """Start a picture in the look of the page."""
    figure = Figure(figsize=(WIDTH, max(1.6, height)), dpi=144, layout="constrained")
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color("#9aa4b1")
    axes.tick_params(colors=SOFT, labelsize=9)
    axes.xaxis.label.set_color(SOFT)
    axes.yaxis.label.set_color(SOFT)
    return figure, axes


def lying(axes: Axes) -> None:
    """Let lying bars start at the top, without a frame."""
    axes.invert_yaxis()
    axes.spines[["left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.margins(x=0.1, y=0.02)


def uri(figure: Figure) -> str:
    """Give the picture as a data URI that carries no date and no version."""
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # an axis without one letter still reads; the table has it
        figure.savefig(buffer, format="png", metadata={"Software": None})
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()
