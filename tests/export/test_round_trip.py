"""Sixty students through each platform and back: what was collected there finds its row and its feedback there."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.collect import lms
from autograder.deliver.export import export, feedback_zip
from tests.export.klass import result

FIRST = ["Ada", "José", "Niamh", "李", "Zoë", "Ægir", "=Eve", "Олена", "Anne-Marie", "O'Neil"]
LAST = ["Lovelace", "Müller", "O'Brien", "小龍", "van der Berg", "Smith"]
CLASS = [
    (f"{first}", f"{last}", 1000 + number) for number, (first, last) in enumerate((f, x) for f in FIRST for x in LAST)
]


def sanitized(text: str) -> str:
    """Give a name as Canvas puts it into a file's name."""
    return "".join(letter for letter in unicodedata.normalize("NFC", text) if letter.isalnum() or letter == "_").lower()


def canvas(first, last, number):
    """Give the member and the row of one student in Canvas."""
    late = "_LATE" if number % 7 == 0 else ""
    member = f"{sanitized(last + first)}{late}_{number}_{number + 5000}_initialization{'-1' if number % 5 == 0 else ''}.ipynb"
    return member, [f"{last}, {first}", str(number), f"S{number}", f"login{number}", "Lecture", ""]


def moodle(first, last, number):
    """Give the member and the row of one student in Moodle."""
    member = f"{first} {last}_{number}_assignsubmission_file{'_' * (number % 2)}/initialization.ipynb"
    return member, [f"Participant {number}", f"{first} {last}", f"mail{number}@example.org", "Submitted", "", "12.00"]


HEADERS = {
    "canvas": [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "initialization (9)"],
        ["    Points Possible", "", "", "", "", "12.00"],
    ],
    "moodle": [["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum grade"]],
}
MARKS = {"canvas": 5, "moodle": 4}


@pytest.mark.parametrize("platform", ["canvas", "moodle"])
@pytest.mark.parametrize("with_roster", [False, True])
def test_sixty_students_go_out_and_come_back(platform, with_roster, tmp_path):
    """Nobody is lost and nobody gets another's mark, with a roster (the platform's own file) and without one."""
    made = [{"canvas": canvas, "moodle": moodle}[platform](*person) for person in CLASS]
    download, template = tmp_path / "download.zip", tmp_path / "template.csv"
    with zipfile.ZipFile(download, "w") as archive:
        for place, (member, _) in enumerate(made):
            archive.writestr(member, f"notebook {place}")
    with template.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([*HEADERS[platform], *(row for _, row in made)])
    plan = lms.plan([download], "initialization", template if with_roster else None)
    assert not plan.problems
    assert not plan.unmatched
    collected = lms.carry_out(plan, tmp_path / "submitted")
    assert len(collected.written) == 60
    people = lms.read_people(tmp_path / "submitted", "initialization")
    points = {}
    for person in people:
        text = (tmp_path / "submitted" / person.student / "initialization" / "initialization.ipynb").read_text()
        points[person.student] = int(text.removeprefix("notebook ")) % 11
    results = [result(student, float(score), question=None) for student, score in points.items()]
    report = export(results, platform, template, tmp_path / "out.csv", assignment="initialization", people=people)
    assert (report.filled, report.unmatched, report.extra) == (60, (), ())
    rows = list(csv.reader(io.StringIO((tmp_path / "out.csv").read_text("utf-8"))))[len(HEADERS[platform]) :]
    assert [row[MARKS[platform]] for row in rows] == [f"{place % 11:.2f}" for place in range(60)]
    feedback = tmp_path / "feedback"
    feedback.mkdir()
    for person in people:
        (feedback / f"{person.student}.html").write_text(person.student)
    back = feedback_zip(feedback, people, platform, tmp_path / "back.zip")
    assert (back.students, back.unmatched) == (60, ())
    again = lms.plan([tmp_path / "back.zip"], "initialization")
    assert again.sources[0].form == platform


@given(st.lists(st.sampled_from(CLASS), min_size=1, max_size=6, unique=True))
def test_own_table_of_any_class_reads_as_a_roster(people):
    """What we write of a class can be read back as the list of its people."""
    import tempfile  # noqa: PLC0415 - hypothesis and tmp_path do not go together
    from pathlib import Path  # noqa: PLC0415 - the same

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        export([result(f"s{number}") for _, _, number in people], "csv", None, place / "o.csv", assignment="x")
        assert [person.student for person in lms.read_roster(place / "o.csv")] == [
            f"s{number}" for _, _, number in people
        ]
