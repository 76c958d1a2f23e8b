"""`autograder release`: check an assignment, then put its notebook, bundle and course in their places."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.records import Release
from autograder.release.assignment import Assignment, read_assignment
from autograder.release.bundle import bundle_files, zipped
from autograder.release.course import generate_assignment, stage_course
from autograder.release.errors import ReleaseError
from autograder.release.gate import Grade, gate
from autograder.release.read import read_notebooks
from autograder.release.settings import gradebook_url
from autograder.release.source import write_notebook
from autograder.release.store import release_path, release_text


@dataclass(frozen=True, slots=True)
class Released:
    """What a release made, and where it is."""

    release: Release
    notebook: Path
    bundle: Path
    course: Path
    record: Path


def release(folder: Path, build: Path, grade: Grade) -> Released:
    """Release `notebooks/<slug>` into `build`, or raise one error that lists all there is to put right.

    Everything is made and checked first and only then put in its place, so that a refusal or a crash leaves what was
    released before.
    """
    assignment = read_assignment(folder)
    made, instructor, student = read_notebooks(assignment)
    student_bytes = write_notebook(student)
    files = bundle_files(assignment, made, student_bytes)
    _refuse(assignment, [refusal.message for refusal in gate(made, student_bytes, files, grade)])
    with _staging(build) as staging:
        _make_course(staging, build / "course", assignment, made, instructor)
    bundle, record = build / "bundles" / f"{assignment.slug}.zip", release_path(build, assignment.slug)
    _write(bundle, zipped(files))
    _write(assignment.notebook, student_bytes)
    _write(record, release_text(made, assignment).encode())  # last: with it the release counts as made
    return Released(made, assignment.notebook, bundle, build / "course", record)


def _refuse(assignment: Assignment, reasons: list[str]) -> None:
    if reasons:
        raise ReleaseError(f"{assignment.slug} is not released:\n" + "\n".join(f"- {reason}" for reason in reasons))


@contextmanager
def _staging(build: Path) -> Iterator[Path]:
    build.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".staging-", dir=build))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_course(
    staging: Path, course: Path, assignment: Assignment, made: Release, instructor: dict[str, Any]
) -> None:
    course.mkdir(parents=True, exist_ok=True)
    stage_course(staging, assignment, made, write_notebook(instructor))
    generate_assignment(staging, assignment.slug, gradebook_url(assignment.config, course))
    for step in ("source", "release"):
        _move(staging / step / assignment.slug, course / step / assignment.slug)
    _write(course / assignment.config.name, assignment.config.read_bytes())


def _move(new: Path, place: Path) -> None:
    """Put a folder in its place; the one that was there goes with the staging folder."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.rename(new.with_name(f"{new.name}.old"))
    new.rename(place)


def _write(place: Path, content: bytes) -> None:
    """Write a file so that there is always the old one or the new one."""
    place.parent.mkdir(parents=True, exist_ok=True)
    new = place.with_name(f".{place.name}.new")
    new.write_bytes(content)
    new.replace(place)
