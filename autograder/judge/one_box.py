"""One box for all the tests that are in doubt: the hidden ones wait until everything that is shown has been said.

Where a hidden test stands, the box waits, and a copy of it goes on with the notebook, as far as the next hidden test,
where a copy of the copy goes on. So the innermost copy comes to the end of the notebook before any hidden test was run.
Only then are they run: there, on the finished notebook, and, while one copy after the other ends, each at its place.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from autograder.judge.cell import Verdict
from autograder.judge.session import Session
from autograder.records import Box, Step, Stop

MAX_WAITING = 8
"""Copies that may wait at once."""


class Interrupted(Exception):  # noqa: N818  not an error
    """The box has stopped, or cannot be copied: what is still in doubt needs another one."""


@dataclass
class OneBox:
    """Runs the notebook once, for tests none of which went over a limit before.

    Attributes
    ----------
    at_place, at_end : dict
        Verdicts at the cell's place, and on the finished notebook.
    """

    session: Session
    wanted: Collection[str]
    skip_demonstrations: bool
    at_place: dict[str, Verdict] = field(default_factory=dict)
    at_end: dict[str, Verdict] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Tell the tests apart."""
        self.public = [name for name in self.wanted if name in self.session.public]
        self.hidden = [name for name in self.wanted if name not in self.session.public]
        self.providing = self.session.providing(self.wanted)

    @property
    def is_of_use(self) -> bool:
        """Whether there are tests to let wait; one that others rely on cannot, and of too many none does."""
        return 0 < len(self.hidden) <= MAX_WAITING and self.providing <= self.session.public

    @property
    def unsettled(self) -> list[str]:
        """The tests that are still in doubt because they were not tried twice."""
        tried = self.at_place.keys() & self.at_end
        passed = {name for name, verdict in self.at_place.items() if verdict.passed}
        return [name for name in self.wanted if name not in tried | passed]

    def run(self) -> None:
        """Run the notebook, and the tests."""
        self.session.begin_telling(complete=not self.skip_demonstrations)
        box = self.session.begin(self.skip_demonstrations)
        try:
            self.onward(box, 0)
        except Interrupted:
            pass
        finally:
            box.close()

    def onward(self, box: Box, start: int) -> None:
        """Run the notebook from this place on, as far as the next hidden test, which waits until the rest has ended."""
        for place, step in enumerate(self.session.notebook.steps[start:], start):
            if step.kind != "test":
                self.run_cell(place, step, box)
            elif step.id in self.providing:
                self.take(self.at_place if step.id in self.wanted else {}, step.id, box)
            elif step.id in self.public:
                self.take_copied(self.at_place, step.id, box)
            elif step.id in self.hidden:
                return self.wait(box, place, step.id)
        return self.finish(box)

    def run_cell(self, place: int, step: Step, box: Box) -> None:
        """Run one of the student's cells. That one has stopped says nothing here: it is tried once more without us."""
        known = place in self.session.killers
        if self.session.run(place, step, box, self.skip_demonstrations):
            if not known:
                self.session.killers.discard(place)
                self.session.runs.pop(place, None)
            raise Interrupted

    def wait(self, box: Box, place: int, name: str) -> None:
        """Let a copy go on; then run the test, unless the copy has changed files that the test should have found."""
        names = dict(self.session.judge_names)
        with box.waiting() as shared:
            if shared is None:
                raise Interrupted
            self.onward(box, place + 1)
        self.session.judge_names = names
        now = box.ask("shared").value
        if type(now) is str and now == shared:
            self.take(self.at_place, name, box)

    def finish(self, box: Box) -> None:
        """Run the tests on the finished notebook; from the first hidden one on, nothing that is said is shown."""
        self.session.told = True
        for name in self.public:
            if not self.at_place[name].passed:
                self.take_copied(self.at_end, name, box)
        for name in self.hidden[:-1]:
            self.take_copied(self.at_end, name, box)
        self.take(self.at_end, self.hidden[-1], box)

    def take(self, kept: dict[str, Verdict], name: str, box: Box) -> None:
        """Run a test against the box itself."""
        verdict = self.session.test(name, box)
        self.keep(kept, name, verdict, verdict.stop)

    def take_copied(self, kept: dict[str, Verdict], name: str, box: Box) -> None:
        """Run a test against a copy of the box."""
        self.keep(kept, name, *self.session.test_copy(name, box))

    def keep(self, kept: dict[str, Verdict], name: str, verdict: Verdict, stop: Stop | None) -> None:
        """Keep a verdict, unless something has stopped: that may be because boxes that wait need room."""
        if stop or verdict.stop:
            raise Interrupted
        kept[name] = verdict
