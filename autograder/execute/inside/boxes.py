"""Boxes: what is made once in the zygote, and what each fork does before the student's first cell."""

from __future__ import annotations

import gc
import os
import random
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .channel import Channel, leave

if TYPE_CHECKING:
    from .zygote import Order


class Boxes:
    """Everything warm, and a way to fork from it."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._private = Path(os.environ["HOME"])
        self._shell = self._warm_shell()
        gc.collect()
        gc.disable()
        gc.freeze()

    def _warm_shell(self) -> Any:
        from . import shell
        from .student import Student  # noqa: F401  every module a box needs is imported before the forks

        import sklearn.datasets  # noqa: F401, PLC0415

        made = shell.build(str(self._private / "ipython"), render=self._order.render)
        shell.warm(made)
        return made

    def fork(self, fd: int, control: socket.socket) -> int:
        """Fork a box; its process number."""
        pid = os.fork()
        if pid:
            return pid
        status = 1
        try:
            control.close()
            self._enter(Channel(socket.socket(fileno=os.dup(fd))), fd)
        except BaseException as error:  # nothing may unwind into the zygote's loop
            print(repr(error), file=sys.__stderr__)
        finally:
            leave(status)
        return 0

    def _enter(self, channel: Channel, fd: int) -> None:
        from .student import Student

        os.close(fd)
        folder = self._folder()
        for name, data in self._order.files:
            (folder / name).write_bytes(data)
        os.chdir(folder)
        sys.path.insert(0, "")
        random.seed()
        np.random.seed()  # noqa: NPY002  every fork would have the zygote's numbers
        gc.enable()
        student = Student(channel, self._shell, self._order.limits["output_bytes"])
        channel.send("ready", "", [], [])
        student.serve()

    def _folder(self) -> Path:
        folder = self._private / f"box-{os.getpid()}"
        folder.mkdir()
        return folder
