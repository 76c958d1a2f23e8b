"""What a feedback page says, before it is said in HTML or in plain text. Everything in it is safe to show as text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from autograder.deliver.visible import shortened, visible, visible_line
from autograder.records import CheckResult, ExerciseResult, Graded, Notice, Outcome, Release, Step

MARKS: Mapping[Outcome, tuple[str, str]] = {
    "passed": ("✓", "passed"),
    "failed": ("✗", "not passed"),
    "error": ("?", "could not be decided"),
}
"""A sign and a word for each outcome."""

OURS = "Could not be decided through a fault of ours. It will be graded again; you need to do nothing."
GIVEN, FURTHER = "Tests in your notebook", "Further tests"

_LABELLED = re.compile(r"^ {2}(\S(?:.{0,30}?\S)?) {2,}(.*)$")


@dataclass(frozen=True, slots=True)
class Finding:
    """The message about one cause: a headline, then lines of (label, text); either part of a line may be empty."""

    headline: str
    lines: tuple[tuple[str, str], ...]
    ours: bool = False


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check: its sign, its word, its sentence and its points."""

    outcome: Outcome
    sign: str
    word: str
    title: str
    points: str
    max_points: str


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """The checks of one test cell."""

    title: str
    checks: tuple[CheckLine, ...]


@dataclass(frozen=True, slots=True)
class ExerciseView:
    """One exercise; `code` is the student's own, None where its cell is gone."""

    name: str
    score: str
    max_score: str
    outcome: Outcome
    summary: str
    findings: tuple[Finding, ...]
    groups: tuple[CheckGroup, ...]
    code: str | None
    at_hand: bool
    comment: str


def points(value: float | None) -> str:
    """Points with as many digits as they need, and nothing where there is no mark."""
    return "" if value is None else f"{round(value, 4):g}"


def exercise_views(release: Release, graded: Graded, comments: Mapping[str, str]) -> tuple[ExerciseView, ...]:
    """Give every exercise of a result."""
    return tuple(exercise_view(release, graded, one, comments) for one in graded.result.exercises)


def exercise_view(
    release: Release, graded: Graded, exercise: ExerciseResult, comments: Mapping[str, str]
) -> ExerciseView:
    """Give one exercise."""
    step = step_of(graded, exercise.name)
    found = findings(exercise)
    said = [comments[name] for name in dict.fromkeys((exercise.name, *exercise.cells)) if comments.get(name)]
    outcome = worst(exercise.checks)
    return ExerciseView(
        name=visible_line(exercise.name),
        score=points(exercise.score),
        max_score=points(exercise.max_score),
        outcome=outcome,
        summary="Everything is right." if outcome == "passed" else found[0].headline if found else MARKS[outcome][1],
        findings=found,
        groups=tuple(groups(release, exercise)),
        code=shortened(visible(step.source)) if step else None,
        at_hand=at_hand(graded, exercise.name),
        comment=shortened(visible("\n\n".join(said))),
    )


def worst(checks: tuple[CheckResult, ...]) -> Outcome:
    """Give the outcome of a whole exercise: right only if every check is, ours if any is."""
    outcomes = {check.outcome for check in checks}
    return "error" if "error" in outcomes else "failed" if "failed" in outcomes else "passed"


def step_of(graded: Graded, name: str) -> Step | None:
    """Give the student's cell of this name; never a test cell, whose text is hidden."""
    steps = graded.notebook.steps if graded.notebook else ()
    return next((step for step in steps if step.id == name and step.kind in ("answer", "manual", "task")), None)


def at_hand(graded: Graded, name: str) -> bool:
    """Whether the notebook that something is of can be shown; of several, the name says which one that is."""
    steps = graded.notebook.steps if graded.notebook else ()
    return any(step.notebook in ("", name.partition("/")[0]) for step in steps)


def findings(exercise: ExerciseResult) -> tuple[Finding, ...]:
    """Give one message for each cause: checks that share a code or a message failed for the same reason."""
    causes: dict[str, Finding] = {}
    for check in exercise.checks:
        if check.outcome == "error":
            causes.setdefault(OURS, Finding(OURS, (), ours=True))
        elif check.outcome == "failed" and check.message:
            causes.setdefault(cause(check) or check.message, finding(check.message, exercise.name))
    return tuple(causes.values())


def cause(check: CheckResult) -> str:
    """Give what went wrong, without the exercise that some codes begin with."""
    return check.code.rpartition("/")[2]


def finding(message: str, exercise: str) -> Finding:
    """Take a message apart into its headline, which need not name the exercise again, and its labelled lines."""
    first, *rest = shortened(visible(message), lines=60, letters=6_000).strip().split("\n")
    lines: list[tuple[str, str]] = []
    for line in rest:
        match = _LABELLED.match(line)
        lines.append((match[1], match[2]) if match else ("", line.rstrip()))
    headline = first.removeprefix("✗ ").removeprefix(f"{exercise}: ")
    named = headline == first or any(
        letter.isdigit() for letter in headline.split(" ")[0]
    )  # W1 and b1 stay as they are
    return Finding(headline if named else headline[:1].upper() + headline[1:], tuple(filter(any, lines)))


def groups(release: Release, exercise: ExerciseResult) -> Iterator[CheckGroup]:
    """Give the checks by test cell, in order."""
    cells = {cell.id: cell for cell in release.cells}
    for name in dict.fromkeys(exercise.cells):
        checks = [check for check, cell in zip(exercise.checks, exercise.cells, strict=True) if cell == name]
        cell = cells.get(name)
        hidden = cell is not None and cell.source != cell.student_source
        yield CheckGroup(FURTHER if hidden else GIVEN, tuple(check_line(check) for check in checks))


def check_line(check: CheckResult) -> CheckLine:
    """Give one check."""
    sign, word = MARKS[check.outcome]
    title = visible_line(check.title or check.name)
    return CheckLine(check.outcome, sign, word, title, points(check.points), points(check.max_points))


def other_cells(graded: Graded) -> tuple[tuple[str, str], ...]:
    """Give the code cells that the student added, each with where it stands."""
    steps = graded.notebook.steps if graded.notebook else ()
    own = [step for step in steps if step.kind == "free" and not step.id and step.source.strip()]
    return tuple((place(step), shortened(visible(step.source))) for step in own[:40])


def place(step: Step) -> str:
    """Say where a cell stands in the notebook that was handed in."""
    where = "your code" if step.index is None else f"cell {step.index + 1}"
    return f"{where} of {visible_line(step.notebook)}" if step.notebook else where


def notice_lines(notices: tuple[Notice, ...]) -> tuple[str, ...]:
    """Give the sentences of the notices, each once."""
    return tuple(dict.fromkeys(shortened(visible(one.message), 20, 2_000) for one in notices))
