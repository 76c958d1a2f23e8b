"""Look into zip files and folders without unpacking them, and take out one member at a time."""

from __future__ import annotations

import os
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from autograder.collect.lms.planned import ArchiveLimits, CollectError, Member, Problem
from autograder.collect.names import archive, hidden_control, is_notebook, junk, refusal
from autograder.collect.read import Unreadable, read

DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError,
)  # fmt: skip
"""What the standard library raises over an archive that was made wrong, or made to be."""

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_UTF8 = 0x800


class Listing:
    """The harmless members of one source, and what was refused of it."""

    def __init__(self, path: Path, limits: ArchiveLimits) -> None:
        self.path, self.limits = path, limits
        self.members: list[Member] = []
        self.problems: list[Problem] = []
        self._names: set[str] = set()
        self._total = 0

    def refuse(self, name: str, code: str, message: str) -> None:
        """Keep a refusal; the name "" stands for the whole source."""
        self.problems.append(Problem(str(self.path), name, code, message))

    def add(self, name: str, size: int, crc: int, index: int = -1) -> None:
        """Keep a member that was found harmless."""
        path = unicodedata.normalize("NFC", name.replace("\\", "/"))
        if path in self._names:
            self.refuse(name, "duplicate", "There is another member of this name; the first one counts.")
        elif self._total + size > self.limits.total_mb * 1_000_000:
            self.refuse(name, "total", f"With it the archive would unpack to more than {self.limits.total_mb} MB.")
        else:
            self._names.add(path)
            self._total += size
            self.members.append(Member(self.path, path, size, crc, index))


def look_into(path: Path, limits: ArchiveLimits) -> Listing:
    """List the members of an archive, a folder or a single notebook.

    Raises
    ------
    CollectError
        If there is nothing of this name.
    """
    listing = Listing(path, limits)
    if path.is_dir():
        _look_into_folder(listing)
    elif not path.exists():
        raise CollectError(f"There is no file or folder {path}.")
    elif is_notebook(path.name):
        _add_file(listing, path, path.name)
    elif zipfile.is_zipfile(path):
        _look_into_zip(listing)
    else:
        listing.refuse("", "not-zip", "This is not a zip file. Unpack it by hand, and collect the folder.")
    return listing


def _look_into_zip(listing: Listing) -> None:
    try:
        with zipfile.ZipFile(listing.path) as opened:
            entries = opened.infolist()
    except DAMAGED as error:
        listing.refuse("", "damaged", f"The archive is damaged ({error}). Download it again.")
        return
    for index, entry in enumerate(entries[: listing.limits.members]):
        name = entry_name(entry)
        if junk(name) or (entry.is_dir() and not refusal(name)):
            continue
        reason = refusal(name) or entry_refusal(entry, listing.limits)
        if reason:
            listing.refuse(name, *reason)
        else:
            listing.add(name, entry.file_size, entry.CRC, index)
    if len(entries) > listing.limits.members:
        left = len(entries) - listing.limits.members
        listing.refuse("", "members", f"It holds more than {listing.limits.members} members; {left} were left out.")


def entry_name(entry: zipfile.ZipInfo) -> str:
    """A member's name as it was written: with its NUL, and as UTF-8 where a Mac forgot to say so."""
    name = entry.orig_filename
    if not entry.flag_bits & _UTF8 and not name.isascii():
        try:
            return name.encode("cp437").decode("utf-8")
        except UnicodeError:
            return name
    return name


def entry_refusal(entry: zipfile.ZipInfo, limits: ArchiveLimits) -> tuple[str, str] | None:
    """Why a member is refused for what its header declares, or None."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "link", "It is a symbolic link."
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "special", "It is not an ordinary file."
    if entry.flag_bits & _ENCRYPTED:
        return "encrypted", "It is encrypted."
    if entry.compress_type not in _METHODS:
        return "method", f"It is compressed by a method that is not read (number {entry.compress_type})."
    if entry.file_size > limits.member_mb * 1_000_000:
        return "large", f"It unpacks to {entry.file_size / 1e6:.0f} MB; {limits.member_mb} MB are allowed."
    if entry.file_size > 1_000_000 and entry.file_size > limits.ratio * max(1, entry.compress_size):
        return "bomb", f"It unpacks to more than {limits.ratio} times its size."
    if archive(entry.filename):
        return "nested", "It is an archive in an archive, which is not opened."
    return None


def _look_into_folder(listing: Listing) -> None:
    for number, (path, name) in enumerate(_walk(listing.path, "")):
        if number >= listing.limits.members:
            listing.refuse("", "members", f"It holds more than {listing.limits.members} files; the rest was left out.")
            return
        if not junk(name):
            _add_file(listing, path, name)


def _walk(folder: Path, before: str) -> Iterator[tuple[Path, str]]:
    """Files below a folder, by name; links are yielded and never followed."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            name = before + entry.name
            if entry.is_dir(follow_symlinks=False) and name.count("/") < 16:
                yield from _walk(Path(entry.path), f"{name}/")
            else:
                yield Path(entry.path), name


def _add_file(listing: Listing, path: Path, name: str) -> None:
    """Add one file of a folder, or refuse it."""
    limit = listing.limits.member_mb * 1_000_000
    if hidden_control(name):
        listing.refuse(name, "control", "Its name holds control characters or changes the direction of writing.")
    elif path.is_symlink():
        listing.refuse(name, "link", "It is a symbolic link.")
    elif archive(name):
        listing.refuse(name, "nested", "It is an archive in a folder. To collect it, name the archive itself.")
    else:
        try:
            content = read(path, limit)
        except (Unreadable, OSError) as error:
            listing.refuse(name, "unreadable", str(error))
        else:
            listing.add(name, len(content), zlib.crc32(content))


class Contents:
    """Takes out members one at a time; each archive is opened once."""

    def __init__(self) -> None:
        self._open: dict[Path, zipfile.ZipFile] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for opened in self._open.values():
            opened.close()

    def read(self, member: Member) -> bytes:
        """The bytes of one member, never more of them than its header declared.

        Raises
        ------
        Unreadable
            If they are not what was seen when the collection was planned.
        """
        try:
            data = self._from_folder(member) if member.index < 0 else self._from_zip(member)
        except DAMAGED as error:
            raise Unreadable(f"It cannot be unpacked ({error}).") from error
        if len(data) != member.size or zlib.crc32(data) != member.crc:
            raise Unreadable("It is not what it was when the collection was planned.")
        return data

    def _from_zip(self, member: Member) -> bytes:
        if member.source not in self._open:
            self._open[member.source] = zipfile.ZipFile(member.source)
        opened = self._open[member.source]
        with opened.open(opened.infolist()[member.index]) as file:
            return file.read(member.size + 1)

    def _from_folder(self, member: Member) -> bytes:
        path = member.source if member.source.is_file() else member.source / member.name
        return read(path, member.size)
