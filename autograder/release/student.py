"""From the instructor's notebook to the student's, by nbgrader's own steps."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import SaveCells

from autograder.release.errors import ReleaseError
from autograder.release.settings import nbgrader_settings


def student_notebook(instructor: dict[str, Any], config: Path | None) -> dict[str, Any]:
    """Take solutions and hidden tests out as `nbgrader generate_assignment` would with the settings in `config`."""
    node = nbformat.from_dict(copy.deepcopy(instructor))  # type: ignore[no-untyped-call]  # it has no annotations
    settings = nbgrader_settings(config)
    resources: dict[str, Any] = {}
    for step in _steps(settings):
        try:
            node, resources = step(config=settings).preprocess(node, resources)
        except Exception as error:  # a step raises whatever it likes; each says that the text is at fault
            raise ReleaseError(f"nbgrader's {step.__name__}: {error}") from error
    if len(node.cells) != len(instructor["cells"]):
        raise ReleaseError("nbgrader's settings add cells (a header or a footer); please put them into the source.")
    plain: dict[str, Any] = _plain(node)
    return plain


def _steps(settings: Any) -> list[Any]:
    converter = GenerateAssignment(coursedir=CourseDirectory(config=settings), config=settings)
    return [step for step in converter.preprocessors if step is not SaveCells]  # no gradebook is needed for the text


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value
