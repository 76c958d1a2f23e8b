"""The values that cross between the stages.

source → release → collect → execute → judge → gradebook → deliver

No stage imports another; each takes and returns what is defined here. Every value is frozen. This module imports
nothing of the program and nothing heavy, so that `autograder --help` starts at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

Outcome = Literal["passed", "failed", "error"]
"""Right, wrong, our fault."""

Status = Literal["graded", "unreadable", "held", "missing"]
"""`unreadable`, `held` and `missing` have no score; none of them is a zero."""

CellKind = Literal["answer", "manual", "task", "test", "given", "demonstration", "text", "free"]
"""What a cell of the release is for.

answer         nbgrader solution cell, marked through the test cells after it
manual         solution cell that a person marks
task           nbgrader's task: a text that asks for something, which a person marks wherever it was done
test           nbgrader grade cell; runs in the judge
given          read-only code; restored from the release
demonstration  read-only code tagged `demonstration` that no mark depends on; skipped unless `--replay`
text           markdown
free           any other code
"""


# --- the release -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Check:
    """One property that an answer is checked for. `title` is the sentence that a student reads."""

    name: str
    title: str
    max_points: float


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the release, with its hidden tests.

    `id` is nbgrader's grade_id, or "" where the cell has none. `exercise` is the id of the answer cell that a test cell
    marks. `student_source` is what the student was given (without solution and hidden tests). `trusted` says that the
    cell is read-only and only imports or depends on trusted names, so that the judge runs it too.
    """

    id: str
    kind: CellKind
    source: str
    student_source: str
    points: float = 0.0
    exercise: str = ""
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What a submission may use; set in `assignment.toml`, table `[limits]`."""

    cell_seconds: float = 30.0
    call_seconds: float = 10.0
    submission_seconds: float = 120.0
    memory_mb: int = 2048
    processes: int = 128
    open_files: int = 256
    file_mb: int = 64
    output_bytes: int = 1_000_000
    notebook_mb: int = 32


@dataclass(frozen=True, slots=True)
class Release:
    """All that decides a mark. `id` is the SHA-256 of it; `files` lie beside the notebook, as (name, bytes).

    `notebook` is the notebook's name, "" where that is the assignment's.
    """

    assignment: str
    id: str
    cells: tuple[Cell, ...]
    files: tuple[tuple[str, bytes], ...] = ()
    limits: Limits = field(default_factory=Limits)
    title: str = ""
    notebook: str = ""

    @property
    def fixed_sources(self) -> tuple[str, ...]:
        """What the box runs of cells that students cannot change."""
        return tuple(cell.source for cell in self.cells if cell.kind in ("given", "demonstration"))

    @property
    def notebook_name(self) -> str:
        """The name of the notebook's file, without its ending."""
        return self.notebook or self.assignment

    @property
    def max_score(self) -> float:
        """The points of every cell that the judge marks."""
        return sum(cell.points for cell in self.cells if cell.kind == "test")


# --- collect ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Submission:
    """One student's notebook file, as found; its content is not looked at yet.

    `folder` is the student's own, from which other files come along; None where the notebook was handed in alone.
    `with_others` says that another notebook of the assignment was handed in: then one that is missing earns nothing.
    """

    student: str
    path: Path
    folder: Path | None = None
    with_others: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a student or an instructor should know. A notice never changes a mark."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What was handed in beside the notebook, as (name, bytes); notices say what was left out."""

    files: tuple[tuple[str, bytes], ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One cell of a restored notebook, in the order in which it runs.

    `id` is "" for a cell that the student added. A fixed cell's `source` is always the release's; for a test cell it
    holds the hidden tests, which nobody may be shown. `index` is the cell's position in the submitted notebook, or
    None where it was put back. Text cells are there too, so that a page can be made of the steps alone. `notebook` is
    set where the steps of several are shown together.
    """

    id: str
    kind: CellKind
    source: str
    index: int | None = None
    type: Literal["code", "markdown"] = "code"
    notebook: str = ""


@dataclass(frozen=True, slots=True)
class Notebook:
    """One restored notebook: what the student wrote, in the frame that the release fixes.

    `files` are the student's own, which lie beside it, as (name, bytes).
    """

    steps: tuple[Step, ...]
    notices: tuple[Notice, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A student as a learning platform knows them, so that marks and feedback find their way back.

    `ids` are pairs of a kind and a value. Kinds: canvas (user id), anonymous (Canvas), participant (Moodle; another
    one in each assignment), number (SIS user id, Moodle's ID number, Gradescope's SID), login, email. `handed_in` is
    the start of the name under which the platform takes feedback back: of the file (Canvas) or the folder (Moodle).
    """

    student: str
    name: str = ""
    ids: tuple[tuple[str, str], ...] = ()
    handed_in: str = ""

    def id(self, kind: str) -> str:
        """The id of this kind, or ""."""
        return next((value for one, value in self.ids if one == kind), "")


# --- execute ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Isolation:
    """How the student's process is held: level "A", "B" or "none", and the layers that were really entered."""

    level: Literal["A", "B", "none"]
    layers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a box can be talked to no longer: a stable code and the sentence that a student reads.

    Codes: time/cell, time/call, time/submission, memory, output, exited, killed, protocol.
    """

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Handle:
    """Something that stays in the box: a function, an instance, a module. `callable` as the box says."""

    number: int
    type: str
    callable: bool = False


@dataclass(frozen=True, slots=True)
class NotPlain:
    """A subclass that arrived reduced to its base type: `value` is the plain value, `type` the original type's name.

    `number` is the handle of the original, for what only that can answer; None where there are too many. `own` are the
    methods that its class defines otherwise than the base type.
    """

    value: Any
    type: str
    number: int | None = field(default=None, compare=False)
    own: tuple[str, ...] = field(default=(), compare=False)


@dataclass(slots=True)
class Numbered:
    """A container or an array that both sides know by a number; the box's are positive, the judge's negative.

    In one message there is one of these for each number, however often it is met. `made` is what the judge has for it.
    """

    number: int
    value: Any
    made: Any = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class View:
    """An array whose memory is that of another one, `base`: where in it, in bytes."""

    base: Numbered
    dtype: Any
    shape: tuple[int, ...]
    offset: int
    strides: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FilePath:
    """A path of the box: what it is there, and what it would be as text."""

    handle: Handle
    kind: Callable[[str], Any]
    text: str


@dataclass(frozen=True, slots=True)
class Named:
    """A function or a class of a library, as the box gets it: it has the same."""

    module: str
    name: str


@dataclass(frozen=True, slots=True)
class Alias:
    """An annotation like `list[Point]` as the box gets it, with what stands in the brackets there."""

    made: Any
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ObjectArray:
    """An array of objects as the box gets it."""

    shape: tuple[int, ...]
    items: list[Any]


@dataclass(frozen=True, slots=True)
class LentClass:
    """A class of the test's as the box gets it; `answer` is asked about it, as about an object.

    `bases` are others of these, and builtin exceptions by name, or the builtin class of data from which it derives;
    `fields` are names and annotations of a dataclass.
    """

    answer: Callable[..., Any]
    name: str
    doc: str | None = None
    bases: tuple[Any, ...] = ()
    fields: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Lent:
    """An object of the judge's as the box gets it: `answer` is asked about it, by the name of an operation.

    `kind` is its class, if that is the test's own; `said` are the arguments and the text of an exception.
    """

    answer: Callable[..., Any]
    kind: LentClass | None = None
    said: tuple[Any, ...] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Tagged:
    """A function of the judge's that comes back with attributes which the student's code has given it."""

    function: Callable[..., Any]
    attributes: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ExceptionClass:
    """An exception class that is not builtin: module and name as the box says, and its bases, builtin ones as such."""

    number: int
    module: str
    name: str
    bases: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ExceptionValue:
    """An exception as the box describes it.

    `number` is its handle, None for one of a builtin class; `kind` its class; `type` the nearest builtin type's name.
    `attributes` are what was set on one of a builtin class; another one is asked for them.
    """

    number: int | None
    kind: ExceptionClass | type
    type: str
    message: str
    args: tuple[Any, ...]
    cause: ExceptionValue | Callable[..., Any] | None = None
    attributes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception of the student's side: the nearest builtin type's name, its text, the line in the cell (or None).

    `error` is more about it, where a question raised it and the box could tell: what was lent, if it is the judge's.
    """

    type: str
    message: str
    line: int | None = None
    error: ExceptionValue | Callable[..., Any] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back from one question.

    Exactly one of these holds: `stop` is set (the box is gone); `raised` is set; else `value` is the answer: plain
    data, a `Handle`, or plain data in which a `NotPlain` stands for each reduced subclass. `stdout` is what was printed
    meanwhile. `changed` maps each argument that was changed in place, by position or keyword, to its new value.
    `identity` is the same number whenever the very same dict, list, set or array comes again. `same` is the argument,
    by position or keyword, that a call gave back itself. `stderr` is as `stdout`. `news` are the numbered containers
    that have changed meanwhile, and `gone` the numbers of those that nothing in the box holds any more.
    """

    value: Any = None
    raised: Raised | None = None
    stop: Stop | None = None
    stdout: str = ""
    changed: Mapping[int | str, Any] = field(default_factory=dict)
    identity: int | None = None
    same: int | str | None = None
    stderr: str = ""
    news: tuple[Any, ...] = ()
    gone: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CellRun:
    """What running one cell did. Nothing here is evidence for a mark.

    `figures` are the figures that it showed, where they are drawn anew: bytes that should be PNG, and may be anything.
    """

    raised: Raised | None = None
    stop: Stop | None = None
    stdout: str = ""
    stderr: str = ""
    seconds: float = 0.0
    figures: tuple[bytes, ...] = ()


class Box(Protocol):
    """A live student process that has run some cells of a notebook.

    Whatever the student's side does, no method raises: it answers with a `Stop`. A method raises only for a fault of
    our own (`BoxFault`, `UnsendableError`). After a `Stop`, every later question is answered by the same `Stop`.
    """

    @property
    def isolation(self) -> Isolation:
        """How this box is held."""
        ...

    def furnish(self, files: Sequence[tuple[str, bytes]]) -> None:
        """Lay these files beside the notebook, before its first cell."""
        ...

    def run_cell(self, source: str) -> CellRun:
        """Run one cell as IPython would (magics, `!cmd`, top-level await)."""
        ...

    def ask(
        self,
        operation: str,
        *operands: Any,
        callbacks: Mapping[int, Callable[..., Any]] | None = None,
        forget: Sequence[int] | None = None,
    ) -> Reply:
        """Put one question; `autograder/execute/operations.md` has the operations, and says what `forget` means."""
        ...

    def call_each(self, target: Any, calls: Sequence[tuple[tuple[Any, ...], int | None]]) -> list[Reply]:
        """Put many calls in one question: each its arguments, and what to seed NumPy's generator with, or None.

        Gives one reply for each call, from the first on; fewer where more would be too large, and after a stop.
        """
        ...

    def fork(self) -> AbstractContextManager[bool]:
        """Talk to a copy of the box inside the `with`; nothing done there remains afterwards.

        Yields False, and works on the box itself, where the student left threads alive.
        """
        ...

    def waiting(self) -> AbstractContextManager[str | None]:
        """Let a copy of the box take its place inside the `with`, while the box waits; afterwards it is as it was.

        Yields what `ask("shared")` says before, which tells whether files have changed since; None, and works on the
        box itself, where copies would share more than files, or there can be none.
        """
        ...

    def close(self) -> None:
        """End every process of the box."""
        ...


class BoxFault(Exception):  # noqa: N818 - the word that the results use for it
    """A fault on our side: no process could be started, a part is missing. Never the student's.

    One that is `put_right` cannot come again, so that what it spoilt is done again without being counted.
    """

    put_right = False


class UnsendableError(Exception):
    """A value of the judge's that cannot be sent to a box; the text names its type."""


# --- judge -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The outcome of one check on one submission."""

    name: str
    title: str
    outcome: Outcome
    points: float
    max_points: float
    code: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class ExerciseResult:
    """One exercise's checks, in the order of its test cells; the cell of each check is in `cells`."""

    name: str
    checks: tuple[CheckResult, ...]
    cells: tuple[str, ...]

    @property
    def score(self) -> float:
        """The points earned."""
        return sum(check.points for check in self.checks)

    @property
    def max_score(self) -> float:
        """The points that can be earned."""
        return sum(check.max_points for check in self.checks)


@dataclass(frozen=True, slots=True)
class ManualQuestion:
    """A question that a person marks; the score is None until then, and 0 where nothing was answered.

    `code` says why there is a score that no person gave.
    """

    name: str
    max_score: float
    score: float | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """All that grading one submission found; `results.json` and everything people see is drawn from it.

    `sha256` is the notebook's. `files` are those beside it that were used, as (name, SHA-256); None where it was handed
    in alone.
    """

    student: str
    file: str
    sha256: str
    status: Status
    exercises: tuple[ExerciseResult, ...] = ()
    manual: tuple[ManualQuestion, ...] = ()
    notices: tuple[Notice, ...] = ()
    isolation: Isolation | None = None
    seconds: float = 0.0
    seed: str = "0"
    max_score: float = 0.0
    files: tuple[tuple[str, str], ...] | None = None

    @property
    def score(self) -> float | None:
        """The points earned, or None where nothing could be decided."""
        if self.status != "graded":
            return None
        return sum(exercise.score for exercise in self.exercises)


@dataclass(frozen=True, slots=True)
class Observed:
    """What the boxes of one submission said, as it is written down.

    `submission` is a SHA-256 by which its files are recognised. `parts` are large pieces by their SHA-256, which many
    submissions share: all right answers are made of the same arrays.
    """

    submission: str
    data: bytes
    parts: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Graded:
    """A result, and the restored notebook that it is about (None where the file could not be read).

    `runs` says how each of the student's cells ran, by its place among the steps; a page may show it. `observed` is
    what the boxes said, where it was asked for and can be kept; `recalled` says that nothing was run.
    """

    result: Result
    notebook: Notebook | None = None
    runs: Mapping[int, CellRun] = field(default_factory=dict)
    observed: Observed | None = None
    recalled: bool = False
