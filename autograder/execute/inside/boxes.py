"""Boxes: what each fork of the zygote does before the student's first cell."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .channel import Channel, leave
from .ready import Ready

if TYPE_CHECKING:
    from .levels import Level

_CHANNEL = 3
HELLO = b"+"

Settings = dict[str, Any]
"""What the judge says of one box: its `limits`, and whether it renders figures."""


class Boxes:
    """A way to hold boxes, the files that lie in them, and what runs there."""

    def __init__(
        self, level: Level, files: list[tuple[str, bytes]], serve: Callable[[Channel, Settings], None]
    ) -> None:
        self._level = level
        self._files = files
        self._ready = Ready(files)
        self._serve = serve

    def fork(self, fd: int, settings: Settings) -> int:
        """Fork a box around this end of a channel; its process number."""
        pid = self._level.fork()
        if pid:
            return pid
        try:
            os.dup2(fd, _CHANNEL, inheritable=False)
            os.closerange(_CHANNEL + 1, os.sysconf("SC_OPEN_MAX"))
            self._furnish(self._level.enter_box(settings["limits"]))
            os.write(_CHANNEL, HELLO)
            self._serve(Channel(socket.socket(fileno=_CHANNEL)), settings)
        except BaseException as error:  # nothing may unwind into the zygote's loop, and the judge must hear why
            os.write(_CHANNEL, f"-{type(error).__name__}: {error}".encode())
        finally:
            leave(1)
        return 0

    def _furnish(self, folder: Path) -> None:
        """Files and an environment."""
        os.chdir(folder / "work")
        for name, data in self._files:
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_bytes(data)
        os.environ["HOME"] = str(folder)
        os.environ["TMPDIR"] = str(folder / "tmp")  # `update` would ask for abstract classes, on 250 pages of memory
        sys.path.insert(0, "")
        self._ready.install()
