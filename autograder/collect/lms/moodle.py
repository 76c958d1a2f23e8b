"""The zip of Moodle's "Download all submissions": one folder per student, or (older) one file with a long name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.collect.lms.archive import Contents
from autograder.collect.lms.planned import Handed, Member

_FOLDER = re.compile(r"(?P<name>.+?)_(?P<participant>\d+)_assignsubmission_file_?")
_FLAT = re.compile(r"(?P<name>.+?)_(?P<participant>\d+)_assignsubmission_file_(?P<file>.+)")


def moodle(members: Sequence[Member], assignment: str, contents: Contents) -> list[Handed]:
    """Read the members that are named as Moodle names them."""
    del assignment, contents  # the names say it all
    return [handed for member in members if (handed := _handed(member)) is not None]


def _handed(member: Member) -> Handed | None:
    *folders, file = member.parts
    for folder in folders:
        found = _FOLDER.fullmatch(folder)
        if found:
            return _made(member, found, file, folder, owned=True)
    found = _FLAT.fullmatch(file)
    return _made(member, found, found["file"], f"{found['name']}_{found['participant']}") if found else None


def _made(member: Member, found: re.Match[str], file: str, handed_in: str, owned: bool = False) -> Handed:
    ids = (("participant", found["participant"]),)
    return Handed(member, file, ids, found["name"], handed_in=handed_in, owned=owned)
