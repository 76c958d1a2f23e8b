"""Boxes: what is made once in the zygote, and what each fork does before the student's first cell."""

from __future__ import annotations

import gc
import os
import random
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import sklearn.datasets  # noqa: F401  warm for every box

from . import shell
from .channel import Channel, leave
from .layers import kernel
from .memory import settle
from .student import Student

if TYPE_CHECKING:
    from .levels import Level
    from .zygote import Order

_CHANNEL = 3
HELLO = b"+"


class Boxes:
    """Everything warm, and a way to fork from it."""

    def __init__(self, order: Order, level: Level, private: Path) -> None:
        self._order = order
        self._level = level
        self._shell = shell.build(str(private / "ipython"), render=order.render)
        shell.warm(self._shell)
        settle()

    def fork(self, fd: int) -> int:
        """Fork a box around this end of a channel; its process number."""
        pid = self._level.fork()
        if pid:
            return pid
        try:
            self._become_student(fd)
        except BaseException as error:  # nothing may unwind into the zygote's loop; the judge must hear why
            os.write(_CHANNEL, f"-{type(error).__name__}: {error}".encode())
        finally:
            leave(1)
        return 0

    def _become_student(self, fd: int) -> None:
        """Enter the box and serve."""
        os.dup2(fd, _CHANNEL, inheritable=False)
        kernel.close_from(_CHANNEL + 1)
        folder = self._level.enter_box(self._order.limits)
        self._furnish(folder)
        gc.enable()
        os.write(_CHANNEL, HELLO)
        channel = Channel(socket.socket(fileno=_CHANNEL))
        Student(channel, self._shell, self._order.limits["output_bytes"]).serve()

    def _furnish(self, folder: Path) -> None:
        """Files, environment and random numbers of its own."""
        os.chdir(folder / "work")
        for name, data in self._order.files:
            Path(name).write_bytes(data)
        os.environ.update(HOME=str(folder), TMPDIR=str(folder / "tmp"))
        sys.path.insert(0, "")
        random.seed()
        np.random.seed()  # noqa: NPY002  every fork would have the zygote's numbers
