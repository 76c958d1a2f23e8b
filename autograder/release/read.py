"""From an assignment's texts, or from any nbgrader source notebook, to a `Release`."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.nbgraderformat import MetadataValidator
from traitlets.config import Config

from autograder.records import Limits, Release
from autograder.release.assignment import Assignment, read_assignment
from autograder.release.cells import release_cells
from autograder.release.checks import declared_checks
from autograder.release.errors import ReleaseError
from autograder.release.source import instructor_notebook
from autograder.release.student import completed_notebook, student_notebook, without_completing

_IGNORED = ("__pycache__", ".ipynb_checkpoints")


def read_release(folder: Path) -> Release:
    """Read `notebooks/<slug>`."""
    return read_notebooks(read_assignment(folder))[0]


def read_notebooks(assignment: Assignment) -> tuple[Release, dict[str, Any], dict[str, Any]]:
    """Read an assignment: the release, the instructor's notebook and the student's, both bearing the release's id."""
    instructor = instructor_notebook(assignment)
    student = student_notebook(instructor, assignment.config)
    files = _companions(assignment)
    cells = release_cells(instructor["cells"], student["cells"], _checks(assignment, files))
    release = identified(Release(assignment.slug, "", cells, tuple(files.items()), assignment.limits, assignment.title))
    for notebook in (instructor, student):
        notebook["metadata"]["seedbed"] = {"assignment": release.assignment, "release": release.id[:12]}
    return release, instructor, student


def read_release_notebook(path: Path, config: Path | Config | None = None, limits: Limits | None = None) -> Release:
    """Read a source notebook of any nbgrader course.

    Parameters
    ----------
    path
        The notebook; other files of its folder become the release's files.
    config
        The course's `nbgrader_config.py`, if it changes how solutions and hidden tests are marked, or what it holds.
        A header or footer is looked for from the current folder, as nbgrader does.
    limits
        What a submission may use, where it is not the default.
    """
    instructor = completed_notebook(_read(path), config, path.parent)
    student = student_notebook(instructor, without_completing(config))
    cells = release_cells(instructor["cells"], student["cells"], {})
    return identified(Release(path.stem, "", cells, files_beside(path), limits or Limits(), path.stem))


def identified(release: Release) -> Release:
    """Set the release's id: the SHA-256 of all that decides a mark, prose and title left out."""
    facts = asdict(replace(release, id="", title="", files=()))
    del facts["notebook"]
    facts["cells"] = [cell for cell in facts["cells"] if cell["kind"] != "text"]
    facts["files"] = [(name, hashlib.sha256(content).hexdigest()) for name, content in release.files]
    text = json.dumps(facts, sort_keys=True, ensure_ascii=True)
    return replace(release, id=hashlib.sha256(text.encode()).hexdigest())


def _companions(assignment: Assignment) -> dict[str, bytes]:
    for name, path in assignment.companions:
        if not path.is_file():
            raise ReleaseError(f"{path} is missing; it lies beside the notebook as {name}.")
    return {name: path.read_bytes() for name, path in assignment.companions}


def _checks(assignment: Assignment, files: dict[str, bytes]) -> dict[str, Any]:
    if not assignment.hidden_checks.is_file():
        return declared_checks(files, ("public_tests",))
    hidden = {"hidden_checks.py": assignment.hidden_checks.read_bytes()}
    return declared_checks(files | hidden, ("public_tests", "hidden_checks"))


def _read(path: Path) -> dict[str, Any]:
    try:
        node = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]  # it has no annotations
        node = MetadataValidator().upgrade_notebook_metadata(node)
    except Exception as error:  # nbformat raises many kinds; for us each means the same
        raise ReleaseError(f"{path} cannot be read as a notebook: {error}") from error
    notebook: dict[str, Any] = node
    return notebook


def files_beside(path: Path) -> tuple[tuple[str, bytes], ...]:
    """Give the files of a source notebook's folder that travel with it."""
    names = sorted(file.relative_to(path.parent) for file in path.parent.rglob("*") if file.is_file())
    wanted = [name for name in names if name.suffix != ".ipynb" and not set(name.parts) & set(_IGNORED)]
    return tuple((name.as_posix(), (path.parent / name).read_bytes()) for name in wanted)
