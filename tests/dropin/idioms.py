"""Ways in which test cells are written in courses, each with a right and a wrong answer, kept as plain text.

`idioms_split.txt` holds what means the same in the judge; `idioms_held.txt` what cannot be split, so that a person has
to mark it.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Idiom(NamedTuple):
    """A right answer, the test of it, and a wrong answer."""

    answer: str
    test: str
    wrong: str


def read(name: str) -> dict[str, Idiom]:
    """Read one of the files, by name."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    parts = [part.split("\n", 1) for part in text.split("=== ")[1:]]
    return {title: idiom(body) for title, body in parts}


def idiom(text: str) -> Idiom:
    """One of them, from its text."""
    answer, rest = text.split("--- test\n")
    test, wrong = rest.split("--- wrong\n")
    return Idiom(answer.strip("\n"), test.strip("\n"), wrong.strip("\n"))


SPLIT, HELD = read("idioms_split.txt"), read("idioms_held.txt")
IDIOMS = SPLIT | HELD
