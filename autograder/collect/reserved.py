"""Names that are the release's own, in whatever spelling."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

_MODULE = (".py", ".pyc", ".pyd", ".so")


class Reserved:
    """The names of these files, and whatever Python would import in the place of one of them."""

    def __init__(self, names: Iterable[str]) -> None:
        files = [PurePosixPath(spelling(name)) for name in names]
        self._names = {name for file in files for name in (file, *module(file))}
        self._folders = {folder for file in files for folder in file.parents}

    def covers(self, name: str) -> bool:
        """Whether a file of this name would stand in the place of one of them, or in its way."""
        file = PurePosixPath(spelling(name))
        return file in self._folders or not self._names.isdisjoint((file, *file.parents, *module(file)))


def module(file: PurePosixPath) -> Iterator[PurePosixPath]:
    """The module that a file is, if it is one."""
    if file.suffix in _MODULE:
        yield file.with_name(file.name.split(".", maxsplit=1)[0] or file.name)


def spelling(name: str) -> str:
    """What all spellings of a name have in common: case, width and composition make no difference to some disks."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
