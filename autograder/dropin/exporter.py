"""nbgrader's way into a submission, which here opens nothing that a student handed in."""

from __future__ import annotations

import secrets
import weakref
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat.v4 import new_markdown_cell, new_notebook
from nbgrader.converters.base import NbGraderException
from traitlets import List, Unicode

from autograder.dropin.course import Course
from autograder.dropin.desk import Desk
from autograder.execute import best_level
from autograder.records import BoxFault


class SubmissionExporter(NotebookExporter):
    """Exporter of `nbgrader autograde`; it lives for one run, and with it the warm processes.

    nbgrader converts each notebook twice. In the first pass it would parse the submitted file, whatever that holds; a
    damaged one ends there without a mark. Here that pass writes a placeholder, and the second one judges the file.
    """

    seed = Unicode("", help="Fixes the tests' random lists, to repeat an earlier grading.").tag(config=True)
    inside = List(
        Unicode(), help="grade_id of test cells that cannot be split and run in the student's process, unprotected."
    ).tag(config=True)

    def __init__(self, **settings: Any) -> None:
        """Refuse before any submission is touched if there is no sandbox on this machine."""
        super().__init__(**settings)  # type: ignore[no-untyped-call]  # it has no annotations
        converter: Any = self.parent
        try:
            best_level()
        except BoxFault as fault:
            said = f"No submission was graded: {fault}. Type `autograder doctor` for the way out."
            converter.log.error(said)  # noqa: TRY400 - nbgrader itself prints nothing of an exception
            raise NbGraderException(said) from fault
        coursedir = converter.coursedir
        self.desk = Desk(
            Course(coursedir, self.config), coursedir.db_url, self.seed or secrets.token_hex(8), frozenset(self.inside)
        )
        weakref.finalize(self, self.desk.close)

    def from_filename(self, filename: str, resources: Any = None, **_: Any) -> tuple[Any, Any]:
        """Give a placeholder for what a student handed in; read what the first pass wrote."""
        converter: Any = self.parent
        if not converter._sanitizing:  # noqa: SLF001 - nothing else tells the two passes apart
            result: tuple[Any, Any] = super().from_filename(filename, resources)
            return result
        cell = new_markdown_cell("This submission has not been graded. Type: `nbgrader autograde --force`")  # type: ignore[no-untyped-call]
        exported: tuple[Any, Any] = self.from_notebook_node(new_notebook(cells=[cell]), resources)  # type: ignore[no-untyped-call]
        return exported
