"""The two steps that take the place of nbgrader's Execute and SaveAutoGrades."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.preprocessors import SaveAutoGrades as NbgraderSaveAutoGrades

from autograder import collect
from autograder.dropin.shown import shown, undecided
from autograder.records import Graded, Release

UNDECIDED = "seedbed_undecided"
"""Among the resources that nbgrader hands from step to step: grade cells for which there is no mark."""


class Judge(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no annotations that mypy can read
    """Judge the submitted file, and put the notebook that people see in its place."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:  # noqa: ARG002 - it is the placeholder
        """Judge one notebook."""
        names, exporter = resources["nbgrader"], self.parent
        folder = exporter.parent.coursedir
        path = Path(folder.format_path(folder.submitted_directory, names["student"], names["assignment"]))
        place = exporter.desk.place(names["assignment"], names["notebook"])
        path = path / f"{names['notebook']}.ipynb"
        graded = exporter.desk.grade(place, names["student"], path)
        self._say(graded)
        resources[UNDECIDED] = undecided(graded, place.marks)
        return shown(place.release, graded, submitted(path, place.release), place.marks), resources

    def _say(self, graded: Graded) -> None:
        """Tell whoever watches what a person should know."""
        result = graded.result
        if result.status != "graded":
            self.log.error("%s of %s is %s and has no mark", result.file, result.student, result.status)
        for notice in result.notices:
            tell = self.log.info if notice.code == "cell-error" else self.log.warning
            tell("%s: %s", result.student, notice.message)


def submitted(path: Path, release: Release) -> bytes:
    """The file's bytes once more, for the pictures in it; nothing where it cannot be read."""
    try:
        return collect.read(path, release.limits.notebook_mb * 1_000_000)
    except (FileNotFoundError, collect.Unreadable):
        return b""


class SaveGrades(NbgraderSaveAutoGrades):  # type: ignore[misc]  # see above
    """nbgrader's own reading of the marks; what could not be decided has none, and waits for a person."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Save the marks of one notebook."""
        self._undecided: frozenset[str] = resources[UNDECIDED]
        done: tuple[Any, Any] = super().preprocess(nb, resources)
        if self._undecided:
            self._hold(resources["nbgrader"])
        return done

    def _hold(self, names: dict[str, str]) -> None:
        """Take back the marks that nbgrader reads into cells which nobody could judge."""
        with Gradebook(names["db_url"]) as gradebook:
            found = gradebook.find_submission_notebook(names["notebook"], names["assignment"], names["student"])
            for grade in found.grades:
                if grade.name in self._undecided:
                    grade.auto_score, grade.needs_manual_grade = None, True
            gradebook.db.commit()
