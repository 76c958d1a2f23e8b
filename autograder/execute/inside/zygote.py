"""The zygote: imports everything once, in a place of its own, and forks a box whenever the judge asks for one.

It is exec'ed with a clean environment before any secret exists, holds nothing but the files that lie beside the
notebook, and never runs a student's code itself.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from .boxes import Boxes
from .channel import Channel, leave
from .levels import LEVELS
from .memory import settle


class Order(NamedTuple):
    """What the judge wants of this zygote; read once from stdin."""

    level: str
    files: list[tuple[str, bytes]]
    given: list[str]
    fonts: list[tuple[str, str]]
    cold: bool
    hidden_path: str


def read_order() -> Order:
    """Read the order."""
    given = json.loads(sys.stdin.buffer.read())
    given["files"] = [(name, base64.b64decode(data)) for name, data in given["files"]]
    return Order(**given)


def fix_path(hidden: str) -> None:
    """Leave only the interpreter's own folders on the path: no editable installation, not this package."""
    roots = (sys.prefix, sys.base_prefix)
    sys.path[:] = [folder for folder in sys.path if folder != hidden and folder.startswith(roots)]
    sys.meta_path[:] = [finder for finder in sys.meta_path if "__editable__" not in getattr(finder, "__module__", "")]
    sys.path_importer_cache.clear()


class Zygote:
    """Forks boxes on request."""

    def __init__(self, control: socket.socket, order: Order) -> None:
        self._control = control
        self._level = LEVELS[order.level]()
        private = self._level.enter_zygote(Path(os.environ["HOME"]))
        for name in ("HOME", "IPYTHONDIR", "MPLCONFIGDIR"):
            os.environ[name] = str(private)
        self._boxes = Boxes(self._level, order.files, self._prepare(order, private))
        fix_path(order.hidden_path)
        self._level.seal()
        null = os.open("/dev/null", os.O_RDWR)
        for standard in range(3):
            os.dup2(null, standard)
        if not order.cold:
            settle()

    def _prepare(self, order: Order, private: Path) -> Callable[[Channel, dict[str, Any]], None]:
        """What a box does once it is entered; nothing, where only the walls are to be tried."""
        if order.cold:
            return lambda *_: leave(0)
        for name, known in order.fonts:
            (private / name).write_text(known)  # where Matplotlib looks before it searches all fonts
        from .warm import Warm  # noqa: PLC0415  NumPy and all the rest are imported inside of the walls

        return Warm(private, order.files, order.given).serve

    def run(self) -> None:
        """Serve until the judge hangs up."""
        self._say(ready=True, layers=self._level.layers)
        while True:
            data, fds, _, _ = socket.recv_fds(self._control, 10_000, 4)
            while data and not data.endswith(b"\n"):
                data += self._control.recv(10_000)
            if not data:
                return
            request = json.loads(data)
            if request["do"] == "box":
                self._say(**self._box(fds[0], request["settings"]))
            else:
                self._say(status=self._reap(request["pid"]))

    def _say(self, **answer: Any) -> None:
        self._control.sendall(json.dumps(answer).encode() + b"\n")

    def _box(self, fd: int, settings: dict[str, Any]) -> dict[str, Any]:
        """Fork a box around this end of a channel."""
        try:
            return {"pid": self._boxes.fork(fd, settings)}
        except OSError as error:
            return {"fault": f"no process could be started: {error}"}
        finally:
            os.close(fd)

    def _reap(self, pid: int) -> int | None:
        try:
            return os.waitpid(pid, 0)[1]
        except ChildProcessError:
            return None


def main() -> None:
    """Become a zygote: `argv[1]` is the number of the control socket."""
    control = socket.socket(fileno=int(sys.argv[1]))
    try:
        zygote = Zygote(control, read_order())
    except Exception as error:  # whatever went wrong is what the judge must hear, if it still listens
        with contextlib.suppress(OSError):
            control.sendall(json.dumps({"fault": f"{type(error).__name__}: {error}"}).encode() + b"\n")
        os._exit(1)
    zygote.run()
    os._exit(0)
