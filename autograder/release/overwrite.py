"""Put the hidden tests back into a submission without a false alarm (nbgrader issue 1961).

nbgrader compares each locked cell of a submission with the instructor's, from which the student's differs wherever a
test was hidden: every honest submission is reported as changed. Here a cell that is what the student was given is first
made whole, in silence; nbgrader then reports, and restores, only what somebody really changed.
"""

from __future__ import annotations

from typing import Any

from nbgrader.api import MissingEntry
from nbgrader.preprocessors import ClearHiddenTests
from nbgrader.preprocessors import OverwriteCells as NbgraderOverwriteCells


class OverwriteCells(NbgraderOverwriteCells):  # type: ignore[misc]  # nbgrader has no annotations that mypy can read
    """nbgrader's step, silent where nothing was changed."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Restore one cell."""
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id is not None:
            self._complete(cell, grade_id)
        done: tuple[Any, Any] = super().preprocess_cell(cell, resources, cell_index)
        return done

    def _complete(self, cell: Any, grade_id: str) -> None:
        try:
            source = self.gradebook.find_source_cell(grade_id, self.notebook_id, self.assignment_id)
        except MissingEntry:
            return
        if source.locked and cell.source == self._as_given(cell, source.source):
            cell.source = source.source

    def _as_given(self, cell: Any, source: str) -> str:
        given = cell.copy()
        given.source = source
        ClearHiddenTests(parent=self).preprocess_cell(given, {}, 0)
        text: str = given.source
        return text
