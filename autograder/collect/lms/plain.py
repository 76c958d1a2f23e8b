"""Folders that people made: one for each student, or one notebook for each student."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.collect.lms.archive import Contents
from autograder.collect.lms.planned import Handed, Member
from autograder.collect.names import is_called, is_notebook, stem, without_rename


def folders(members: Sequence[Member], assignment: str, contents: Contents) -> list[Handed]:
    """Read `<student>/.../<file>`, below a common top folder or not; notebooks beside the folders count as `flat`."""
    skip = _common(members, assignment)
    found = [
        Handed(member, member.parts[-1], (("student", member.parts[skip]),), owned=True)
        for member in members
        if len(member.parts) > skip + 1
    ]
    return found + flat(members, assignment, contents) if found else []


def flat(members: Sequence[Member], assignment: str, contents: Contents) -> list[Handed]:
    """Read `<student>.ipynb`, in a common top folder or not. A renamed copy counts for whom it is a copy of."""
    del contents  # the names say it all
    skip = _common(members, assignment)
    found = [member for member in members if len(member.parts) == skip + 1 and is_notebook(member.parts[-1])]
    known = {stem(member.parts[-1]) for member in found}
    return [_flat(member, known) for member in found]


def _flat(member: Member, known: set[str]) -> Handed:
    """One notebook, whose stem is the student's name unless it is a copy of another one."""
    file = member.parts[-1]
    original = without_rename(stem(file))
    copy = original in known and original != stem(file)
    return Handed(member, file, (("student", original if copy else stem(file)),))


def _common(members: Sequence[Member], assignment: str) -> int:
    """How many top folders all members share, not counting a folder that is a student's own."""
    if not members or any(len(member.parts) < 2 or member.parts[0] != members[0].parts[0] for member in members):
        return 0
    notebooks = [member for member in members if is_notebook(member.parts[-1])]
    in_it = [member.parts[-1] for member in notebooks if len(member.parts) == 2]
    if any(is_called(file, assignment) for file in in_it):
        return 0
    owners = len(in_it) + len({member.parts[1] for member in notebooks if len(member.parts) > 2})
    return 1 if owners > 1 else 0
