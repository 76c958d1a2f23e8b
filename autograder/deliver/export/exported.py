"""What an export did, for the terminal and as plain data."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from autograder.deliver.export.marks import Mark
from autograder.deliver.visible import visible_line


@dataclass(frozen=True, slots=True)
class Left:
    """A student, the points that were or would have been written ("" for none), and why."""

    student: str
    points: str
    reason: str


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written where.

    `filled` marks were written, `changed` of which differ from what stood there. `blank` have no mark yet; `kept`
    are cells that hold something else and stayed; `unmatched` students have no row; `extra` rows have no student.
    """

    to: str
    out: Path
    column: str
    filled: int
    changed: int
    blank: tuple[Left, ...] = ()
    kept: tuple[Left, ...] = ()
    unmatched: tuple[Left, ...] = ()
    extra: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def blanks(marks: Iterable[Mark]) -> tuple[Left, ...]:
    """The students who have no mark, and why."""
    return tuple(Left(mark.student, "", mark.reason) for mark in marks if mark.points is None)


def mark_notes(marks: Collection[Mark]) -> Iterator[str]:
    """Sentences about marks that people still have to give, and about late ones, if there are any."""
    waiting, late = sum(mark.pending for mark in marks), sum(mark.penalty > 0 for mark in marks)
    if waiting:
        yield f"{waiting} still wait for a mark that a person gives; it counts 0 until then. Export again afterwards."
    if late:
        yield f"{late} marks are lower for being late, by the penalty in the gradebook."


def render(exported: Exported) -> RenderableType:
    """An export for the terminal."""
    where = f", column {exported.column!r}" if exported.column else ""
    head = f"✓ {exported.filled} marks written to {exported.out}{where} ({exported.changed} changed)"
    parts: list[RenderableType] = [Text(visible_line(head))]
    lists = (
        ("No mark yet", exported.blank),
        ("Left as it was", exported.kept),
        ("✗ Not in the file", exported.unmatched),
    )
    for title, rows in lists:
        if rows:
            parts.append(_listing(f"{title} ({len(rows)})", rows))
    if exported.extra:
        names = ", ".join(visible_line(name) for name in exported.extra[:10])
        more = f" and {len(exported.extra) - 10} more" if len(exported.extra) > 10 else ""
        parts.append(Text(f"In the file, without a result ({len(exported.extra)}): {names}{more}"))
    parts += [Text(f"! {visible_line(note)}", style="yellow") for note in exported.notes]
    return Group(*parts)


def _listing(title: str, rows: Iterable[Left]) -> Table:
    table = Table(title=title, title_justify="left", show_header=False, show_edge=False, pad_edge=False)
    for row in rows:
        table.add_row(Text(visible_line(row.student)), Text(row.points or "–"), Text(visible_line(row.reason)))
    return table


def exported_to_json(exported: Exported) -> dict[str, Any]:
    """An export as plain data."""
    lists = {
        name: [{"student": one.student, "points": one.points, "reason": one.reason} for one in getattr(exported, name)]
        for name in ("blank", "kept", "unmatched")
    }
    return {
        "to": exported.to,
        "out": str(exported.out),
        "column": exported.column,
        "filled": exported.filled,
        "changed": exported.changed,
        **lists,
        "extra": list(exported.extra),
        "notes": list(exported.notes),
    }
