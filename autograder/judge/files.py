"""Files of a test and of the student's code: each finds what the other has written.

A test that has to do with files runs in a folder of its own, in which the release's files lie; beside it is one for
temporary files. What they hold is kept in step with the two folders of the box, and a path below them means the same on
both sides. Nothing that the box says comes to lie elsewhere, is followed as a link, or is imported; a release's file is
never replaced.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
import re
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from autograder.judge.link import Link
    from autograder.records import FilePath

T = TypeVar("T", str, bytes)

NAME = re.compile(r"[\w./ -]+\.[A-Za-z]\w{0,7}")
"""What a text must look like to be taken for the name of a file."""

MENTIONED = re.compile(
    r"\b(tempfile|pathlib|glob|shutil|zipfile|tarfile|gzip|bz2|lzma|shelve|dbm|sqlite3|fileinput|configparser)\b"
    r"|\b(getcwd|FileIO|FileHandler|urlopen|urlretrieve)\b|\b(open|Path|imread|imsave|savefig|tofile)\("
    r"|\b(load|save|savez|savez_compressed|loadtxt|savetxt|genfromtxt|fromfile|memmap|parse)\("
    r"|\bos\.(path|listdir|scandir|f?walk|mkdir|makedirs|remove|unlink|renames?|replace|rmdir|removedirs|chdir|l?stat)\b"
    r"|\bos\.(access|chmod|link|symlink|truncate|utime)\b|\b(from|import) (os|io)(\.path)? (import|as)\b"
)
"""What a test mentions that has to do with files, whatever their names."""

COMPILED = (".pyc", ".pyd", ".so")
"""Nobody reads such a file but to run it."""
NEVER = ("", ".", "..", "__pycache__", "matplotlibrc", ".pdbrc")
"""What no file or folder of the box may be called."""
MANY, MAX_BYTES, LONGEST, DEEPEST = 1_000, 8_000_000, 300, 20
"""How much of the box's may come at once: files and folders, bytes of all, letters of a name, folders in each other."""
IN_ALL = 4
"""How many times as much may lie here."""
A_WHILE = 60_000_000_000
"""A file that says to have been changed so many nanoseconds before the test or after has its time from the test."""
PARTS = ("work", "tmp")
LIBRARIES = (
    *(os.path.realpath(place) for place in (sys.prefix, sys.base_prefix)),
    *("/usr/share", "/usr/lib", "/usr/local/share", "/etc/mime.types"),
)
"""Where libraries have what they read."""
OWN = Path(__file__).parents[2]
"""Where this program lies: in a copy of its repository, beside the sources of releases."""


def has_files(source: str, texts: Iterable[str]) -> bool:
    """Whether a test has to do with files: it names one, or what makes them."""
    return bool(MENTIONED.search(source)) or any(NAME.fullmatch(text) and is_below(text) for text in texts)


def is_below(name: str) -> bool:
    """Whether this is a plain path that cannot lead out of a folder."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and str(path) == name and len(name) < 100


def may_come(name: Any) -> bool:
    """Whether what the box calls so may lie here."""
    if type(name) is not str or len(name) > LONGEST or not name.isprintable() or name.endswith(COMPILED):
        return False
    first, *parts = name.removesuffix("/").split("/")
    plain = not any(part in NEVER or "\\" in part for part in parts)
    return first in PARTS and 0 < len(parts) <= DEEPEST and plain


def leads_out(path: str, is_read: bool, place: Path | None = None) -> bool:
    """Whether this is neither in a test's folder nor a library's, to be read; a test that has none reads anything."""
    try:
        whole = Path(path).resolve()
    except FileNotFoundError:  # from a folder that is gone, nothing is reached
        return False
    if is_read and place is None:
        return False
    found = [Path(entry).resolve() for entry in sys.path if Path(entry).is_absolute()] if is_read else []
    allowed = [Path(os.devnull), *([place] if place else [])]
    readable = [*map(Path, LIBRARIES * is_read), *(entry for entry in found if not OWN.is_relative_to(entry))]
    return not any(whole.is_relative_to(one) for one in (*allowed, *readable))


class Folder:
    """The folder of one run of a test; `root` is the box's own."""

    def __init__(self, link: Link, given: Iterable[tuple[str, bytes]]) -> None:
        self._link, self._given = link, {f"work/{name}": content for name, content in given}
        self._kept = {name.casefold() for name in self._given}
        self._known: dict[str, bytes] = {}
        self._begun = time.time_ns()
        self._times: dict[str, int] = {}
        self._sizes: dict[str, int] = {}
        self._place, self._here = Path(), "work"
        self._root, self._there = "", re.compile("(?!)")

    def is_foreign(self, path: str) -> bool:
        """Whether the student may have written what lies there: a file in this folder, and not as the release has it.

        What lies in an archive is asked for by a path that goes through a file.
        """
        whole = Path(path).resolve()
        file = next((one for one in (whole, *whole.parents) if one.is_file()), None)
        if file is None or not file.is_relative_to(self._place):
            return False
        return self._given.get(str(file.relative_to(self._place))) != file.read_bytes()

    def is_elsewhere(self, path: str, is_read: bool) -> bool:
        """Whether this is neither in this folder nor, to be read, a library's: a test has no business there."""
        return leads_out(path, is_read, self._place)

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        """Work in it."""
        before, path, temporary = Path.cwd(), sys.path[:], (tempfile.tempdir, tempfile._name_sequence)  # type: ignore[attr-defined]  # noqa: SLF001 - see below
        place = self._place = Path(tempfile.mkdtemp(prefix="seedbed-test-")).resolve()
        try:
            for part in PARTS:
                (place / part).mkdir()
            os.chdir(place / "work")
            tempfile.tempdir = str(place / "tmp")
            # the same names each time, so that a test puts the same questions
            tempfile._name_sequence = map("{:08x}".format, itertools.count())  # type: ignore[attr-defined]  # noqa: SLF001 - there is no other way
            sys.path[:] = [entry for entry in sys.path if entry not in ("", ".")]
            for name, content in self._given.items():
                write(place / name, content)
                os.utime(place / name, ns=(self._begun, self._begun))
                self._known[name] = digest(content)
            self.fetch()
            self._link.before.append(self.hand_over)
            self._link.after.append(self.fetch)
            self._link.crossing.folder = self
            yield
            self.hand_over()
        finally:
            os.chdir(before)
            sys.path[:] = path
            tempfile.tempdir, tempfile._name_sequence = temporary  # type: ignore[attr-defined]  # noqa: SLF001 - see above
            shutil.rmtree(place, ignore_errors=True)

    # --- what lies there ---

    def fetch(self) -> None:
        """Bring what the student's code has written, and go to where it has gone."""
        reply = self._link.put("folder", self._known)
        if type(reply.value) is not list or len(reply.value) != 4:
            return
        root, here, found, same = reply.value
        if type(found) is not dict or type(same) is not list or not self._is_root(root):
            return
        there = {name: content for name, content in found.items() if may_come(name) and type(content) is bytes}
        if len(there) > MANY or sum(map(len, there.values())) > MAX_BYTES:
            return
        kept = {*there, *(name for name in same if type(name) is str)}
        for name in sorted(self._known.keys() - kept, reverse=True):
            self._change(name, None)
        for name in sorted(there):
            self._change(name, there[name])
        if here != self._here and (here in PARTS or may_come(here)) and (path := self._whole(here)) and path.is_dir():
            self._here = here
            os.chdir(path)

    def _is_root(self, root: Any) -> bool:
        """Whether this can be the box's own folder; then its paths are known by it."""
        if root != self._root:
            if type(root) is not str or len(root) > LONGEST or not re.fullmatch(r"/[\w./-]*\w", root):
                return False
            self._root = root
            self._there = re.compile(rf"(?<![\w./-]){re.escape(root)}(?=/(work|tmp)(?![\w.-]))")
        return True

    def _whole(self, name: str) -> Path | None:
        """Where this lies, if no link leads there and nothing but a file or a folder is there."""
        path = self._place / name
        with contextlib.suppress(OSError):
            mode = path.lstat().st_mode if os.path.lexists(path) else stat.S_IFREG
            plain = stat.S_ISREG(mode) or stat.S_ISDIR(mode)
            return path if plain and path.parent.resolve() == path.parent else None
        return None

    def _change(self, name: str, content: bytes | None) -> None:
        """Give a file or a folder this content, or remove it; not one of the release's."""
        path = self._whole(name)
        if path is None or name.removesuffix("/").casefold() in self._kept:
            return
        sizes = {other: size for other, size in self._sizes.items() if other != name}
        if content is not None and (len(sizes) >= IN_ALL * MANY or sum(sizes.values()) > IN_ALL * MAX_BYTES):
            return
        self._sizes = sizes if content is None else {**sizes, name: len(content)}
        with contextlib.suppress(OSError):
            if content is None:
                del self._known[name]
                path.rmdir() if name.endswith("/") else path.unlink()
            else:
                path.mkdir(exist_ok=True) if name.endswith("/") else write(path, self.here(content))
                self._known[name] = digest(content)

    def hand_over(self) -> None:
        """Give the box what the test has written, and have it go to where the test has gone."""
        told = self._times
        now = self._held()
        digests = {name: self._known[name] if content is None else digest(content) for name, content in now.items()}
        changed = {name: now[name] for name in now if digests[name] != self._known.get(name)}
        changed |= dict.fromkeys(self._known.keys() - now.keys())
        before = self._here
        with contextlib.suppress(OSError):  # the test may be in a folder that is gone
            here = Path.cwd()
            if here.is_relative_to(self._place) and here != self._place:
                self._here = str(here.relative_to(self._place))
        moved = self._here if self._here != before else None
        times = {name: time for name, time in self._times.items() if name in changed or told.get(name) != time}
        if changed or moved or times:
            self._known = digests
            self._link.put("lay", changed, moved, *([times] if times else []))

    def _held(self) -> dict[str, bytes | None]:
        """What lies here, with its content; None of a release's file that nobody has touched. Links are left out."""
        found: dict[str, bytes | None] = {}
        self._times = {}
        for part in PARTS:
            for path in sorted((self._place / part).rglob("*")):
                name, known = str(path.relative_to(self._place)), path.lstat()
                if stat.S_ISDIR(known.st_mode):
                    found[f"{name}/"] = b""
                elif stat.S_ISREG(known.st_mode):
                    is_as_given = name in self._given and name in self._known and known.st_mtime_ns == self._begun
                    found[name] = None if is_as_given else self.there(path.read_bytes())
                    if abs(known.st_mtime_ns - self._begun) > A_WHILE:
                        self._times[name] = known.st_mtime_ns
        return found

    # --- paths ---

    def there(self, value: Any) -> Any:
        """A text or a path as the box has to have it; what a file holds is one as well, if it is no binary one."""
        if isinstance(value, PurePath):
            return type(value)(self.there(str(value)))
        if isinstance(value, bytes):
            return (
                self.there(value.decode()).encode() if os.fsencode(self._place) in value and is_text(value) else value
            )
        return value.replace(str(self._place), self._root) if self._root else value

    def here(self, value: T) -> T:
        """A text of the box, with its paths as they are here."""
        if isinstance(value, str):
            return self._there.sub(str(self._place), value)
        if isinstance(value, bytes) and self._root.encode() in value and is_text(value):
            return self.here(value.decode()).encode()
        return value

    def path(self, value: FilePath) -> Any:
        """A path of the box as it is here; None where it leads to another place."""
        text = self.here(value.text)
        path = PurePosixPath(text)
        lies_here = not path.is_absolute() or path.is_relative_to(self._place)
        return value.kind(text) if lies_here and ".." not in path.parts else None


def is_text(content: bytes) -> bool:
    """Whether one can put a longer path into this."""
    with contextlib.suppress(UnicodeDecodeError):
        return "\0" not in content.decode()
    return False


def digest(content: bytes) -> bytes:
    """By what the content of a file is known on both sides."""
    return hashlib.sha256(content).digest()


def write(path: Path, content: bytes) -> None:
    """Give a file this content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
