"""The zip of Canvas's "Download Submissions": flat, everything in the file's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.collect.lms.archive import Contents
from autograder.collect.lms.planned import Handed, Member

_ANONYMOUS = re.compile(
    r"(?P<prefix>anon(?P<late>_LATE)?_(?P<id>[A-Za-z0-9]+)(?P<late2>_LATE)?_(?P<attachment>\d+))_(?P<file>.+)"
)
_NAMED = re.compile(r"(?P<prefix>(?P<name>.+?)(?P<late>_LATE)?_(?P<id>\d+)_(?P<attachment>\d+))_(?P<file>.+)")
_OTHER = re.compile(r".+?_(?P<id>\d+)_(?:text|link)\.html")

NOT_A_FILE = "It was typed or linked on Canvas, not handed in as a file."


def canvas(members: Sequence[Member], assignment: str, contents: Contents) -> list[Handed]:
    """Read the members that are named as Canvas names them."""
    del assignment, contents  # the names say it all
    return [handed for member in members if (handed := _handed(member)) is not None]


def _handed(member: Member) -> Handed | None:
    name = member.parts[-1]
    found = _ANONYMOUS.fullmatch(name)
    if found:
        ids, person = (("anonymous", found["id"]),), ""
        late = bool(found["late"] or found["late2"])
    else:
        found = _NAMED.fullmatch(name)
        if found is None:
            return None
        ids, person, late = (("canvas", found["id"]),), found["name"], found["late"] is not None
    number = int(found["attachment"])
    return Handed(member, found["file"], ids, person, late=late, number=number, handed_in=found["prefix"])


def typed_on_canvas(member: Member) -> bool:
    """Whether a member is a text or a link that somebody entered instead of a file."""
    return _OTHER.fullmatch(member.parts[-1]) is not None
