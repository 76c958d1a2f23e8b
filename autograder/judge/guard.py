"""Nothing of a student's runs in the judge, whatever a test does with a text or with bytes that came from there.

`eval` and `exec` of a text that does not stand in the test run it in the box. Refused are: unpickling anything that
names a class or a function; doctest, which runs what a docstring says; other libraries that run a text; running or
importing a file that the student may have written; starting a program, which could be given anything of theirs. An
archive of theirs is unpacked only where the test is. A path of theirs leads nowhere but into the folder of the test,
and a number of theirs opens nothing of this process.
"""

from __future__ import annotations

import builtins
import contextlib
import errno
import functools
import io
import operator
import os
import pickle
import re
import sqlite3
import sys
import tarfile
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from types import CodeType, FrameType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import unquote, urlsplit

from autograder.judge.derived import parent
from autograder.judge.errors import CannotBeSplitError
from autograder.judge.facts import Facts
from autograder.judge.files import LIBRARIES, OWN, leads_out
from autograder.judge.rewritten import CLASSES, METHOD, OURS, Classes, rewritten

if TYPE_CHECKING:
    from autograder.judge.link import Link

PROGRAMS = frozenset({"fc-list", "ldconfig", "lscpu", "uname"})
"""Programs that libraries start when they are imported, to learn about the machine."""

RUNNERS = frozenset({"bdb", "cProfile", "code", "jinja2", "logging", "numexpr", "pdb", "profile", "sympy", "trace"})
"""Libraries that run a text, or what they make of one."""

ATTACHING = ("attach", "vacuum")
"""What a text of SQL mentions that opens another file."""

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
        Says of a path, and whether it is only to be read, whether it leads out of the test's folder; without one, of
        all that is to be changed.
    """

    def __init__(
        self,
        is_foreign: Callable[[str], bool] | None = None,
        texts: frozenset[str] = frozenset(),
        is_elsewhere: Callable[[str, bool], bool] = leads_out,
    ) -> None:
        self._is_foreign, self._texts, self._is_elsewhere = is_foreign, texts, is_elsewhere
        self._kept_from: list[str] = []
        self._open: frozenset[int] = frozenset()

    def __enter__(self) -> Self:
        if not _hooked:
            tarfile.TarFile.extraction_filter = staticmethod(tarfile.data_filter)  # as Python 3.14 has it
            sys.addaudithook(watch)
            _hooked.append(True)
        self._open = descriptors()
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
            numbers = [one for one in details[: REACHED[event]] if isinstance(one, int)]
            self.keep_off(numbers, sys._getframe(2))  # noqa: SLF001 - whoever does it
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

    def keep_off(self, numbers: Iterable[int], frame: FrameType) -> None:
        """Let a test not open, and then close, what this process had open before: a number may be the student's."""
        if self._open.intersection(numbers) and by_the_test(frame):
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))

    def _keep_near(self, event: str, details: tuple[Any, ...]) -> None:
        """Let a test find no file outside of its folder, but where its text names it: the path may be the student's."""
        is_read = event in LOOKS or (event == "open" and not (type(details[2]) is int and details[2] & WRITES))
        for path in paths_of(details[: REACHED[event]]):
            place = unquote(urlsplit(path).path) if event == "sqlite3.connect" and path.startswith("file:") else path
            is_named = path in self._texts and (is_read or not is_around(place))
            if (
                not (is_named or (event == "sqlite3.connect" and place in ("", ":memory:")))
                and by_the_test(sys._getframe(3))  # noqa: SLF001 - whoever does it
                and self._is_elsewhere(place, is_read)
            ):
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)

    def mentions(self, words: Iterable[str]) -> bool:
        """Whether a text of the test has one of these in it."""
        return any(word in text.lower() for text in self._texts for word in words)

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
        (
            *("open", "os.remove", "os.rmdir", "os.truncate", "os.chmod", "shutil.rmtree", "sqlite3.connect"),
            *("os.mkdir", "os.chown", "os.utime", "os.setxattr", "os.removexattr"),
            *("os.chdir", "os.listdir", "os.scandir"),
        ),
        1,
    ),
    **dict.fromkeys(("os.rename", "os.link", "os.symlink"), 2),
}
"""What reaches for a file, and how many paths it is told."""
LOOKS = ("os.chdir", "os.listdir", "os.scandir")
"""Which of these change nothing."""
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
OTHERS = ("importlib", "_frozen_importlib", "linecache", "tokenize", "autograder")
"""Modules that read files of their own on behalf of a test."""
LENDS, CALLS = "autograder.judge.lent", ("autograder.judge.crossing", "called_back")
"""But not where they do what the student's code asks of something that the test has given."""
WATCHED = STARTS | REACHED.keys() | {"pickle.find_class", "compile", "exec", "import", "ctypes.dlopen"}


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
        name = str(frame.f_globals.get("__name__"))
        if name == CALLS[0] and frame.f_code.co_name == CALLS[1]:
            return True
        if name.partition(".")[0] in OTHERS and name not in (__name__, LENDS):
            return False
        frame = frame.f_back
    return frame is not None


def is_around(path: str) -> bool:
    """Whether the test works there, or in a folder below it."""
    with contextlib.suppress(FileNotFoundError):  # it may have removed where it is
        return Path.cwd().is_relative_to(Path(path).resolve())
    return True


def descriptors() -> frozenset[int]:
    """The files that this process has open."""
    return frozenset(number for number in map(int, os.listdir("/dev/fd")) if is_open(number))  # noqa: PTH208 - as numbers


def is_open(descriptor: int) -> bool:
    """Whether there is an open file of this number."""
    with contextlib.suppress(OSError):
        os.fstat(descriptor)
        return True
    return False


def prepare() -> None:
    """Let functions that Python does not tell enough of look at who calls them; again is the same as once."""
    if not hasattr(builtins.open, "watched"):
        builtins.open = io.open = opening(builtins.open)
        sqlite3.connect = connecting(sqlite3.connect)


def opening(plain: Callable[..., Any]) -> Callable[..., Any]:
    """`open`, which may be given a number."""

    @functools.wraps(plain)
    def known(file: Any, *args: Any, **named: Any) -> Any:
        guard = _guarded.get(threading.get_ident())
        if guard and not issubclass(type(file), str | bytes | os.PathLike):  # not `isinstance`: it would ask a stand-in
            file = operator.index(file)
            guard.keep_off([file], sys._getframe(1))  # noqa: SLF001 - whoever does it
        return plain(file, *args, **named)

    known.watched = True  # type: ignore[attr-defined]  # so that it is not wrapped twice
    return known


def connecting(plain: Callable[..., Any]) -> Callable[..., Any]:
    """`sqlite3.connect`; a query can open other files, and may be the student's."""

    @functools.wraps(plain)
    def known(*args: Any, **named: Any) -> Any:
        made, guard = plain(*args, **named), _guarded.get(threading.get_ident())
        by = sys._getframe(1).f_code.co_filename  # noqa: SLF001 - a release's module may have connected before the test
        if not guard.mentions(ATTACHING) if guard else not by.startswith((*LIBRARIES, str(OWN))):
            made.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        return made

    return known


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
