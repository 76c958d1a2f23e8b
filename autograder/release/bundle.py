"""The student's bundle: a flat zip, made from an allow-list."""

from __future__ import annotations

import io
import string
import zipfile
from collections.abc import Mapping
from importlib import resources

from autograder.records import Release
from autograder.release.assignment import Assignment

_DATE = (1980, 1, 1, 0, 0, 0)  # fixed, so that the same content gives the same bytes


def bundle_files(assignment: Assignment, release: Release, student: bytes) -> dict[str, bytes]:
    """Give everything that goes into the bundle, by name; nothing is taken from a folder as it happens to be."""
    return {
        assignment.notebook.name: student,
        **dict(release.files),
        "requirements.txt": _requirements(assignment).encode(),
        "README.txt": _howto(assignment).encode(),
    }


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Pack the files; stored, since how well they are deflated depends on the machine."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.create_system = 3  # Unix, whatever the machine, for the permissions
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content)
    return target.getvalue()


def _requirements(assignment: Assignment) -> str:
    bundle = assignment.bundle
    lines = [f"# for Python {bundle.python}", *bundle.requirements]
    lines += [f"# optional: {requirement}" for requirement in bundle.optional]
    return "\n".join(lines) + "\n"


def _howto(assignment: Assignment) -> str:
    text = resources.files("autograder.release").joinpath("howto.md").read_text(encoding="utf-8")
    return string.Template(text).substitute(
        title=assignment.title,
        underline="=" * len(assignment.title),
        notebook=assignment.notebook.name,
        python=assignment.bundle.python,
    )
