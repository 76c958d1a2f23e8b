"""Lines of a solution or of a hidden test that a student could read before handing in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from autograder.records import Cell, Release

_BEGIN = ("BEGIN SOLUTION", "BEGIN HIDDEN TESTS", "BEGIN MARK SCHEME")
_END = ("END SOLUTION", "END HIDDEN TESTS", "END MARK SCHEME")
_SECRET_KINDS = ("answer", "manual", "task", "test")
_SHORT = 16  # up to here a line must be a whole line of the file; a longer one may also stand inside another

_TRIVIAL = re.compile(
    r"""
    (from\ \S+\ )?import\ .*                  # imports
    | (return|yield|raise|pass|else|try|finally|break|continue|except)\W*\w*\W*   # a keyword and at most a name
    | for\ \w+\ in\ \w+:                      # a loop over one name
    | @[\w.]+(\(\))?                          # a decorator
    | \w+,?                                   # a lone name, as in a list of names
    | def\ __\w+__\(.*\):                    # a method that Python itself names
    | [A-Za-z_]\w*(:\ ?[^=]+)?\ =\ (\w+)?[\[({]+   # a name whose value only begins here
    """,
    re.VERBOSE,
)


def leaked_lines(release: Release, files: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """Find each secret line in each file: (file, line)."""
    secrets = secret_lines(release)
    found = []
    for name, content in sorted(files.items()):
        lines = set[str]()
        for text in _texts(name, content):
            lines.update(_squeeze(line) for line in text.splitlines())
        whole = "\n".join(sorted(lines))
        found += [(name, line) for line in secrets if _stands_in(_squeeze(line), lines, whole)]
    return found


def secret_lines(release: Release) -> tuple[str, ...]:
    """List the lines that only the instructor may have, those left out that say nothing.

    A hidden test may repeat a line of the frame that students are given to write in, and the sentence of a check is
    no secret: a student reads it in the feedback.
    """
    frames = {_squeeze(line) for cell in release.cells if cell.kind == "answer" for line in _lines(cell.student_source)}
    titles = {_squeeze(check.title) for cell in release.cells for check in cell.checks}
    secrets: dict[str, None] = {}
    for cell in release.cells:
        for line in _secret_lines(cell):
            known = _squeeze(line) in frames and cell.kind == "test"
            if not known and _squeeze(line).strip("\"'") not in titles and _says_something(line):
                secrets[line] = None
    return tuple(secrets)


def _secret_lines(cell: Cell) -> Iterable[str]:
    if cell.kind not in _SECRET_KINDS:
        return ()
    if any(mark in cell.source for mark in _BEGIN):
        return _regions(cell.source)
    given = set(_lines(cell.student_source))
    return [line for line in _lines(cell.source) if line not in given]


def _regions(source: str) -> Iterator[str]:
    inside = False
    for line in _lines(source):
        if any(mark in line for mark in (*_BEGIN, *_END)):
            inside = any(mark in line for mark in _BEGIN)
        elif inside:
            yield line


def _lines(source: str) -> list[str]:
    return [" ".join(line.split()) for line in source.splitlines()]


def _says_something(line: str) -> bool:
    return len(re.sub(r"\W", "", line)) >= 6 and not _TRIVIAL.fullmatch(line)


def _squeeze(line: str) -> str:
    return "".join(line.split())


def _stands_in(secret: str, lines: set[str], whole: str) -> bool:
    return secret in lines or (len(secret) > _SHORT and secret in whole)


def _texts(name: str, content: bytes) -> Iterator[str]:
    """Give a file's text and, of a notebook, every text inside it."""
    text = content.decode("utf-8", errors="replace")
    yield text
    if name.endswith(".ipynb"):
        yield from _strings(json.loads(text))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from (key, *_strings(item))
    elif isinstance(value, list):
        if all(isinstance(item, str) for item in value):
            yield "".join(value)  # a notebook's text is a list of lines
        for item in value:
            yield from _strings(item)
