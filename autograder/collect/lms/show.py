"""Show a plan to the instructor, in a terminal or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from autograder.collect.lms.planned import CollectPlan, Planned
from autograder.collect.lms.record import planned_to_json
from autograder.collect.names import shown

LABELS = {
    "canvas": "Canvas",
    "moodle": "Moodle",
    "gradescope": "Gradescope",
    "nbgrader": "nbgrader",
    "folders": "a folder for each student",
    "flat": "a notebook for each student",
    "": "not recognised",
}


def render(plan: CollectPlan) -> RenderableType:
    """A plan for the terminal: what was recognised, whose notebook is taken, and what is left out and why."""
    parts: list[RenderableType] = [_sources(plan), Text(), _students(plan)]
    refused = [(problem.member or problem.source, problem.message) for problem in plan.problems]
    left = [(one.member, one.reason) for one in plan.unmatched]
    missing = [(person.student, person.name) for person in plan.missing]
    for title, rows in (("✗ Refused", refused), ("Not taken", left), ("On the roster, nothing handed in", missing)):
        if rows:
            parts += [Text(), _listing(f"{title} ({len(rows)})", rows)]
    parts += [Text(f"! {shown(note)}", style="yellow") for note in plan.notes]
    return Group(*parts)


def _sources(plan: CollectPlan) -> Table:
    table = _table("Sources", ("source", "recognised as", "files"))
    for source in plan.sources:
        table.add_row(Text(shown(str(source.path))), LABELS[source.form], str(source.files))
    return table


def _students(plan: CollectPlan) -> Table:
    columns = ("student", "name", "attempts", "handed in", "notebook")
    table = _table(f"{plan.assignment}: {len(plan.students)} students", columns)
    for planned in plan.students:
        table.add_row(*_row(planned))
    return table


def _row(planned: Planned) -> Iterator[Text]:
    chosen = planned.chosen
    time = chosen.time.strftime("%Y-%m-%d %H:%M UTC") if chosen.time else "–"
    late = Text(" LATE", style="yellow") if chosen.late else Text()
    yield Text(shown(planned.person.student))
    yield Text(shown(planned.person.name))
    yield Text(str(len(planned.attempts)))
    yield Text(time) + late
    more = len(chosen.beside)
    yield Text(shown(chosen.member.name) + (f" and {more} file{'s' * (more > 1)} beside it" if more else ""))


def _listing(title: str, rows: Iterable[tuple[str, str]]) -> Table:
    table = _table(title, ("what", "why"))
    table.show_header = False
    for name, reason in rows:
        table.add_row(Text(shown(name)), Text(shown(reason)))
    return table


def _table(title: str, columns: Iterable[str]) -> Table:
    table = Table(title=title, title_justify="left", header_style="bold", show_edge=False, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def plan_to_json(plan: CollectPlan) -> dict[str, Any]:
    """A plan as plain data."""
    return {
        "assignment": plan.assignment,
        "sources": [{"path": str(one.path), "form": one.form, "files": one.files} for one in plan.sources],
        "students": [planned_to_json(planned) for planned in plan.students],
        "problems": [
            {"source": one.source, "member": one.member, "code": one.code, "message": one.message}
            for one in plan.problems
        ],
        "unmatched": [{"source": one.source, "member": one.member, "reason": one.reason} for one in plan.unmatched],
        "notes": list(plan.notes),
        "missing": [{"student": person.student, "name": person.name} for person in plan.missing],
    }
