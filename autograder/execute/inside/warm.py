"""What every box finds ready: NumPy, Matplotlib, scikit-learn and a shell that has run a few cells."""

from __future__ import annotations

import gc
import random
from pathlib import Path
from typing import Any

import numpy as np
import sklearn.datasets  # noqa: F401  warm for every box

from . import shell
from .channel import Channel
from .memory import settle
from .student import Student


class Warm:
    """Everything imported; each box is a copy of it."""

    def __init__(self, private: Path, limits: dict[str, Any], *, render: bool) -> None:
        self._limits = limits
        self._shell = shell.build(str(private / "ipython"), render=render)
        shell.warm(self._shell)
        settle()

    def serve(self, channel: Channel) -> None:
        """Be a student's process, with random numbers of its own."""
        random.seed()
        np.random.seed()  # noqa: NPY002  every fork would have the zygote's numbers
        gc.enable()
        Student(channel, self._shell, self._limits["output_bytes"]).serve()
