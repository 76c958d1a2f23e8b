"""One run of a notebook in a box: its own cells there, its test cells here, each at its place."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from autograder.judge.cell import Setting, Verdict, failed, run_test
from autograder.judge.errors import KeyNeededError
from autograder.judge.late import Late
from autograder.judge.manners import KeyRun, Manners
from autograder.judge.reading import OWN
from autograder.judge.rewritten import used_and_bound
from autograder.judge.trusted import Trusted
from autograder.records import Box, Cell, CellRun, Notebook, Raised, Release, Step, Stop, UnsendableError

OpenBox = Callable[[Collection[str] | None], Box]
"""Starts a box; it is told what is going to run there, or, with None, that it is to have everything."""
RunTest = Callable[[Cell, Box, Setting], Verdict]

MAX_FIGURES = 12
"""Figures that are kept of one submission."""


@dataclass
class Session:
    """Runs one notebook, as often as it takes to be sure.

    Attributes
    ----------
    killers : set of int
        Steps that ended their box; a later run leaves them out, so that everything else still counts.
    runs : dict
        What became of each of the student's cells, by step.
    complete : bool
        Whether the run that `runs` is about has left nothing out.
    told : bool
        Whether `runs` is of a box that met no hidden test, and stays as it is.
    draw : bool
        Whether to ask for the figures that cells show; no longer once a box was lost over that.
    public : frozenset of str
        Test cells that students have in full. A box that has met another one may know what it asked, and whatever it
        says from then on could hold that.
    everything : bool
        Whether boxes are to have all libraries from the start: what was too slow may have been an import.
    noted : dict or None
        Gets what each test asks, where the notebook is the answer key.
    given_from_box : bool
        Whether the answer key's tests have what is given from the box.
    """

    release: Release
    notebook: Notebook
    open_box: OpenBox
    trusted: Trusted
    seed: str
    run_test: RunTest = run_test
    killers: set[int] = field(default_factory=set)
    runs: dict[int, CellRun] = field(default_factory=dict)
    judge_names: dict[str, Any] = field(default_factory=dict)
    public: frozenset[str] = frozenset()
    complete: bool = False
    told: bool = False
    draw: bool = False
    everything: bool = False
    late: Late = field(default_factory=Late)
    started: float = field(default_factory=time.monotonic)
    noted: dict[str, KeyRun] | None = None
    given_from_box: bool = False

    def __post_init__(self) -> None:
        """Index the release's test cells."""
        self.tests: dict[str, Cell] = {cell.id: cell for cell in self.release.cells if cell.kind == "test"}
        self.public = frozenset(name for name, cell in self.tests.items() if cell.source == cell.student_source)
        self.written = tuple(step.source for step in self.notebook.steps if step.kind in OWN)

    def live(self, skip_demonstrations: bool, wanted: Collection[str] | None = None) -> dict[str, Verdict]:
        """Run the notebook once, each test cell, or each wanted one, against the box as it is then."""
        verdicts: dict[str, Verdict] = {}
        box = self.begin(skip_demonstrations)
        try:
            for place, step in enumerate(self.notebook.steps):
                if step.kind != "test":
                    stop = self.run(place, step, box, skip_demonstrations)
                elif wanted is None or step.id in wanted:
                    verdicts[step.id] = self.test(step.id, box)
                    stop = verdicts[step.id].stop
                else:
                    stop = None
                if stop:
                    box.close()
                    box = self.replayed(place + 1, skip_demonstrations)
        finally:
            box.close()
        return verdicts

    def begin(self, skip_demonstrations: bool) -> Box:
        """Begin another run of the notebook, in a box of its own."""
        self.judge_names = self.trusted.copies()
        self.late.begin()
        return self.fresh(skip_demonstrations)

    def fresh(self, skip_demonstrations: bool) -> Box:
        """A box in which the student's files lie; that of the answer key holds none of them."""
        cells = [step.source for step in self.notebook.steps if runs_in_box(step, skip_demonstrations)]
        modules = [content.decode("utf-8", "replace") for name, content in self.notebook.files if name.endswith(".py")]
        before = time.monotonic()
        box = self.open_box(None if self.everything else cells + modules)
        self.started += time.monotonic() - before  # to make it ready, or a warm process, is no time of the student's
        try:
            box.furnish(self.notebook.files)
        except BaseException:
            box.close()
            raise
        return box

    def apart(self, names: Collection[str]) -> list[list[str]]:
        """These test cells, those that students have apart from those that they do not have."""
        groups = [name for name in names if name in self.public], [name for name in names if name not in self.public]
        return [group for group in groups if group]

    def tell(self, verdicts: Mapping[str, Verdict], skip_demonstrations: bool) -> None:
        """Let `runs` hold only what was said before any hidden test was run; run the notebook once more if need be."""
        if not self.told and any(map(says, self.runs.values())):
            self.begin_telling(complete=not skip_demonstrations)
            self.live(skip_demonstrations, [name for name in self.public if not verdicts[name].stop])

    def begin_telling(self, complete: bool) -> None:
        """Forget what the cells said; how they ended the process is in words of ours."""
        self.complete = complete
        self.runs = {place: CellRun(stop=run.stop) for place, run in self.runs.items() if run.stop}

    def careful(
        self, wanted: Collection[str], skip_demonstrations: bool
    ) -> tuple[dict[str, Verdict], dict[str, Verdict]]:
        """Run it again from the top; the wanted test cells each meet a copy of the box.

        Those whose names a later one relies on meet the box itself, so that what they keep of the student's lives on.

        Returns
        -------
        at_place, at_end : dict
            Verdicts at the cell's place, and, for those that failed there, on the finished notebook.
        """
        at_place: dict[str, Verdict] = {}
        at_end: dict[str, Verdict] = {}
        providing = self.providing(wanted)
        if harmless := self.public.issuperset(wanted) and not self.told:
            self.begin_telling(complete=not skip_demonstrations)
        box = self.begin(skip_demonstrations)
        try:
            for place, step in enumerate(self.notebook.steps):
                if step.kind != "test":
                    stop = self.run(place, step, box, skip_demonstrations)
                elif step.id in providing:
                    verdict = self.test(step.id, box)
                    stop = verdict.stop
                    at_place |= {step.id: verdict} if step.id in wanted else {}
                elif step.id in wanted:
                    at_place[step.id], stop = self.test_copy(step.id, box)
                else:
                    stop = None
                if stop:
                    box.close()
                    box = self.replayed(place + 1, skip_demonstrations)
            failing = [name for name, verdict in at_place.items() if not verdict.passed]
            for name in failing[:-1]:
                self.forgive(name)
                at_end[name], stop = self.test_copy(name, box)
                if stop:
                    box.close()
                    box = self.replayed(len(self.notebook.steps), skip_demonstrations)
            for name in failing[-1:]:  # nothing comes after it, so that it can have the box itself
                self.forgive(name)
                at_end[name] = self.test(name, box)
        finally:
            box.close()
        self.told = self.told or harmless
        return at_place, at_end

    def providing(self, wanted: Collection[str]) -> set[str]:
        """The test cells that bind a name which one of these mentions, or another one that provides for it."""
        order = [step.id for step in self.notebook.steps if step.id in self.tests]
        found: set[str] = set()
        mentioned: set[str] = set()
        for name in reversed(order):
            uses, binds = used_and_bound(self.tests[name].source)
            if binds & mentioned:
                found.add(name)
            if name in wanted or name in found:
                mentioned |= uses
        return found

    def replayed(self, until: int, skip_demonstrations: bool) -> Box:
        """A new box that has run the student's cells before a place, without those that end it."""
        while True:
            box = self.fresh(skip_demonstrations)
            own = ((place, step) for place, step in enumerate(self.notebook.steps[:until]) if step.kind != "test")
            if not any(self.run(place, step, box, skip_demonstrations) for place, step in own):
                return box
            box.close()

    def run(self, place: int, step: Step, box: Box, skip_demonstrations: bool) -> Stop | None:
        """Run one of the student's cells; say why the box ended, if it did."""
        if place in self.killers or not runs_in_box(step, skip_demonstrations) or self.seconds_left() <= 0:
            return None
        try:
            run = box.run_cell(step.source)
        except UnsendableError:
            run = CellRun(Raised("MemoryError", "the text of this cell is too long to be run"))
        if run.stop:
            self.killers.add(place)
        figures, stop = self.figures(box) if self.draw and not run.stop else ((), run.stop)
        if run.stop or not self.told:
            self.runs[place] = replace(run, figures=figures)
        return stop

    def figures(self, box: Box) -> tuple[tuple[bytes, ...], Stop | None]:
        """The figures that a cell has just shown, as the box gives them; say why the box ended, if it did.

        The cell itself went well: if the box is lost now, it is run again, and nothing is asked for any more.
        """
        reply = box.ask("figures")
        self.draw = reply.stop is None
        room = MAX_FIGURES - sum(len(run.figures) for run in self.runs.values())
        given = reply.value if type(reply.value) is list else []
        return tuple(one for one in given if type(one) is bytes)[: max(0, room)], reply.stop

    def test(self, name: str, box: Box) -> Verdict:
        """Run one test cell against a box.

        One that passes with the judge's copies of what is given, and looks at something that the student's code could
        have changed, has to pass with that as well.
        """
        first, *more = self.views(name)
        if more:
            with box.fork():
                verdict = self.look(name, box, first)
            if verdict.passed:
                (first,) = more
        return self.look(name, box, first)

    def views(self, name: str) -> list[bool]:
        """From where a test has to have what is given, as far as the answer key passes it so: the box, or the judge.

        Raises
        ------
        KeyNeededError
            If the answer key has to be tried first.
        """
        if self.noted is not None:
            return [self.given_from_box]
        uses, binds = used_and_bound(self.tests[name].source)
        looks_at = (uses | binds) & self.trusted.names.given
        if not looks_at:
            return [False]
        if self.trusted.keys is None:
            raise KeyNeededError
        passed = {from_box: keys[name] is not None for from_box, keys in self.trusted.keys.items()}
        if passed[False] and passed[True]:
            return [False, True] if looks_at & self.trusted.used else [False]
        return [passed[True]]

    def look(self, name: str, box: Box, from_box: bool) -> Verdict:
        """Run one test cell, with what is given from the box or from the judge."""
        cell, seconds = self.tests[name], self.seconds_left()
        if seconds <= 0:
            limit = self.release.limits.submission_seconds
            reason = f"Your notebook had used up its {limit:g} seconds before this test could run."
            return Verdict(failed(cell, reason, "time/submission"))
        if stop := self.late.stop(cell):
            return Verdict(failed(cell, stop.message, stop.code))
        names = replace(self.trusted.names, here=self.judge_names)
        setting = Setting(
            names=names.as_in_the_box() if from_box else names,
            manners=self.manners(name, from_box),
            written=self.written,
            files=self.trusted.files,
            plots=self.trusted.plots,
            seed=f"{self.seed}:{name}",
            seconds=seconds,
            memory_mb=self.release.limits.memory_mb,
        )
        self.trusted.forget()
        with self.trusted.importable():
            verdict = self.run_test(cell, box, setting)
        self.late.note(cell, verdict.stop)
        self.judge_names |= verdict.names or {}
        return verdict

    def manners(self, name: str, from_box: bool) -> Manners:
        """What this test may ask of an object of the student's."""
        if self.noted is not None:
            return Manners(noted=self.noted.setdefault(name, KeyRun()))
        keys = self.trusted.keys
        return Manners(known=keys is not None, key=keys[from_box].get(name) if keys else None)

    def forgive(self, name: str) -> None:
        """Try a test once more that took too long, if a cell below it mentions its exercise."""
        cell = self.tests[name]
        place = next(place for place, step in enumerate(self.notebook.steps) if step.id == name)
        below = self.notebook.steps[place:]
        if any(cell.exercise in step.source for step in below if step.kind in ("answer", "free")):
            self.late.forgive(cell)

    def test_copy(self, name: str, box: Box) -> tuple[Verdict, Stop | None]:
        """Run one test cell against a copy of a box; say why the box itself ended, if it did."""
        with box.fork() as is_copy:
            verdict = self.test(name, box)
        return verdict, verdict.stop if not is_copy or verdict.stop else None

    def seconds_left(self) -> float:
        """What remains of the submission's time."""
        return self.release.limits.submission_seconds - (time.monotonic() - self.started)


def runs_in_box(step: Step, skip_demonstrations: bool) -> bool:
    """Whether it is a cell that a box runs."""
    left_out = ("test", "text", "demonstration") if skip_demonstrations else ("test", "text")
    return step.type == "code" and step.kind not in left_out


def says(run: CellRun) -> bool:
    """Whether a cell left behind anything that is the student's own words or pictures."""
    return bool(run.raised or run.stdout or run.stderr or run.figures)
