"""Starting the zygote, and asking it for boxes."""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import functools
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal, Self

from autograder.records import BoxFault, Isolation, Limits

from .box import LiveBox
from .fonts import font_lists
from .harden import harden
from .imports import Imports
from .observations import Observations
from .process import BoxProcess, DeadError, hello
from .recording import RecordingWire
from .wire import Wire

Level = Literal["A", "B", "none"]
LEVELS: tuple[Literal["A", "B"], ...] = ("A", "B")

START_SECONDS = 120.0
STOP_SECONDS, REMOVE_SECONDS = 1.0, 5.0


class Zygote:
    """A warm process from which boxes are forked.

    Parameters
    ----------
    files : sequence of (str, bytes)
        What lies beside the notebook in every box.
    limits : Limits
        What a submission may use.
    level : {"A", "B", "none"}, optional
        How boxes are held; by default the best that this machine can do. "none" must be asked for.
    render_figures : bool
        Whether figures are rendered; `ask("figures")` then returns them as PNG.
    cold : bool
        Import nothing: the boxes can be entered, and no more. For `probe`.
    given : sequence of str
        Cells that most boxes will run, which are read beforehand.
    """

    def __init__(
        self,
        files: Sequence[tuple[str, bytes]] = (),
        limits: Limits | None = None,
        level: Level | None = None,
        *,
        render_figures: bool = False,
        cold: bool = False,
        given: Sequence[str] = (),
    ) -> None:
        self._files = tuple(files)
        self._limits = limits or Limits()
        self._level = level
        self._render = render_figures
        self._cold = cold
        self._given = list(given)
        self._imports = Imports(self._files, self._given)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._private: Path | None = None
        self.generation = 0
        self._layers: tuple[str, ...] = ()

    def __enter__(self) -> Self:
        """Start."""
        self._start()
        return self

    def __exit__(self, *exc: object) -> None:
        """Close."""
        self.close()

    def box(
        self,
        sources: Iterable[str] | None = None,
        *,
        limits: Limits | None = None,
        render_figures: bool | None = None,
        observations: Observations | None = None,
    ) -> LiveBox:
        """A new box, forked from the warm process; started again if that has died.

        Parameters
        ----------
        sources
            All that it is going to run; what that needs is imported before the fork. By default everything is.
        limits, render_figures
            For this box alone, in the place of the zygote's own.
        observations
            Gets what the box says.

        Raises
        ------
        BoxFault
            If no box can be made.
        """
        render = self._render if render_figures is None else render_figures
        complete = sources is None or self._imports.used_by(sources)
        with self._lock:
            try:
                return self._box(limits or self._limits, render, complete, observations)
            except (BoxFault, OSError):
                if self._cold:
                    raise
                self._stop()
                self._start()
                return self._box(limits or self._limits, render, complete, observations)

    def close(self) -> None:
        """End the zygote, and every box with it."""
        with self._lock:
            self._stop()

    # --- one box ---

    def _box(self, limits: Limits, render: bool, complete: bool, observations: Observations | None) -> LiveBox:
        level = self._level
        if level is None:
            raise BoxFault("the zygote is not running")
        mine, theirs = socket.socketpair()
        if level == "A":
            mine.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        try:
            settings = {"limits": dataclasses.asdict(limits), "render": render}
            answer = self._request({"do": "box", "settings": settings, "complete": complete}, theirs.fileno())
        except BaseException:
            mine.close()
            raise
        finally:
            theirs.close()
        try:
            outer = hello(mine) or answer["pid"]
            process = BoxProcess(outer, answer["pid"], self, level)
        except BaseException:
            mine.close()
            raise
        watch = process.watch(limits)
        wire = Wire(mine, watch) if observations is None else RecordingWire(mine, watch, observations)
        return LiveBox(wire, process, limits, Isolation(level, self._layers))

    def reap(self, pid: int, generation: int) -> int | None:
        """Wait for a box's first process, which has been killed; None where its status is not known.

        Raises
        ------
        DeadError
            If the process that it was forked from is gone.
        """
        with self._lock:
            if generation != self.generation:
                raise DeadError("the zygote has died, and there is another one")
            try:
                status = self._request({"do": "reap", "pid": pid})["status"]
            except DeadError:
                raise
            except (BoxFault, OSError):
                return None
        return status if isinstance(status, int) else None

    def _request(self, request: dict[str, Any], *fds: int) -> dict[str, Any]:
        """Ask the process; after a failure it is asked nothing more: a late answer would be taken for the next one."""
        if self._control is None:
            raise BoxFault("the zygote is not running")
        try:
            socket.send_fds(self._control, [json.dumps(request).encode(), b"\n"], list(fds))
            return self._hear()
        except BaseException as error:  # an alarm may cut in, too
            self._control.close()
            self._control = None
            if isinstance(error, ConnectionError):
                raise DeadError("the zygote has died") from None
            raise

    def _hear(self) -> dict[str, Any]:
        assert self._control is not None
        data = b""
        try:
            while not data.endswith(b"\n"):
                data += (more := self._control.recv(1 << 16))
                if not more:
                    raise DeadError("the zygote has died")
        except TimeoutError:
            raise BoxFault("the zygote does not answer") from None
        answer = dict(json.loads(data))
        if "fault" in answer:
            raise (DeadError if answer.get("dead") else BoxFault)(answer["fault"])
        return answer

    # --- the process ---

    def _start(self) -> None:
        self._level = self._level or best_level()
        self.generation += 1
        try:
            self._private = Path(tempfile.mkdtemp(prefix="seedbed-box-"))
            self._launch(self._private)
            self._layers = tuple(self._hear()["layers"])
        except BaseException:
            self._stop()
            raise

    def _launch(self, private: Path) -> None:
        """Start the process, and say what it is to have ready."""
        self._control, theirs = socket.socketpair()
        here = str(Path(__file__).parent)
        code = f"import sys; sys.path.insert(0, {here!r}); from inside.zygote import main; main()"
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  our own interpreter and our own program
                [sys.executable, "-I", "-B", "-c", code, str(theirs.fileno())],
                env=clean_environment(str(private)),
                cwd=private,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                process_group=0,  # Ctrl-C is for the judge alone
            )
        harden()
        self._control.settimeout(START_SECONDS)
        assert self._process.stdin is not None
        with self._process.stdin as stdin:
            stdin.write(self._order(here))

    def _order(self, hidden: str) -> bytes:
        order = {
            "level": self._level,
            "files": [(name, base64.b64encode(data).decode()) for name, data in self._files],
            "given": self._given,
            "imports": self._imports.now,
            "postponed": self._imports.later,
            "fonts": [] if self._cold else font_lists(),
            "cold": self._cold,
            "hidden_path": hidden,
        }
        return json.dumps(order).encode()

    def _stop(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_SECONDS)
            self._process.kill()
            self._process.wait()
            self._process = None
        if self._private is not None:  # it has been started
            remove(self._private)
            self._private = None


def remove(folder: Path) -> None:
    """Remove the folder in which boxes were, while the last of them may still be ending.

    Student's code may run there until then, so it is done with nothing but descriptors, which no exchange for a link
    can lead astray. What lies too deep for that, the boxes' supervisors remove when nobody is left.
    """
    end = time.monotonic() + REMOVE_SECONDS
    while True:
        with contextlib.suppress(RecursionError):
            shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists() or time.monotonic() > end:
            return
        time.sleep(0.1)


def trial(level: Level) -> Isolation:
    """Enter an empty box at this level.

    Raises
    ------
    BoxFault
        If it cannot be entered; the text says which part failed.
    """
    if sys.platform != "linux":
        raise BoxFault(f"{sys.platform} has no such sandbox")
    with Zygote(level=level, cold=True) as zygote, contextlib.closing(zygote.box()) as box:
        return box.isolation


@functools.cache
def best_level() -> Level:
    """The best level that this machine can do, found by trying.

    Raises
    ------
    BoxFault
        If there is none.
    """
    reasons = []
    for level in LEVELS:
        try:
            return trial(level).level
        except (BoxFault, OSError) as fault:
            reasons.append(f"level {level}: {fault}")
    raise BoxFault("student code cannot be held on this machine (" + "; ".join(reasons) + ")")


def clean_environment(home: str) -> dict[str, str]:
    """The environment of the zygote and of every box: nothing of ours but the folder of the interpreter."""
    one_thread = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
    return {
        "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
        "HOME": home,
        "LANG": "C.UTF-8",
        "MPLBACKEND": "agg",
        "MPLCONFIGDIR": f"{home}/matplotlib",
        "IPYTHONDIR": f"{home}/ipython",
        **dict.fromkeys(one_thread, "1"),
    }
