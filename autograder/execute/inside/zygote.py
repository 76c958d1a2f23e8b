"""The zygote: imports everything once, in a place of its own, and forks a box whenever the judge asks for one.

It is exec'ed with a clean environment before any secret exists, holds nothing but the files that lie beside the
notebook, and never runs a student's code itself.
"""

from __future__ import annotations

import base64
import contextlib
import gc
import json
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .boxes import Boxes
from .channel import leave
from .levels import LEVELS
from .memory import settle

if TYPE_CHECKING:
    from .warm import Warm


class Order(NamedTuple):
    """What the judge wants of this zygote; read once from stdin."""

    level: str
    files: list[tuple[str, bytes]]
    given: list[str]
    imports: list[str]
    postponed: list[str]
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


def receive(control: socket.socket) -> tuple[bytes, list[int]]:
    """The next line, and the descriptors that come with it; nothing where the other side has hung up."""
    data, fds, _, _ = socket.recv_fds(control, 10_000, 4)
    while data and not data.endswith(b"\n"):
        more = control.recv(10_000)
        data = data + more if more else b""
    return data, fds


class Zygote:
    """Forks boxes on request."""

    def __init__(self, control: socket.socket, order: Order) -> None:
        self._control = control
        self._complete: socket.socket | None = None
        self._others: set[int] = set()
        self._level = LEVELS[order.level]()
        private = self._level.enter_zygote(Path(os.environ["HOME"]))
        for name in ("HOME", "IPYTHONDIR", "MPLCONFIGDIR"):
            os.environ[name] = str(private)
        self._warm = None if order.cold else self._prepare(order, private)
        self._boxes = Boxes(self._level, order.files, self._warm.serve if self._warm else lambda *_: leave(0))
        fix_path(order.hidden_path)
        self._level.seal()
        null = os.open("/dev/null", os.O_RDWR)
        for standard in range(3):
            os.dup2(null, standard)
        if self._warm:
            settle()

    def _prepare(self, order: Order, private: Path) -> Warm:
        """What every box finds ready; not where only the walls are to be tried."""
        for name, known in order.fonts:
            (private / name).write_text(known)  # where Matplotlib looks before it searches all fonts
        from .warm import Warm  # noqa: PLC0415  NumPy and all the rest are imported inside of the walls

        return Warm(private, order.given, order.imports, order.postponed)

    def run(self) -> None:
        """Say that all is ready, and serve until the judge hangs up."""
        self._say(ready=True, layers=self._level.layers)
        self._serve()
        if self._complete:
            self._complete.close()
            os.wait()  # so that whoever measures this process has the other one's time too

    def _serve(self) -> None:
        """Serve until the other side hangs up."""
        while True:
            data, fds = receive(self._control)
            if not data:
                return
            request = json.loads(data)
            if request["do"] == "reap":
                self._say(**self._reap(request["pid"], data))
            elif request["complete"] and self._warm and self._warm.is_partial:
                self._say(**self._box_of_the_complete_one(data, fds))
            else:
                self._say(**self._box(fds[0], request["settings"]))

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

    def _reap(self, pid: int, data: bytes) -> dict[str, Any]:
        if pid in self._others:
            self._others.remove(pid)
            return self._passed_on(data, [])
        try:
            return {"status": os.waitpid(pid, 0)[1]}
        except ChildProcessError:
            return {"status": None}

    # --- a second one, in which everything is imported ---

    def _box_of_the_complete_one(self, data: bytes, fds: list[int]) -> dict[str, Any]:
        """Have the second one fork a box; it is started when it is first needed."""
        try:
            if self._complete is None:
                self._complete = self._start_complete(fds)
            answer = self._passed_on(data, fds)
            self._others |= {answer["pid"]} if "pid" in answer else set()
        except OSError as error:
            return {"fault": f"no second warm process could be started: {error}"}
        finally:
            for fd in fds:
                os.close(fd)
        return answer

    def _start_complete(self, fds: list[int]) -> socket.socket:
        """Fork it. It serves this process as this one serves the judge, and ends with it."""
        mine, theirs = socket.socketpair()
        if os.fork():
            theirs.close()
            return mine
        for fd in (mine.detach(), self._control.detach(), *fds):
            os.close(fd)
        self._control = theirs
        try:
            assert self._warm is not None  # only what is warm can be partial
            self._warm.complete()
            self._level.count_apart()
            settle()
            self._serve()
        finally:
            leave(0)

    def _passed_on(self, data: bytes, fds: list[int]) -> dict[str, Any]:
        """What the second one answers."""
        assert self._complete is not None  # it has been started
        try:
            socket.send_fds(self._complete, [data], fds)
            answer, _ = receive(self._complete)
        except OSError:
            answer = b""
        return dict(json.loads(answer)) if answer else {"fault": "the second warm process has died", "dead": True}


def main() -> None:
    """Become a zygote: `argv[1]` is the number of the control socket."""
    gc.disable()  # what is imported stays; a box enables it again
    control = socket.socket(fileno=int(sys.argv[1]))
    try:
        zygote = Zygote(control, read_order())
    except Exception as error:  # whatever went wrong is what the judge must hear, if it still listens
        with contextlib.suppress(OSError):
            control.sendall(json.dumps({"fault": f"{type(error).__name__}: {error}"}).encode() + b"\n")
        os._exit(1)
    zygote.run()
    os._exit(0)
