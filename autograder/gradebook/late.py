"""Points taken away for being late, by the very step of nbgrader's that its own `autograde` runs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.preprocessors import AssignLatePenalties
from traitlets import TraitError
from traitlets.config.loader import Config

from autograder.gradebook.errors import GradebookError


class LatePenalties:
    """Assigns the penalty of one submission after the other, as the course's settings say.

    Parameters
    ----------
    url
        The gradebook.
    assignment, notebook
        What the penalties are for.
    settings
        The course's settings; `AssignLatePenalties.plugin_class` is what decides.
    places
        Folders in which a plugin's module is looked for besides Python's own.

    Raises
    ------
    GradebookError
        If there is no such plugin.
    """

    def __init__(
        self, url: str, assignment: str, notebook: str, settings: Config, places: tuple[Path, ...] = ()
    ) -> None:
        self._names = {"db_url": url, "assignment": assignment, "notebook": notebook}
        with importable(places):
            try:
                self._step = AssignLatePenalties(config=settings)
            except (TraitError, ImportError) as error:
                raise GradebookError(f"The plugin for late penalties that the settings name: {error}") from error

    def assign(self, student: str) -> None:
        """Write the penalty of a submission that is in the gradebook, or take one back.

        Raises
        ------
        GradebookError
            If the plugin raises.
        """
        nobody = NotebookNode(cells=[])  # type: ignore[no-untyped-call]  # the step reads the gradebook alone
        try:
            self._step.preprocess(nobody, {"nbgrader": {**self._names, "student": student}})
        except Exception as error:  # a plugin is a program of the instructor's
            message = f"The plugin for late penalties stopped with {type(error).__name__}: {error} ({student!r})."
            raise GradebookError(message) from error


@contextmanager
def importable(places: tuple[Path, ...]) -> Iterator[None]:
    """Let modules of these folders be imported, as nbgrader does with the folder in which it is started."""
    added = [str(place) for place in places if str(place) not in sys.path]
    sys.path[:0] = added
    try:
        yield
    finally:
        sys.path[:] = [one for one in sys.path if one not in added]
