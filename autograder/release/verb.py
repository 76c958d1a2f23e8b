"""`autograder release`: check an assignment, then put its notebook, bundle and course in their places."""

from __future__ import annotations

import os
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

    Everything is made and checked in a staging folder first and then moved, so that a refusal or a crash leaves what
    was released before.
    """
    assignment = read_assignment(folder)
    made, instructor, student = read_notebooks(assignment)
    student_bytes = write_notebook(student)
    files = bundle_files(assignment, made, student_bytes)
    _refuse(assignment, [refusal.message for refusal in gate(made, student_bytes, files, grade)])
    with _staging(build) as staging:
        (staging / "bundle").write_bytes(zipped(files))
        (staging / "notebook").write_bytes(student_bytes)
        (staging / "record").write_text(release_text(made, assignment), encoding="utf-8")
        _stage_course(staging / "course", assignment, made, instructor, build)
        return _publish(staging, build, assignment, made)


def _refuse(assignment: Assignment, reasons: list[str]) -> None:
    if reasons:
        raise ReleaseError(f"{assignment.slug} is not released:\n" + "\n".join(f"- {reason}" for reason in reasons))


def _stage_course(
    staging: Path, assignment: Assignment, made: Release, instructor: dict[str, Any], build: Path
) -> None:
    stage_course(staging, assignment, made, write_notebook(instructor))
    generate_assignment(staging, assignment.slug, build / "course" / "gradebook.db")


@contextmanager
def _staging(build: Path) -> Iterator[Path]:
    build.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".staging-", dir=build))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _publish(staging: Path, build: Path, assignment: Assignment, made: Release) -> Released:
    slug, course = assignment.slug, build / "course"
    released = Released(made, assignment.notebook, build / "bundles" / f"{slug}.zip", course, release_path(build, slug))
    _move_folder(staging / "course" / "source" / slug, course / "source" / slug)
    _move_folder(staging / "course" / "release" / slug, course / "release" / slug)
    _move_file(staging / "course" / "nbgrader_config.py", course / "nbgrader_config.py")
    _move_file(staging / "bundle", released.bundle)
    _move_file(staging / "notebook", released.notebook)
    _move_file(staging / "record", released.record)  # last: with it the release counts as made
    return released


def _move_folder(new: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.rename(new.with_name(f"{new.name}.old"))  # goes with the staging folder
    new.rename(place)


def _move_file(new: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if os.stat(new.parent).st_dev == os.stat(place.parent).st_dev:  # noqa: PTH116
        new.replace(place)
        return
    near = place.with_name(f".{place.name}.new")
    shutil.copyfile(new, near)
    near.replace(place)
