"""The class's work as each learning platform hands it out, and the teacher's own files from there."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.day.klass import AGAIN, CLASS, LATE, RENAMED, Student

ON_TIME, TOO_LATE = "2026-03-01 18:30:00", "2026-03-03 06:00:00"
OLDER = "2026-02-27 09:00:00"
PDF = b"%PDF-1.7\n"
FORBIDDEN = re.compile(r'[/\\:*?"<>|\x00-\x1f\u202e]')
"""What platforms take out of a name before they make a file's or a folder's name of it."""


@dataclass(frozen=True)
class Download:
    """What the instructor has: downloads, the earliest first, a list of people, and a file for marks, if there is one."""

    sources: tuple[Path, ...]
    roster: Path
    template: Path | None = None


def canvas(folder: Path, notebooks: dict[str, bytes]) -> Download:
    """Flat zips, and the gradebook, which is the list of people too."""
    first = [(canvas_name(one, 8000), notebooks[""]) for one in CLASS if one.login in AGAIN]
    last = []
    for one in CLASS:
        if one.login in notebooks:
            last.append((canvas_name(one, 9000), notebooks[one.login]))
        elif one.odd == "report":
            last.append((canvas_name(one, 9000, "report.pdf"), PDF))
        else:
            last.append((f"{canvas_start(one)}_{one.canvas}_text.html", b"<p>I did not manage.</p>"))
    last.append(("../../outside_1_2_initialization.ipynb", notebooks[""]))
    last.append(("evil\u202e_1_2_initialization.ipynb", notebooks[""]))
    sources = zipped(folder / "first.zip", first), zipped(folder / "last.zip", last)
    header = [
        "Student",
        "ID",
        "SIS User ID",
        "SIS Login ID",
        "Section",
        "Warm-up (11)",
        "Initialization (12)",
        "Final Score",
    ]
    rows = [header, ["    Points Possible", "", "", "", "", "5.00", "35.00", "(read only)"]]
    rows += [[one.sortable, one.canvas, one.sid, one.login, "Lecture", "4.00", "", ""] for one in CLASS]
    rows.append(["Student, Test", "999", "", "", "Lecture", "", "", ""])
    gradebook = table(folder / "gradebook.csv", rows, encoding="utf-8-sig")
    return Download(sources, gradebook, gradebook)


def canvas_start(one: Student) -> str:
    """The name as Canvas begins a file's name."""
    return FORBIDDEN.sub("", one.sortable).replace(" ", "").replace(",", "").lower()


def canvas_name(one: Student, attachments: int, file: str = "") -> str:
    """The whole name of a file."""
    late = "_LATE" if one.login in LATE else ""
    file = file or RENAMED.get(one.login, "initialization.ipynb")
    return f"{canvas_start(one)}{late}_{one.canvas}_{attachments + one.number}_{file}"


def moodle(folder: Path, notebooks: dict[str, bytes]) -> Download:
    """A zip with a folder for each participant, and the worksheet of a German site."""
    first = [(f"{moodle_folder(one)}/initialization.ipynb", notebooks[""]) for one in CLASS if one.login in AGAIN]
    last = []
    for one in CLASS:
        if one.login in notebooks:
            last.append(
                (f"{moodle_folder(one)}/{RENAMED.get(one.login, 'initialization.ipynb')}", notebooks[one.login])
            )
        elif one.odd == "report":
            last.append((f"{moodle_folder(one)}/report.pdf", PDF))
    last.append((f"{moodle_folder(CLASS[0])}/../../outside.ipynb", notebooks[""]))
    last.append((f"{moodle_folder(CLASS[1])}/work.zip", b"PK\x03\x04"))
    sources = zipped(folder / "first.zip", first), zipped(folder / "last.zip", last)
    rows = [
        [
            "ID",
            "Vollständiger Name",
            "E-Mail-Adresse",
            "Status",
            "Bewertung",
            "Beste Bewertung",
            "Zuletzt geändert (Bewertung)",
            "Feedback als Kommentar",
        ]
    ]
    rows += [
        [f"Teilnehmer/in{one.participant}", one.name, one.email, "Abgegeben", "", "35,00", "-", ""] for one in CLASS
    ]
    worksheet = table(folder / "worksheet.csv", rows, delimiter=";")
    return Download(sources, worksheet, worksheet)


def moodle_folder(one: Student) -> str:
    """The participant's folder."""
    return f"{FORBIDDEN.sub('', one.name).strip()}_{one.participant}_assignsubmission_file"


def gradescope(folder: Path, notebooks: dict[str, bytes]) -> Download:
    """The export with its metadata, which names people and times; only the last attempt of each is in it."""
    about, files = [], []
    for one in CLASS:
        if one.login in notebooks or one.odd == "report":
            content, name = (
                (PDF, "report.pdf")
                if one.odd == "report"
                else (notebooks[one.login], RENAMED.get(one.login, "initialization.ipynb"))
            )
            files.append((f"assignment_99_export/submission_{300 + one.number}/{name}", content))
            about.append(
                f"submission_{300 + one.number}:\n  :submitters:\n  - :name: {quoted(one.name)}\n    :sid: {quoted(one.sid)}\n"
                f"    :email: {quoted(one.email)}\n  :created_at: {handed_in(one)}.000000000 Z\n  :score: 0.0\n"
            )
    files.append(("assignment_99_export/submission_metadata.yml", "".join(about).encode()))
    files.append(("C:/windows/initialization.ipynb", notebooks[""]))
    rows = [["First Name", "Last Name", "SID", "Email"]] + [[one.first, one.last, one.sid, one.email] for one in CLASS]
    return Download((zipped(folder / "export.zip", files),), table(folder / "roster.csv", rows))


def quoted(text: str) -> str:
    """A text as YAML in double quotes."""
    return json.dumps(text)


def handed_in(one: Student) -> str:
    """When somebody handed in, in UTC."""
    return TOO_LATE if one.login in LATE else ON_TIME


def nbgrader(folder: Path, notebooks: dict[str, bytes]) -> Download:
    """The exchange's inbound folder, in which every attempt is one."""
    for one in CLASS:
        if one.login in AGAIN:
            put(
                folder / "inbound" / f"{one.login}+initialization+{OLDER}.000000 UTC+k3y" / "initialization.ipynb",
                notebooks[""],
            )
        if one.login in notebooks:
            place = folder / "inbound" / f"{one.login}+initialization+{handed_in(one)}.000000 UTC+k3y"
            put(place / "initialization.ipynb", notebooks[one.login])
            put(place / "timestamp.txt", f"{handed_in(one)}.000000 UTC".encode())
    (folder / "inbound" / "x+initialization+2026-03-01 09:00:00 UTC+k3y").mkdir()
    (folder / "inbound" / "x+initialization+2026-03-01 09:00:00 UTC+k3y" / "initialization.ipynb").symlink_to(
        "/etc/passwd"
    )
    rows = [["id", "last_name", "first_name", "email", "lms_user_id"]]
    rows += [[one.login, one.last, one.first, one.email, one.canvas] for one in CLASS]
    return Download((folder / "inbound",), table(folder / "students.csv", rows))


def folders(folder: Path, notebooks: dict[str, bytes]) -> Download:
    """A zip of folders that people named after themselves, made by hand on a Mac, and a list of our own."""
    files = []
    for one in CLASS:
        if one.login in notebooks:
            name = RENAMED.get(one.login, "initialization.ipynb")
            files.append((f"class/{one.login}/{name}", notebooks[one.login]))
            files.append((f"__MACOSX/class/{one.login}/._{name}", b"\0\5\x16\7"))
        elif one.odd == "report":
            files.append((f"class/{one.login}/report.pdf", PDF))
    files.append(("class/\t=1+1/initialization.ipynb", notebooks[""]))
    rows = [["student", "name", "number", "login"]]
    rows += [["" if one.login.startswith("-") else one.login, one.sortable, one.sid, one.login] for one in CLASS]
    return Download((zipped(folder / "class.zip", files),), table(folder / "class.csv", rows))


FORMS = {"canvas": canvas, "moodle": moodle, "gradescope": gradescope, "nbgrader": nbgrader, "folders": folders}


def zipped(path: Path, files: Iterable[tuple[str, bytes]]) -> Path:
    """Write a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return path


def put(path: Path, content: bytes) -> None:
    """Write a file into a folder that may be new."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def table(path: Path, rows: Iterable[list[str]], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """Write a table as platforms do."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def cells(path: Path) -> list[list[str]]:
    """Every row of a table, as Python's own reader sees it."""
    text = path.read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in text.split("\n")[0] else ","))
