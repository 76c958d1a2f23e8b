"""The record of a collection: whose each folder is, where its notebook came from, and how feedback goes back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from autograder.collect.lms.planned import CollectPlan, Planned
from autograder.records import Person

SCHEMA_VERSION = 1


def record_path(target: Path, assignment: str) -> Path:
    """Say where the record of an assignment's collection is kept."""
    return target / f"collected-{assignment}.json"


def write_record(target: Path, plan: CollectPlan, students: set[str]) -> None:
    """Write the record; who was collected before and is not in this plan stays in it."""
    path = record_path(target, plan.assignment)
    table = {student["student"]: student for student in _read(path)}
    for planned in plan.students:
        if planned.person.student in students:
            table[planned.person.student] = planned_to_json(planned)
    content = {
        "schema_version": SCHEMA_VERSION,
        "assignment": plan.assignment,
        "students": [table[student] for student in sorted(table)],
    }
    new = path.with_name(f".{path.name}.new")
    new.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    new.replace(path)


def planned_to_json(planned: Planned) -> dict[str, Any]:
    """One student of a plan as plain data."""
    person = planned.person
    return {
        "student": person.student,
        "name": person.name,
        "ids": dict(person.ids),
        "handed_in": person.handed_in,
        "on_roster": planned.on_roster,
        "attempts": [
            {
                "source": attempt.member.source.name,
                "member": attempt.member.name,
                "file": attempt.file,
                "time": attempt.time.isoformat() if attempt.time else None,
                "late": attempt.late,
                "beside": [name for name, _ in attempt.beside],
            }
            for attempt in planned.attempts
        ],
    }


def read_people(target: Path, assignment: str) -> tuple[Person, ...]:
    """The people of an earlier collection; none where there was none."""
    return tuple(
        Person(one["student"], one["name"], tuple(one["ids"].items()), one["handed_in"])
        for one in _read(record_path(target, assignment))
    )


def read_late(target: Path, assignment: str) -> set[str]:
    """Whose graded attempt the platform itself called late."""
    return {
        one["student"]
        for one in _read(record_path(target, assignment))
        if one["attempts"] and one["attempts"][-1]["late"]
    }


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []  # absent, or cut short: the notebooks are there all the same
    return list(table["students"]) if table.get("schema_version") == SCHEMA_VERSION else []
