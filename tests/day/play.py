"""One day of an instructor's: the commands, typed one after the other, and what came of them."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.day.downloads import Download
from tests.day.klass import BY_HAND, CLASS, Student

SLUG = "initialization"
EXPORTS = {"canvas": "csv", "moodle": "csv", "gradescope": "zip", "nbgrader": "csv", "folders": "json"}
"""How the file of marks ends; for nbgrader it is our own table, for folders our own JSON."""
QUESTION = "why_zeros_do_not_learn"


@dataclass(frozen=True)
class Day:
    """The class on one platform, on the instructor's machine."""

    form: str
    root: Path
    folder: Path
    download: Download

    @property
    def run(self) -> Path:
        """The folder of the grading."""
        return self.folder / "run"

    @property
    def book(self) -> str:
        """The gradebook's address."""
        return f"sqlite:///{self.folder / 'gradebook.db'}"

    def student(self, one: Student) -> str:
        """What a person's folder is called after collecting with the platform's own list of people."""
        if self.form == "moodle":
            return one.participant if one.email.startswith("-") else one.email
        if self.form == "gradescope":
            return one.sid
        if one.login.startswith("-"):  # it would be taken for an option
            return one.canvas if self.form == "nbgrader" else one.sid
        return one.login

    def results(self) -> dict[str, Any]:
        """The results by student."""
        table = json.loads((self.run / "results.json").read_text(encoding="utf-8"))
        return {one["student"]: one for one in table["submissions"]}

    def type(self, *words: Any, expect: int) -> str:
        """Type a command; give what it printed."""
        command = [str(Path(sys.executable).parent / "autograder"), *map(str, words)]
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False, timeout=300)
        assert done.returncode == expect, f"{words[0]}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout


def until_noon(day: Day) -> list[str]:
    """Collect, grade, mark two text answers, give feedback back, look at the report, export."""
    source = [*day.download.sources, "--roster", day.download.roster]
    plan = json.loads(day.type("collect", *source, "--to", day.folder / "submitted", "--json", expect=1))
    said = [f"collected as {' and '.join(one['form'] for one in plan['sources'])}: {len(plan['students'])} students"]
    said += [f"  refused  {one['member']!a}: {one['message']}" for one in plan["problems"]]
    said += [f"  not taken  {one['member']!a}: {one['reason']}" for one in plan["unmatched"]]
    said += [f"  late  {one['student']}" for one in plan["students"] if one["attempts"][-1]["late"]]
    said += [
        f"  again  {one['student']}: {len(one['attempts'])}" for one in plan["students"] if len(one["attempts"]) > 1
    ]
    said += [f"  nothing from  {one['student']}" for one in plan["missing"]]
    grading = ["--out", day.run, "--gradebook", day.book, "--seed", "day", "--jobs", "1"]
    day.type("grade", day.folder / "submitted", *grading, expect=1)
    said += ["graded", *found(day)]
    mark_by_hand(day)
    day.type("feedback", day.run, expect=0)
    if day.form in ("canvas", "moodle"):
        said += ["feedback", *packed(day)]
    day.type("report", day.run, "--gradebook", day.book, expect=0)
    return said + list(exported(day, "before"))


def in_the_afternoon(day: Day) -> list[str]:
    """Regrade by the tests that have been changed meanwhile, and export once more."""
    moves = json.loads(
        day.type("regrade", day.run, "--gradebook", day.book, "--jobs", "1", "--json", "--yes", expect=1)
    )["moves"]
    moves = [one for one in moves if one["before"] != one["after"]]
    said = [f"regraded: {len(moves)} move"]
    said += [f"  {one['student']}: {one['before']:g} to {one['after']:g}" for one in moves]
    return said + found(day) + list(exported(day, "after"))


def found(day: Day) -> list[str]:
    """Count what a grading found."""
    results = day.results().values()
    statuses = Counter(one["status"] for one in results)
    notices = Counter(code for one in results for code in {notice["code"] for notice in one["notices"]})
    return [f"  {count} {name}" for name, count in (*statuses.most_common(), *sorted(notices.items()))]


def mark_by_hand(day: Day) -> None:
    """Give points for text answers: what a click in formgrader writes into the gradebook."""
    students = {day.student(one): BY_HAND[one.login] for one in CLASS if one.login in BY_HAND}
    with closing(sqlite3.connect(day.folder / "gradebook.db")) as book, book:
        rows = book.execute(GRADE_OF, (QUESTION,)).fetchall()
        given = [(students[student], grade) for grade, student in rows if student in students]
        assert len(given) == len(BY_HAND)
        book.executemany("update grade set manual_score = ?, needs_manual_grade = 0 where id = ?", given)


GRADE_OF = """
select grade.id, student_id from grade join base_cell on base_cell.id = cell_id and base_cell.name = ?
join submitted_notebook on submitted_notebook.id = grade.notebook_id
join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
"""


def packed(day: Day) -> Iterator[str]:
    """Pack the feedback as the platform takes it; list what is in it."""
    out = day.folder / "feedback.zip"
    day.type(
        "feedback-zip", day.run, "--to", day.form, "--submissions", day.folder / "submitted", "--out", out, expect=0
    )
    with zipfile.ZipFile(out) as archive:
        yield from (f"  {name!a}" for name in sorted(archive.namelist()))


def exported(day: Day, when: str) -> Iterator[str]:
    """Export the marks, into the teacher's own file where there is one."""
    to = {"nbgrader": "csv", "folders": "json"}.get(day.form, day.form)
    words = ["export", day.run, "--to", to, "--out", day.folder / f"{when}.{EXPORTS[day.form]}"]
    words += ["--submissions", day.folder / "submitted", "--gradebook", day.book, "--json"]
    if day.download.template:
        words += ["--template", day.download.template]
    done = json.loads(day.type(*words, expect=1))
    yield f"exported to {to}: {done['filled']} marks"
    for kind in ("blank", "kept", "unmatched"):
        yield from (f"  {kind}  {one['student']!a}: {one['reason']}" for one in done[kind])
    yield from (f"  without a result  {name!a}" for name in done["extra"])
    yield from (f"  {note}" for note in done["notes"])
