"""What every box finds ready: NumPy, Matplotlib, a shell that has run a few cells; scikit-learn where it is used."""

from __future__ import annotations

import gc
import os
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from . import figures, shell
from .channel import Channel
from .student import Student


class Warm:
    """Everything imported; each box is a copy of it."""

    def __init__(self, private: Path, files: Sequence[tuple[str, bytes]], given: Sequence[str]) -> None:
        if any("sklearn" in text for text in given) or any(b"sklearn" in data for _, data in files):
            import sklearn.datasets  # noqa: F401, PLC0415  two seconds, for nothing where nobody asks for it
        self._shell = shell.build(str(private / "ipython"))
        shell.warm(self._shell, given)

    def serve(self, channel: Channel, settings: dict[str, Any]) -> None:
        """Be a student's process, with random numbers of its own."""
        figures.flush.render = settings["render"]
        random.seed()
        np.random.seed(int.from_bytes(os.urandom(4), "big"))  # noqa: NPY002  every fork would have the zygote's numbers
        gc.enable()
        Student(channel, self._shell, settings["limits"]["output_bytes"]).serve()
