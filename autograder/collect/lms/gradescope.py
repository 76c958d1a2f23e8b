"""The zip of Gradescope's "Export Submissions": a folder for each submission, and who made it in one YAML file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from autograder.collect.lms.archive import Contents
from autograder.collect.lms.planned import Handed, Member
from autograder.collect.read import Unreadable

METADATA = "submission_metadata.yml"


def gradescope(members: Sequence[Member], assignment: str, contents: Contents) -> list[Handed]:
    """Read the members in the folders that the metadata describes; a group's work counts for each of the group."""
    del assignment  # one export holds one assignment
    found = [member for member in members if member.parts[-1] == METADATA and len(member.parts) <= 2]
    if not found:
        return []
    root, table = found[0].parts[:-1], _table(found[0], contents)
    handed = [Handed(found[0], METADATA, ())]
    for member in members:
        inner = member.parts[len(root) :]
        if member.parts[: len(root)] == root and len(inner) >= 2:
            handed += _handed(member, inner[0], inner[-1], table.get(inner[0]))
    return handed


def _table(member: Member, contents: Contents) -> Mapping[str, Any]:
    """The metadata, or nothing where it is not what it should be."""
    import yaml  # type: ignore[import-untyped]  # noqa: PLC0415 - only for this form; published without types

    try:
        table = yaml.load(contents.read(member), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe
    except (yaml.YAMLError, Unreadable, ValueError, RecursionError):
        return {}
    return table if isinstance(table, dict) else {}


def _handed(member: Member, folder: str, file: str, about: Any) -> Iterator[Handed]:
    about = about if isinstance(about, dict) else {}
    number = int(digits) if (digits := folder.rpartition("_")[2]).isdecimal() else 0
    time = _time(about.get(":created_at"))
    submitters = [one for one in about.get(":submitters") or () if isinstance(one, dict)] or [{}]
    for one in submitters:
        ids = (("number", _text(one.get(":sid"))), ("email", _text(one.get(":email"))), ("student", folder))
        known = tuple((kind, value) for kind, value in ids if value)
        yield Handed(member, file, known, _text(one.get(":name")), time, number=number, handed_in=folder, owned=True)


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _time(value: Any) -> datetime | None:
    """The time as Gradescope writes it, in UTC; YAML may have read it already."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
