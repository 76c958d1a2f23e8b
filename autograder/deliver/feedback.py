"""Feedback for one student: a page and a text, written under a name that is safe and can be read."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from autograder.deliver.feedback_page import NO_COMMENTS, feedback_page
from autograder.deliver.feedback_plots import Submitted
from autograder.deliver.feedback_text import feedback_text
from autograder.records import Graded, Release

__all__ = ["feedback_name", "feedback_page", "feedback_text", "write_feedback"]

LONGEST = 56  # letters of a name; four bytes each still leave room for the ending
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")  # names that Windows keeps for itself
_OWNER = "<!-- feedback of {} -->\n"


def write_feedback(
    folder: Path, release: Release, graded: Graded, data: Submitted = None, comments: Mapping[str, str] = NO_COMMENTS
) -> Path:
    """Write a student's page and text into a folder; no name leads outside of it, no two students share a file.

    Parameters
    ----------
    folder
        Where to write; it is made if it is not there.
    release, graded, data, comments
        As `feedback_page` takes them.

    Returns
    -------
    Path
        The page; the text lies beside it, with the ending `.txt`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    owner = _OWNER.format(hashlib.sha256(graded.result.student.encode("utf-8", "surrogatepass")).hexdigest())
    path = folder / f"{feedback_name(graded.result.student)}.html"
    if not free(path, owner):
        path = folder / f"{feedback_name(graded.result.student, numbered=True)}.html"
    write_whole(path.with_suffix(".txt"), feedback_text(release, graded, comments))
    write_whole(path, feedback_page(release, graded, data, comments) + owner)
    return path


def feedback_name(student: str, numbered: bool = False) -> str:
    """Give a file name, without its ending, for a student: the name itself, where it can be one.

    A name that had to be changed carries a number drawn from the whole of the original, so that "a/b" and "a:b" stay
    apart; `~`, which starts that number, is itself changed in a name.
    """
    composed = unicodedata.normalize("NFC", student)
    name = "".join(letter if letter.isalnum() or letter in " -_'.,()@+" else "_" for letter in composed)
    name = re.sub(r"_{2,}", "_", name)[:LONGEST].lstrip(" .").rstrip(" ")
    if name == student and not _RESERVED.fullmatch(name) and not numbered:
        return name
    digest = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{name or 'student'}~{digest[:10]}"


def free(path: Path, owner: str) -> bool:
    """Say whether a page may be written here: nothing is there, or an earlier page of the same student.

    A file system that takes "Ada" and "ada" for one is thus no way to lose a page.
    """
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - len(owner)))
            return file.read() == owner.encode()
    except FileNotFoundError:
        return True


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".feedback-")
    unfinished = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        unfinished.chmod(0o644)
        unfinished.replace(path)
    except BaseException:  # a full disk, Ctrl-C
        unfinished.unlink(missing_ok=True)
        raise
