"""What every box finds ready: NumPy, Matplotlib, a shell that has run a few cells, and what the release imports."""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.random  # NumPy would do so when it is first asked for a number, in every box anew

from . import figures, later, shell
from .channel import Channel
from .student import Student


class Warm:
    """Everything imported; each box is a copy of it."""

    def __init__(self, private: Path, given: Sequence[str], imports: Sequence[str], postponed: Sequence[str]) -> None:
        for name in imports:
            with contextlib.suppress(Exception):  # whoever needs it finds out why
                importlib.import_module(name)
        later.postpone(postponed)
        self._shell = shell.build(str(private / "ipython"))
        shell.warm(self._shell, given)

    @property
    def is_partial(self) -> bool:
        """Whether anything was postponed that boxes may need."""
        return later.is_waiting()

    def complete(self) -> None:
        """Import what was postponed."""
        later.load()

    def serve(self, channel: Channel, settings: dict[str, Any]) -> None:
        """Be a student's process, with random numbers of its own."""
        figures.flush.render = settings["render"]
        random.seed()
        np.random.seed(int.from_bytes(os.urandom(4), "big"))  # noqa: NPY002  every fork would have the zygote's numbers
        gc.enable()
        Student(channel, self._shell, settings["limits"]["output_bytes"]).serve()
