"""Folders that nbgrader made: the course's `submitted/`, and the exchange's `inbound/`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

from autograder.collect.lms.archive import Contents
from autograder.collect.lms.planned import Handed, Member
from autograder.collect.read import Unreadable

TIMESTAMP = "timestamp.txt"
_INBOUND = re.compile(r"(?P<student>.+)\+(?P<assignment>[^+]+)\+(?P<time>\d{4}-\d\d-\d\d [^+]*(?:\+\d{4})?)(?:\+.*)?")
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d{1,6})?)(?: ?(UTC|GMT|Z|[+-]\d\d:?\d\d))?")


def nbgrader(members: Sequence[Member], assignment: str, contents: Contents) -> list[Handed]:
    """Read the members at `<student>/<assignment>/<file>` and at `<student>+<assignment>+<time>+<key>/<file>`."""
    times = {member.parts[:-1]: member for member in members if member.parts[-1] == TIMESTAMP}
    handed = []
    for member in members:
        *above, folder, file = ("", "", *member.parts)
        inbound = _INBOUND.fullmatch(folder)
        if inbound and inbound["assignment"] == assignment:
            student, time = inbound["student"], parse_time(inbound["time"])
        elif folder == assignment and above[-1]:
            student, time = above[-1], _stamp(times.get(member.parts[:-1]), contents)
        else:
            continue
        handed.append(Handed(member, file, (("student", student),), time=time, owned=True))
    return handed


def _stamp(member: Member | None, contents: Contents) -> datetime | None:
    if member is None or member.size > 200:
        return None
    try:
        return parse_time(contents.read(member).decode("utf-8", "replace"))
    except Unreadable:
        return None


def parse_time(text: str) -> datetime | None:
    """A time as nbgrader writes it, in UTC; without a zone it is UTC, as nbgrader takes it."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    zone = found[3] or "UTC"
    offset = timedelta(0)
    if zone[0] in "+-":
        digits = zone[1:].replace(":", "")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:])) * (-1 if zone[0] == "-" else 1)
    try:
        return datetime.fromisoformat(f"{found[1]} {found[2]}").replace(tzinfo=timezone(offset)).astimezone(UTC)
    except ValueError:
        return None


def written_time(time: datetime) -> str:
    """A time as nbgrader reads it from `timestamp.txt`."""
    return time.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
