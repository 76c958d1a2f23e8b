"""Put marks into the one column of a teacher's file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from autograder.deliver.export.exported import Exported, Left, blanks, mark_notes
from autograder.deliver.export.layout import Layout, cell
from autograder.deliver.export.marks import Mark, two_decimals
from autograder.deliver.export.match import match
from autograder.deliver.export.sheet import Sheet
from autograder.records import Person


def fill(
    sheet: Sheet, layout: Layout, marks: Sequence[Mark], people: Sequence[Person], to: str, out: Path, scale: bool
) -> Exported:
    """Write marks into a sheet and say what was done. A student without a mark changes nothing."""
    if scale and layout.maximum is not None:
        marks = [mark.scaled(layout.maximum) for mark in marks]
    matches = match((mark.student for mark in marks), people, layout.rows)
    kept: list[Left] = []
    filled = 0
    for mark in marks:
        row = matches.rows.get(mark.student)
        if row is None:
            continue
        before = cell(sheet, row, layout.column).strip()
        if mark.points is None or before in layout.keep:
            if before and (before in layout.keep or before != "-"):
                kept.append(Left(mark.student, mark.text, f"{before!r} stays; {mark.reason or 'it is no mark'}"))
            continue
        sheet.put(row, layout.column, mark.text.replace(".", layout.decimal))
        filled += 1
    taken = set(matches.rows.values())
    return Exported(
        to,
        out,
        layout.header,
        filled,
        len(sheet.changed),
        blanks(marks),
        tuple(kept),
        tuple(
            Left(mark.student, mark.text, matches.unmatched[mark.student])
            for mark in marks
            if mark.student in matches.unmatched
        ),
        tuple(ids.get("name") or next(iter(ids.values()), "") for row, ids in layout.rows.items() if row not in taken),
        (*mark_notes(marks), *_maximum_note(layout, marks)),
    )


def _maximum_note(layout: Layout, marks: Sequence[Mark]) -> tuple[str, ...]:
    """A sentence where the platform counts to another number of points than we do."""
    ours = max((mark.maximum for mark in marks), default=None)
    if layout.maximum is None or ours is None or layout.maximum == ours:
        return ()
    theirs = two_decimals(layout.maximum)
    return (f"The file counts to {theirs} points, the assignment to {two_decimals(ours)}; --scale converts the marks.",)
