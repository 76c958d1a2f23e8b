"""Nothing of a student's runs in the judge, whatever a test does with a text or with bytes that came from there.

`eval` and `exec` of a text that does not stand in the test run it in the box. Refused are: unpickling anything that
names a class or a function; doctest, which runs what a docstring says; other libraries that run a text; running or
importing a file that the student may have written; starting a program, which could be given anything of theirs. An
archive of theirs is unpacked only where the test is. A path of theirs leads nowhere but into the folder of the test,
and a number of theirs opens nothing of this process.
"""

from __future__ import annotations

import errno
import os
import pickle
import re
import sys
import tarfile
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from types import CodeType, FrameType
from typing import TYPE_CHECKING, Any, Self

from autograder.judge.derived import parent
from autograder.judge.errors import CannotBeSplitError
from autograder.judge.facts import Facts
from autograder.judge.rewritten import CLASSES, METHOD, OURS, Classes, rewritten

if TYPE_CHECKING:
    from autograder.judge.link import Link

PROGRAMS = frozenset({"fc-list", "ldconfig", "lscpu", "uname"})
"""Programs that libraries start when they are imported, to learn about the machine."""

RUNNERS = frozenset({"bdb", "cProfile", "code", "jinja2", "numexpr", "profile", "sympy", "trace"})
"""Libraries that run a text, or what they make of one."""

UNSAFE = re.compile(r"\byaml\b.*\b(unsafe_load|unsafe_load_all|C?(Unsafe)?Loader)\b(?!\s*=)", re.DOTALL)
"""How a test mentions readers of YAML that call what a text names."""

TIMED = "<timeit-src>"
"""How `timeit` calls a text."""

_guarded: dict[int, Guard] = {}  # by thread: what watches over the test that runs there


class Guard:
    """Watches over one run of a test; entered where it runs.

    Parameters
    ----------
    is_foreign
        Says of a path whether the student may have written what lies there; None if nothing of theirs is here.
    texts
        The literal texts of the test.
    is_elsewhere
        Says of a path, and whether it is only to be read, whether it leads out of the test's folder.
    """

    def __init__(
        self,
        is_foreign: Callable[[str], bool] | None = None,
        texts: frozenset[str] = frozenset(),
        is_elsewhere: Callable[[str, bool], bool] | None = None,
    ) -> None:
        self._is_foreign, self._texts, self._is_elsewhere = is_foreign, texts, is_elsewhere
        self._kept_from: list[str] = []
        self._open: frozenset[int] = frozenset()

    def __enter__(self) -> Self:
        if not _hooked:
            tarfile.TarFile.extraction_filter = staticmethod(tarfile.data_filter)  # as Python 3.14 has it
            sys.addaudithook(watch)
            _hooked.append(True)
        self._open = open_files()
        _guarded[threading.get_ident()] = self
        return self

    def __exit__(self, *_: object) -> None:
        del _guarded[threading.get_ident()]
        if self._kept_from:  # the test may have swallowed it
            raise CannotBeSplitError(self._kept_from[0])

    def look(self, event: str, details: tuple[Any, ...]) -> None:
        """Keep the test from one thing that it is about to do.

        Raises
        ------
        UnpicklingError, CannotBeSplitError, OSError
            If it may not.
        """
        if event in REACHED:
            self._keep_off(details[: REACHED[event]])
            self._keep_near(event, details)
        if event == "pickle.find_class":
            raise pickle.UnpicklingError("a test may not unpickle what could be made by a student")
        if event == "compile" and str(details[1]).startswith("<doctest"):
            self._keep_from("doctest runs what is written in docstrings, which may be the student's")
        if self._is_foreign and any(map(self._is_foreign, code_paths(event, details))):
            self._keep_from("it runs a file that the student may have written")
        if event == "compile" and details[1] == TIMED and not self._is_of_the_test(sys._getframe(2)):  # noqa: SLF001 - see `TIMED`
            self._keep_from("timeit is given a text that does not stand in the test")
        if event == "exec" and str(sys._getframe(2).f_globals.get("__name__")).partition(".")[0] in RUNNERS:  # noqa: SLF001
            self._keep_from("it gives a text to a library that runs it, and the text may be the student's")
        if event in STARTS and not (event == "subprocess.Popen" and Path(os.fsdecode(details[0])).name in PROGRAMS):
            self._keep_from("it starts a program, which may be given something of the student's")

    def _keep_off(self, paths: tuple[Any, ...]) -> None:
        """Let a test not open, and then close, what this process had open before: a number that the student gave."""
        if any(isinstance(path, int) and path in self._open for path in paths) and by_the_test(sys._getframe(3)):  # noqa: SLF001 - whoever does it
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))

    def _keep_near(self, event: str, details: tuple[Any, ...]) -> None:
        """Let a test find no file outside of its folder, but where its text names it: the path may be the student's."""
        is_read = event == "open" and not (type(details[2]) is int and details[2] & WRITES)
        for path in paths_of(details[: REACHED[event]]):
            if (
                self._is_elsewhere
                and path not in self._texts
                and self._is_elsewhere(path, is_read)
                and by_the_test(sys._getframe(3))  # noqa: SLF001 - whoever does it
            ):
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)

    def _is_of_the_test(self, timer: FrameType) -> bool:
        """Whether a `timeit.Timer` compiles a text of the test's: first its set-up, then its statement, then both."""
        given = timer.f_locals
        text = given["stmt" if "stmtprefix" in given else "setup"]
        return "src" in given or text == "pass" or text in self._texts

    def _keep_from(self, reason: str) -> None:
        self._kept_from.append(reason)
        raise CannotBeSplitError(reason)


STARTS = frozenset({"subprocess.Popen", "os.system", "os.posix_spawn", "os.exec", "os.spawn", "os.fork", "os.forkpty"})
REACHED = {
    **dict.fromkeys(
        ("open", "os.remove", "os.rmdir", "os.truncate", "os.chmod", "shutil.rmtree", "sqlite3.connect"), 1
    ),
    **dict.fromkeys(("os.rename", "os.link", "os.symlink"), 2),
}
"""What reaches for a file, and how many paths it is told."""
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
OTHERS = ("importlib", "_frozen_importlib", "linecache", "tokenize", "autograder")
"""Modules that read files of their own on behalf of a test."""
WATCHED = STARTS | REACHED.keys() | {"pickle.find_class", "compile", "exec", "import", "ctypes.dlopen"}


def open_files() -> frozenset[int]:
    """The numbers of the files, pipes and sockets that are open; not of what tells of them."""
    return frozenset(number for number in map(int, os.listdir("/dev/fd")) if is_open(number))  # noqa: PTH208 - quickly


def is_open(number: int) -> bool:
    """Whether something is open under this number."""
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def code_paths(event: str, details: tuple[Any, ...]) -> list[str]:
    """From which files code is about to be taken."""
    if event == "compile":
        found = [details[1]]
    elif event == "exec":
        found = [getattr(details[0], "co_filename", None)]
    elif event == "import":  # of a library in machine code, or from archives
        found = [details[1], *(entry for entry in details[2] or () if Path(str(entry)).is_file())]
    elif event == "ctypes.dlopen":
        found = [details[0]]
    else:
        return []
    return paths_of(found)


def paths_of(found: Iterable[Any]) -> list[str]:
    """Those that are paths, as text."""
    return [os.fsdecode(path) for path in found if isinstance(path, str | bytes | os.PathLike)]


def by_the_test(frame: FrameType | None) -> bool:
    """Whether it is a test that does something, by itself or through a library."""
    while frame is not None and frame.f_code.co_filename != "<test>":
        if str(frame.f_globals.get("__name__")).partition(".")[0] in OTHERS:
            return False
        frame = frame.f_back
    return frame is not None


_hooked: list[bool] = []


def watch(event: str, details: tuple[Any, ...]) -> None:
    """Let the guard of this thread look at what Python is about to do; Python tells of each of these."""
    if event in WATCHED and (guard := _guarded.get(threading.get_ident())):
        guard.look(event, details)


def ours(link: Link, texts: frozenset[str]) -> dict[str, Any]:
    """What a test finds under the names to which its calls of builtins were written."""
    facts = Facts(link)

    def run(builtin: Callable[..., Any], text: Any, *scopes: Any) -> Any:
        if isinstance(text, CodeType):
            raise CannotBeSplitError("compiled code is run")
        if text in texts:
            frame = sys._getframe(2)  # noqa: SLF001 - as the builtin looks at its caller
            return (
                builtin(text, *scopes)
                if scopes
                else builtin(rewritten(text, builtin.__name__), frame.f_globals, frame.f_locals)
            )
        value, scope = link.ask(builtin.__name__, text, *scopes[:1])
        if scopes:
            scopes[-1].update(scope)
        return value

    return {
        OURS["type"]: facts.kind,
        OURS["getattr"]: facts.attribute,
        OURS["hasattr"]: facts.has,
        OURS["isinstance"]: facts.is_instance,
        OURS["issubclass"]: facts.is_subclass,
        METHOD: facts.method,
        CLASSES: Classes(facts.pattern),
        OURS["super"]: parent,
        OURS["eval"]: lambda text, *scopes: run(eval, text, *scopes),
        OURS["exec"]: lambda text, *scopes: run(exec, text, *scopes),
    }
