"""Figures: drawn into memory, closed after each cell as a notebook does, rendered only when asked for."""

from __future__ import annotations

import io
from typing import Any

from matplotlib import pyplot as plt

MAX_FIGURES = 40
MAX_PNG = 4 << 20

rendered: list[bytes] = []
"""The PNG files of the figures that were shown since they were last taken."""


def install(shell: Any, *, render: bool) -> None:
    """Let `plt.show()` and the end of a cell flush the figures."""
    plt.switch_backend("agg")
    flush = _render_all if render else _close_all
    plt.show = flush
    shell.events.register("post_execute", flush)


def take() -> list[bytes]:
    """The rendered figures, which are forgotten here."""
    taken = list(rendered)
    rendered.clear()
    return taken


def _close_all(*args: Any, **kwargs: Any) -> None:
    if plt.get_fignums():
        plt.close("all")


def _render_all(*args: Any, **kwargs: Any) -> None:
    for number in plt.get_fignums():
        file = io.BytesIO()
        plt.figure(number).savefig(file, format="png", bbox_inches="tight")
        if len(rendered) < MAX_FIGURES and file.tell() <= MAX_PNG:
            rendered.append(file.getvalue())
    _close_all()
