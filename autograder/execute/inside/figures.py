"""Figures: drawn into memory, closed after each cell as a notebook does, rendered only when asked for."""

from __future__ import annotations

import io
from typing import Any

from matplotlib import pyplot as plt

MAX_FIGURES = 40
MAX_PNG = 4 << 20


class Flush:
    """Ends the figures that are open: at `plt.show()`, and at the end of each cell."""

    def __init__(self) -> None:
        self.render = False
        self.rendered: list[bytes] = []

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        """Render the open figures if that is asked for, and close them."""
        del args, kwargs  # `block`, for a screen
        numbers = plt.get_fignums()
        if self.render:
            self.rendered += filter(None, map(_png, numbers[: MAX_FIGURES - len(self.rendered)]))
        if numbers:
            plt.close("all")

    def take(self) -> list[bytes]:
        """The PNG files of the figures that were shown since the last time."""
        taken, self.rendered = self.rendered, []
        return taken


flush = Flush()


def install(shell: Any) -> None:
    """Let `plt.show()` and the end of a cell flush the figures."""
    plt.switch_backend("agg")
    plt.show = flush
    shell.events.register("post_execute", _end_of_cell)


def _end_of_cell() -> None:
    flush()


def _png(number: int) -> bytes:
    """A figure as PNG, or nothing if it is too large."""
    file = io.BytesIO()
    plt.figure(number).savefig(file, format="png", bbox_inches="tight")
    return file.getvalue() if file.tell() <= MAX_PNG else b""
