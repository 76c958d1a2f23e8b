"""What an audit found, as frozen values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from autograder.records import CheckResult

Kind = Literal["wrong", "right", "mutant"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer that the tests are tried on.

    Attributes
    ----------
    exercise
        The grade_id of the answer cell that it stands for.
    name, says
        A short name, and one sentence.
    code
        The diagnosis that is expected, without the exercise in front; "" where none is.
    cells
        The cells that stand in place of the answer cell; `answer` is the place of the answer among them.
    """

    kind: Kind
    exercise: str
    name: str
    says: str
    code: str
    cells: tuple[str, ...]
    answer: int = 0


@dataclass(frozen=True, slots=True)
class Trial:
    """One entry, and what each check of its exercise said about it.

    `visible` holds the checks of the test cells that students have in full, `hidden` the others. `equivalent` says why
    a mutant that survives does the same as the key. `filed_right` is what the bank's own oracle says, if it has one.
    """

    entry: Entry
    visible: tuple[CheckResult, ...]
    hidden: tuple[CheckResult, ...]
    equivalent: str = ""
    filed_right: bool | None = None

    @property
    def refused_by(self) -> tuple[CheckResult, ...]:
        """The checks that failed, in the order in which a student meets them."""
        return tuple(check for check in self.visible + self.hidden if check.outcome != "passed")

    @property
    def code(self) -> str:
        """The first diagnosis that the tests make, as a student reads it; "" if everything passed."""
        codes = [check.code for check in self.refused_by]
        return next((code for code in codes if "/" in code), codes[0] if codes else "")

    @property
    def named(self) -> Literal["yes", "no", "wrong", ""]:
        """Whether the expected diagnosis was made: yes, no (an honest "do not know"), wrong; "" if none is expected."""
        if not self.entry.code or self.entry.kind != "wrong":
            return ""
        found = self.code.rsplit("/", 1)[-1]
        if found == self.entry.code:
            return "yes"
        return "no" if found in ("unknown", "scale", "keys", "shape", "") else "wrong"

    @property
    def as_it_should(self) -> bool:
        """Whether a right answer was accepted, or a wrong one refused."""
        if self.entry.kind == "right":
            return not self.refused_by
        return bool(self.refused_by) or bool(self.equivalent)


@dataclass(frozen=True, slots=True)
class Difference:
    """An answer that the box and the judge mark otherwise than a plain run of the cells."""

    exercise: str
    name: str
    check: str
    plain: str
    boxed: str


@dataclass(frozen=True, slots=True)
class Unsplittable:
    """A test cell that cannot be run in the judge: where, and why."""

    cell: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class AuditReport:
    """All that one audit found."""

    assignment: str
    trials: tuple[Trial, ...]
    boxed: int = 0
    differences: tuple[Difference, ...] = ()
    unsplittable: tuple[Unsplittable, ...] = ()
    seconds: float = 0.0

    @property
    def alive(self) -> tuple[Trial, ...]:
        """Wrong answers and mutants that every check lets pass, equivalent mutants left out."""
        return tuple(t for t in self.trials if t.entry.kind != "right" and not t.as_it_should)

    @property
    def refused(self) -> tuple[Trial, ...]:
        """Right answers that some check refuses."""
        return tuple(t for t in self.trials if t.entry.kind == "right" and not t.as_it_should)

    @property
    def equivalent(self) -> tuple[Trial, ...]:
        """Mutants that survive because they do the same as the key."""
        return tuple(t for t in self.trials if t.equivalent)

    @property
    def misnamed(self) -> tuple[Trial, ...]:
        """Wrong answers with another diagnosis than the one expected."""
        return tuple(t for t in self.trials if t.named in ("no", "wrong"))

    @property
    def misfiled(self) -> tuple[Trial, ...]:
        """Entries under the wrong heading, as the bank's oracle sees it."""
        return tuple(t for t in self.trials if t.filed_right is not None and t.filed_right != (t.entry.kind == "right"))

    @property
    def good(self) -> bool:
        """Whether the tests can be trusted: nothing alive, nothing refused, nothing misfiled, box and judge agree."""
        return not (self.alive or self.refused or self.misfiled or self.differences or self.unsplittable)

    def count(self, kind: Kind) -> int:
        """How many entries of a kind there are."""
        return Counter(trial.entry.kind for trial in self.trials)[kind]

    def codes(self) -> Counter[str]:
        """How often each diagnosis was made."""
        return Counter(trial.code for trial in self.trials if trial.code)
