"""Ways in which test cells are written in courses, as an answer and a test of it, kept as plain text.

`idioms_split.txt` holds what means the same in the judge; `idioms_held.txt` what cannot be split, so that a person has
to mark it.
"""

from __future__ import annotations

from pathlib import Path


def read(name: str) -> dict[str, tuple[str, str]]:
    """Read one of the files: by name, the answer and the test."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    parts = [part.split("\n", 1) for part in text.split("=== ")[1:]]
    cells = {title: body.split("--- test\n") for title, body in parts}
    return {title: (answer.strip("\n"), test.strip("\n")) for title, (answer, test) in cells.items()}


SPLIT, HELD = read("idioms_split.txt"), read("idioms_held.txt")
IDIOMS = SPLIT | HELD
