"""Put a submitted notebook back into the frame that the release fixes, and say what was put back."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from typing import Literal

from autograder.collect.parse import SubmittedCell, parse
from autograder.collect.read import Unreadable
from autograder.records import Cell, Notebook, Notice, Release, Step

FIXED = ("test", "given", "demonstration")
"""Kinds of cell whose text is always the release's."""

DEFINED = re.compile(r"^(?:(?:async )?def |class )?([^\W\d]\w*) *(?:\(|:|=(?!=))", re.MULTILINE)
"""How a name is given to something, at the beginning of a line."""


def restore(data: bytes, release: Release) -> Notebook:
    """Turn the bytes of a submission into the steps that are run.

    The student's own code stays as it is, in its order. Cells that the student may not change get the text of the
    release; those that are gone are put back after the cell they follow in the release; a second copy of one counts
    as the student's own code where it differs, and is left out where it does not.

    Raises
    ------
    Unreadable
        If the bytes are not a notebook, or clearly that of something else: nothing in it is of this assignment.
    """
    submitted = parse(data)
    frame = Frame(release, older=bool(submitted.release) and not release.id.startswith(submitted.release))
    for index, cell in enumerate(submitted.cells):
        frame.take(index, cell)
    if not frame.seen and not frame.has_answers():
        title = release.notebook or release.assignment
        raise Unreadable(f"None of its cells is of {title!r} or defines what that asks for. Is it another notebook?")
    frame.put_back()
    return Notebook(tuple(frame.steps), tuple(frame.notices))


@dataclass
class Frame:
    """The release's cells, and what has been found of them so far."""

    release: Release
    older: bool
    steps: list[Step] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Index the release's cells by id."""
        self.by_id = {cell.id: cell for cell in self.release.cells if cell.id}
        if self.older:
            self.say("older-release", "The notebook was made from an earlier release; the current tests were run.")

    @functools.cached_property
    def by_text(self) -> dict[str, Cell]:
        """The fixed cells by their text."""
        return {plain(cell.student_source): cell for cell in self.by_id.values() if cell.kind in FIXED}

    def say(self, code: str, message: str) -> None:
        """Keep a notice."""
        self.notices.append(Notice(code, message))

    def take(self, index: int, submitted: SubmittedCell) -> None:
        """Add one submitted cell to the steps."""
        cell = self.by_id.get(str(submitted.marks.get("grade_id", "")))
        if cell is None:
            cell = self.lost(submitted)
        if cell is None:
            self.add_own(index, submitted)
        elif cell.id in self.seen:
            self.take_copy(index, submitted, cell)
        else:
            self.seen.add(cell.id)
            self.compare(submitted, cell)
            source = cell.source if cell.kind in FIXED else submitted.source
            self.steps.append(Step(cell.id, cell.kind, source, index, cell_type(cell, submitted)))

    def has_answers(self) -> bool:
        """Whether a cell of the student's own mentions a name that an answer of the release gives to something."""
        answers = [cell for cell in self.release.cells if cell.kind == "answer"]
        wanted = {name for cell in answers for name in (cell.id, *DEFINED.findall(cell.source))}
        return any(wanted.intersection(re.findall(r"\w+", step.source)) for step in self.steps)

    def add_own(self, index: int, submitted: SubmittedCell) -> None:
        """Add a cell of the student's own."""
        if submitted.type == "code":
            self.steps.append(Step("", "free", submitted.source, index))
        elif submitted.source.strip():
            self.steps.append(Step("", "text", submitted.source, index, "markdown"))

    def lost(self, submitted: SubmittedCell) -> Cell | None:
        """The fixed cell that this one is, by its text, where its metadata is gone."""
        cell = self.by_text.get(plain(submitted.source)) if submitted.type == "code" else None
        if cell is None or cell.id in self.seen or not plain(submitted.source):
            return None
        self.say("metadata-lost", f"The cell {cell.id!r} had lost its metadata; it was recognised by its text.")
        return cell

    def take_copy(self, index: int, submitted: SubmittedCell, cell: Cell) -> None:
        """Deal with a second cell of the same id."""
        own = cell.kind in ("answer", "free") or not alike(submitted.source, cell.student_source)
        what = "it was run as your own code" if own else "the copy was left out"
        self.say("duplicated", f"There is a second copy of the cell {cell.id!r}; {what}.")
        if own:
            self.add_own(index, submitted)

    def compare(self, submitted: SubmittedCell, cell: Cell) -> None:
        """Say what of a cell was changed that has no effect."""
        if cell.kind in ("text", "manual", "task"):
            return
        if submitted.type != "code":
            self.say("retyped", f"The cell {cell.id!r} had become a {submitted.type} cell; it was run as code.")
        if cell.kind in FIXED and not self.older and not alike(submitted.source, cell.student_source):
            self.say("edited", f"The cell {cell.id!r} had been edited; it was run as it was given.")
        if flags(cell) != tuple(bool(submitted.marks.get(flag)) for flag in ("grade", "solution")) and submitted.marks:
            self.say("reflagged", f"The marks of the cell {cell.id!r} had been changed; they were restored.")

    def put_back(self) -> None:
        """Insert the fixed cells that are gone, each after the cell that it follows in the release."""
        at = 0
        for cell in self.release.cells:
            places = [place for place, step in enumerate(self.steps) if cell.id and step.id == cell.id]
            if places:
                at = places[0] + 1
            elif cell.id and cell.kind in FIXED and cell.id not in self.seen:
                self.steps.insert(at, Step(cell.id, cell.kind, cell.source))
                at += 1
                self.say("deleted", f"The cell {cell.id!r} was gone; it was put back.")
            elif cell.kind == "answer" and cell.id not in self.seen:
                self.say("answer-moved", f"The cell {cell.id!r} was gone; its function was looked for everywhere.")


def cell_type(cell: Cell, submitted: SubmittedCell) -> Literal["code", "markdown"]:
    """How a cell of the release is shown: text stays text, and an answer is code whatever it was turned into."""
    written = cell.kind == "text" or (cell.kind in ("manual", "task") and submitted.type != "code")
    return "markdown" if written else "code"


def flags(cell: Cell) -> tuple[bool, bool]:
    """nbgrader's (grade, solution) of a cell."""
    return cell.kind in ("test", "manual"), cell.kind in ("answer", "manual")


def alike(one: str, other: str) -> bool:
    """Whether two texts are the same but for trailing blanks."""
    return one == other or plain(one) == plain(other)


def plain(source: str) -> str:
    """The text without trailing blanks, so that an editor's habits are no edit."""
    return "\n".join(line.rstrip() for line in source.strip().splitlines())
