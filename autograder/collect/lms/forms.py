"""Recognise the form of a download by how many of its files are named as that form names them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from autograder.collect.lms.archive import Contents
from autograder.collect.lms.canvas import NOT_A_FILE, canvas, typed_on_canvas
from autograder.collect.lms.gradescope import METADATA, gradescope
from autograder.collect.lms.moodle import moodle
from autograder.collect.lms.nbgrader import TIMESTAMP, nbgrader
from autograder.collect.lms.plain import flat, folders
from autograder.collect.lms.planned import Handed, Member, Unmatched
from autograder.collect.names import is_notebook

Reader = Callable[[Sequence[Member], str, Contents], list[Handed]]

FORMS: dict[str, Reader] = {
    "gradescope": gradescope,
    "moodle": moodle,
    "canvas": canvas,
    "nbgrader": nbgrader,
    "folders": folders,
    "flat": flat,
}
"""The most particular form first: the first one that explains half of the notebooks is it."""


def recognise(members: Sequence[Member], assignment: str, contents: Contents) -> tuple[str, list[Handed]]:
    """The form's name and what was handed in, or ("", []) where no form fits."""
    notebooks = [member for member in members if is_notebook(member.parts[-1])]
    for form, reader in FORMS.items():
        handed = reader(members, assignment, contents)
        explained = {one.member for one in handed}
        if handed and 2 * sum(member in explained for member in notebooks) >= len(notebooks):
            return form, handed
    return "", []


def left_over(
    members: Sequence[Member], handed: Sequence[Handed], form: str, assignment: str, taken: Collection[Member]
) -> list[Unmatched]:
    """The files that are nobody's notebook and were not taken along with one, each with the reason."""
    explained = {one.member for one in handed if is_notebook(one.file)} | set(taken)
    return [
        Unmatched(str(member.source), member.name, _reason(member, form, assignment))
        for member in members
        if member not in explained and member.parts[-1] not in (METADATA, TIMESTAMP)
    ]


def _reason(member: Member, form: str, assignment: str) -> str:
    if form == "canvas" and typed_on_canvas(member):
        return NOT_A_FILE
    if not is_notebook(member.parts[-1]):
        return "It is not a notebook."
    if form == "nbgrader":
        return f"It does not lie in a student's folder {assignment!r}."
    return f"Its name does not say whose it is ({form or 'no form that is known'})."
