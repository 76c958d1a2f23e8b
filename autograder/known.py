"""What tests have found: where one asks the same and is told the same as before, it finds the same.

In a class, most answers to an exercise are right, or wrong in the same few ways.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from autograder import judge as judging
from autograder.execute import Questionnaire, RecalledBox
from autograder.judge import Setting, Verdict
from autograder.records import Box, Cell, Release


class KnownVerdicts:
    """Runs test cells of one release against recalled boxes, each only where it is told something new."""

    def __init__(self, release: Release) -> None:
        self._alone = judging.standing_alone(release)
        self._known: defaultdict[tuple[str, str, tuple[str, ...]], Questionnaire] = defaultdict(Questionnaire)

    def run_test(self, cell: Cell, box: Box, setting: Setting) -> Verdict:
        """Run one test cell, as `judge.run_test` does."""
        if cell.id not in self._alone or not isinstance(box, RecalledBox):
            return judging.run_test(cell, box, setting)
        written = setting.written if "source" in cell.source else ()  # what `inspect.getsource` is held against
        questionnaire = self._known[cell.id, setting.seed, written]
        known = box.foresee(questionnaire)
        if isinstance(known, Verdict):
            return known
        box.listen()
        verdict = judging.run_test(cell, box, setting)
        if not any(check.outcome == "error" or check.code.startswith(("time/", "memory")) for check in verdict.checks):
            box.fill_in(questionnaire, replace(verdict, names=None))
        return verdict
