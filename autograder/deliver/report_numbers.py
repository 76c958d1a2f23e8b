"""The numbers of a class report, gathered in one pass over the results; no result is kept."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import numpy as np

from autograder.deliver.feedback_view import cause
from autograder.records import CheckResult, ExerciseResult, ManualQuestion, Result

SMALLEST = 20  # students; with fewer, a facility says more about persons than about a check
SLOWEST = 5
NAMED = 12  # students listed for one behaviour
MESSAGES = 50  # different messages kept for one cause; the most frequent is shown

Signs = tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
"""What a submission fails: for each exercise its causes, and how many checks failed by each."""

CheckKey = tuple[str, str, str]
"""Exercise, grade cell, check."""


@dataclass
class Cause:
    """One way of being wrong: how many submissions show it, and what they were told."""

    exercise: str
    code: str
    students: int = 0
    messages: Counter[str] = field(default_factory=Counter)

    def add(self, message: str) -> None:
        """Count one more submission."""
        self.students += 1
        if message in self.messages or len(self.messages) < MESSAGES:
            self.messages[message] += 1

    @property
    def message(self) -> str:
        """The message that most of them saw."""
        return self.messages.most_common(1)[0][0] if self.messages else ""


@dataclass
class Behaviour:
    """Submissions that fail the same checks for the same reasons."""

    signs: Signs
    students: int = 0
    names: list[str] = field(default_factory=list)


@dataclass
class Numbers:
    """All that a report counts; `shares` holds, for each graded submission, what each check gave of its points."""

    statuses: Counter[str] = field(default_factory=Counter)
    late: int | None = None
    scores: list[float] = field(default_factory=list)
    max_score: float = 0.0
    titles: dict[CheckKey, str] = field(default_factory=dict)
    max_points: dict[CheckKey, float] = field(default_factory=dict)
    shares: list[dict[CheckKey, float]] = field(default_factory=list)
    causes: dict[tuple[str, str], Cause] = field(default_factory=dict)
    behaviours: dict[Signs, Behaviour] = field(default_factory=dict)
    notices: Counter[str] = field(default_factory=Counter)
    unmarked: dict[str, list[str]] = field(default_factory=dict)
    manual: dict[str, list[ManualQuestion]] = field(default_factory=dict)
    slowest: list[tuple[float, str, str]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All submissions, those that are missing among them."""
        return sum(self.statuses.values())

    def add(self, result: Result) -> None:
        """Take in one result."""
        self.statuses[result.status] += 1
        self.notices.update({notice.code for notice in result.notices if result.status in ("graded", "held")})
        heapq.heappush(self.slowest, (result.seconds, result.sha256, result.student))
        if len(self.slowest) > SLOWEST:
            heapq.heappop(self.slowest)
        if result.score is None:
            self.unmarked.setdefault(result.status, []).append(result.student)
        else:
            self.add_graded(result, result.score)

    def add_graded(self, result: Result, score: float) -> None:
        """Take in one mark, and why it is what it is."""
        self.scores.append(score)
        self.max_score = max(self.max_score, result.max_score)
        for question in result.manual:
            self.manual.setdefault(question.name, []).append(question)
        shares: dict[CheckKey, float] = {}
        signs = []
        for exercise in result.exercises:
            shares |= self.shares_of(exercise)
            codes = self.add_causes(exercise)
            if codes:
                signs.append((exercise.name, codes))
        self.shares.append(shares)
        if signs:
            self.add_behaviour(tuple(signs), result.student)

    def shares_of(self, exercise: ExerciseResult) -> dict[CheckKey, float]:
        """Give what each check of an exercise gave, from 0 to 1."""
        shares = {}
        for check, cell in zip(exercise.checks, exercise.cells, strict=True):
            key = (exercise.name, cell, check.name)
            self.titles.setdefault(key, check.title or check.name)
            self.max_points[key] = check.max_points
            shares[key] = check.points / check.max_points if check.max_points else float(check.outcome == "passed")
        return shares

    def add_causes(self, exercise: ExerciseResult) -> tuple[tuple[str, int], ...]:
        """Count each cause of an exercise once; give the causes, and how many checks failed by each."""
        failed = [check for check in exercise.checks if check.outcome == "failed"]
        first: dict[str, CheckResult] = {}
        for check in failed:
            first.setdefault(cause(check) or check.name, check)
        for name, check in first.items():
            found = self.causes.setdefault((exercise.name, name), Cause(exercise.name, check.code or check.name))
            found.add(check.message)
        return tuple(Counter(cause(check) or check.name for check in failed).items())

    def add_behaviour(self, signs: Signs, student: str) -> None:
        """Count one submission of a behaviour."""
        behaviour = self.behaviours.setdefault(signs, Behaviour(signs))
        behaviour.students += 1
        if len(behaviour.names) < NAMED:
            behaviour.names.append(student)


@dataclass(frozen=True, slots=True)
class Item:
    """How one check worked: how many passed, what share was earned, how well it tells strong from weak."""

    key: CheckKey
    title: str
    max_points: float
    passed: int
    students: int
    facility: float | None
    discrimination: float | None


def numbers(results: Iterable[Result], late: Collection[str] | None) -> Numbers:
    """Gather the numbers of a class."""
    gathered = Numbers(late=None if late is None else 0)
    for result in results:
        gathered.add(result)
        if late is not None and gathered.late is not None and result.student in late and result.status != "missing":
            gathered.late += 1
    return gathered


def items(gathered: Numbers) -> list[Item]:
    """Give each check's facility, and its correlation with the rest of the mark."""
    scores = np.array(gathered.scores)
    return [item(gathered, key, scores) for key in gathered.titles]


def item(gathered: Numbers, key: CheckKey, scores: np.ndarray) -> Item:
    """Give one check's numbers; facility and discrimination are None for a class that is too small."""
    shares = np.array([one.get(key, 0.0) for one in gathered.shares])
    most = gathered.max_points[key]
    enough = len(shares) >= SMALLEST
    return Item(
        key,
        gathered.titles[key],
        most,
        passed=int((shares >= 1).sum()),
        students=len(shares),
        facility=float(shares.mean()) if enough else None,
        discrimination=correlation(shares, scores - shares * most) if enough else None,
    )


def correlation(shares: np.ndarray, rest: np.ndarray) -> float | None:
    """Give the correlation of a check with the rest of the mark, None where one of them never differs."""
    spread = float(shares.std() * rest.std())
    if spread < 1e-12:
        return None
    return float(((shares - shares.mean()) * (rest - rest.mean())).mean() / spread)


def distribution(gathered: Numbers, bins: int = 10) -> list[tuple[str, int]]:
    """Count the marks in ranges of equal width, the last one closed."""
    top = gathered.max_score or 1.0
    counts, edges = np.histogram(np.clip(gathered.scores, 0, top), bins=bins, range=(0, top))
    names = [f"{low:g} – {high:g}" for low, high in zip(edges, edges[1:], strict=False)]
    return list(zip(names, (int(count) for count in counts), strict=True))
