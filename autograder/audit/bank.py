"""Read an assignment's bank of wrong and right answers: Markdown that people like to edit.

Its format is described in the `README.md` of `notebooks/initialization/bank`.
"""

from __future__ import annotations

import re
import textwrap
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from autograder.audit.report import Entry, Kind
from autograder.records import Cell, Release

HEADING = re.compile(r"# (Wrong|Right): (\w+|every exercise)\Z")
TITLE = re.compile(r"## (?P<name>.+?)(?: · `(?P<code>[\w-]+)`)?\Z")
BLOCK = re.compile(r"^```(python|lines)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SOLUTION = re.compile(r"^([ \t]*)### BEGIN SOLUTION\n.*?^[ \t]*### END SOLUTION\n", re.MULTILINE | re.DOTALL)

Words = dict[str, dict[str, str]]


class BankError(Exception):
    """A bank that cannot be read; the text says where and why."""


def read_bank(folder: Path, release: Release) -> tuple[Entry, ...]:
    """Read every entry of `notebooks/<slug>/bank`; none if there is no such folder."""
    answers = {cell.id: cell for cell in release.cells if cell.kind == "answer"}
    words = read_words(folder / "words.toml")
    files = sorted(path for path in folder.glob("*.md") if path.name != "README.md")
    entries = [entry for path in files for entry in file_entries(path, answers, words)]
    counts = Counter((entry.kind, entry.exercise, entry.name) for entry in entries)
    twice = sorted(" ".join(key) for key, count in counts.items() if count > 1)
    if twice:
        raise BankError(f"{folder}: these names stand there twice: {', '.join(twice)}")
    return tuple(entries)


def read_words(path: Path) -> Words:
    """What the words in capitals stand for, exercise by exercise."""
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def file_entries(path: Path, answers: dict[str, Cell], words: Words) -> Iterator[Entry]:
    """Read one file; each entry once for every exercise that its part is about."""
    kind: Kind | None = None
    exercises: list[str] = []
    for part in re.split(r"^(?=##? )", path.read_text(encoding="utf-8"), flags=re.MULTILINE):
        title = part.strip().split("\n", 1)[0]
        if heading := HEADING.match(title):
            kind = "wrong" if heading[1] == "Wrong" else "right"
            exercises = list(answers) if heading[2] == "every exercise" else [heading[2]]
            if not set(exercises) <= answers.keys():
                raise BankError(f"{path}: there is no exercise {heading[2]!r}.")
        elif (named := TITLE.match(title)) and kind:
            for exercise in exercises:
                yield entry(path, kind, answers[exercise], named, part, words.get(exercise, {}))
        elif title:
            raise BankError(f"{path}: {title!r} is neither '# Wrong: …', '# Right: …' nor '## name · `code`'.")


def entry(path: Path, kind: Kind, answer: Cell, named: re.Match[str], part: str, words: dict[str, str]) -> Entry:
    """Make one entry for one exercise."""
    says = part.split("\n", 2)[1].strip()
    blocks = BLOCK.findall(part)
    if not says or not blocks:
        raise BankError(
            f"{path}: {named['name']!r} needs a sentence and a block of code, without an empty line between."
        )
    cells, place = [], None
    for number, (marked, text) in enumerate(blocks):
        code = with_words(text, {"NAME": answer.id, **words})
        if marked == "lines":
            code, place = in_frame(answer, code), number
        elif re.search(rf"^\s*((def|class) {answer.id}\b|{answer.id} =)", code, re.MULTILINE):
            place = number
        cells.append(code.rstrip("\n"))
    if place is None:
        raise BankError(f"{path}: no block of {named['name']!r} binds {answer.id}.")
    return Entry(kind, answer.id, named["name"], says, named["code"] or "", tuple(cells), place)


def with_words(text: str, words: dict[str, str]) -> str:
    """Replace each word in capitals."""
    return re.sub(r"\b[A-Z][A-Z_]+\b", lambda match: words.get(match[0], match[0]), text)


def in_frame(answer: Cell, lines: str) -> str:
    """Put lines in place of the solution in the frame that students are given."""
    text, count = SOLUTION.subn(lambda match: textwrap.indent(lines, match[1]), answer.source, count=1)
    if not count:
        raise BankError(f"The answer cell {answer.id!r} has no solution lines that others could replace.")
    return text
