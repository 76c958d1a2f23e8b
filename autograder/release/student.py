"""From the instructor's notebook to the student's, by nbgrader's own steps."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import IncludeHeaderFooter, InstantiateTests, SaveCells
from traitlets.config import Config

from autograder.release.errors import ReleaseError
from autograder.release.settings import nbgrader_settings

COMPLETING = (IncludeHeaderFooter, InstantiateTests)
"""Steps that add to the instructor's notebook; the others only take away."""


def student_notebook(instructor: dict[str, Any], config: Path | Config | None) -> dict[str, Any]:
    """Take solutions and hidden tests out as `nbgrader generate_assignment` would with the settings in `config`."""
    made = _after(instructor, _steps(nbgrader_settings(config)), config, {})
    if len(made["cells"]) != len(instructor["cells"]):
        raise ReleaseError("nbgrader's settings add cells (a header or a footer); please put them into the source.")
    return made


def completed_notebook(instructor: dict[str, Any], config: Path | Config | None, folder: Path) -> dict[str, Any]:
    """Give the instructor's notebook with the course's header and footer, and its automatic tests written out.

    Automatic tests are tried in a kernel, in the folder where the notebook lies.
    """
    steps = [step for step in _steps(nbgrader_settings(config)) if step in COMPLETING]
    return _after(instructor, steps, config, {"metadata": {"path": str(folder)}})


def without_completing(config: Path | Config | None) -> Config:
    """Give the settings for a notebook that has been completed."""
    settings = copy.deepcopy(nbgrader_settings(config))
    settings.IncludeHeaderFooter = Config(header="", footer="")
    return settings


def _after(
    notebook: dict[str, Any], steps: list[Any], config: Path | Config | None, resources: dict[str, Any]
) -> dict[str, Any]:
    node = nbformat.from_dict(copy.deepcopy(notebook))  # type: ignore[no-untyped-call]  # it has no annotations
    for step in steps:
        try:
            node, resources = step(config=nbgrader_settings(config)).preprocess(node, resources)
        except Exception as error:  # a step raises whatever it likes; each says that the text is at fault
            raise ReleaseError(f"nbgrader's {step.__name__}: {error}") from error
    plain: dict[str, Any] = _plain(node)
    return plain


def _steps(settings: Any) -> list[Any]:
    converter = GenerateAssignment(coursedir=CourseDirectory(config=settings), config=settings)
    return [step for step in converter.preprocessors if step is not SaveCells]  # no gradebook is needed for the text


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value
