"""Run one test cell in the judge, against a box, and say what became of each of its checks."""

from __future__ import annotations

import contextlib
import io
import math
import random
import re
import warnings
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from autograder.judge import source
from autograder.judge.bounds import Bounds
from autograder.judge.crossing import handle_of
from autograder.judge.environment import Environment
from autograder.judge.errors import CannotBeSplitError, FaultInTestError, OutOfTimeError, StudentStoppedError
from autograder.judge.exceptions import builtin_class
from autograder.judge.files import Folder, has_files
from autograder.judge.guard import UNSAFE, Guard, ours
from autograder.judge.link import Link
from autograder.judge.logged import Logged
from autograder.judge.main_module import main_is
from autograder.judge.manners import Manners
from autograder.judge.namespace import TestNamespace
from autograder.judge.randomness import watch
from autograder.judge.rewritten import Compiled, compiled, run_code
from autograder.judge.settings import Settings
from autograder.judge.there import CLOSED
from autograder.judge.trusted import Names
from autograder.records import Box, Cell, CheckResult, Limits, Stop

MAX_TEXT = 20_000

ENVIRONMENT, LOGGING = re.compile("environ|[sg]etenv"), re.compile("logging|assert(No)?Logs")
"""What a test mentions that changes the environment, or listens to what is logged."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one run of a test cell found.

    `names` are those that the cell leaves in the judge; `stop` says why the box is gone, if it is; `undefined` is the
    name of the student's that the test looked for in vain; `by_answers` says whether it follows from what the box
    answered alone, and not from the texts of this submission's cells.
    """

    checks: tuple[CheckResult, ...]
    text: str = ""
    stop: Stop | None = None
    names: dict[str, Any] | None = None
    undefined: str = ""
    by_answers: bool = True

    @property
    def passed(self) -> bool:
        """Whether every check passed."""
        return all(check.outcome == "passed" for check in self.checks)


@dataclass(frozen=True, slots=True)
class Setting:
    """What one run of a test is given besides the box.

    Attributes
    ----------
    names
        What it finds under which name.
    manners
        What it may ask of an object of the student's.
    written
        The texts of the student's cells.
    files
        What lies beside the notebook.
    plots
        Whether the release's tests or answers have to do with figures.
    seed
        Fixes the random numbers of the judge, so that a result can be repeated.
    seconds, memory_mb
        After this long, or with so much more memory, the test counts as failed: what the student returned made it
        endless or huge.
    """

    names: Names
    manners: Manners = field(default_factory=Manners)
    written: tuple[str, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()
    plots: bool = False
    seed: str = "0"
    seconds: float = Limits().submission_seconds
    memory_mb: int = Limits().memory_mb


def run_test(cell: Cell, box: Box, setting: Setting) -> Verdict:
    """Run one test cell.

    Parameters
    ----------
    cell
        The release's cell, with its hidden tests.
    box
        The student's process at this place of the notebook.
    setting
        Everything else.

    Raises
    ------
    KeyNeededError
        If the answer key has to be tried first.
    BoxFault
        If there was a fault of ours.
    """
    watch()
    source.watch()
    random.seed(setting.seed)
    np.random.seed(random.getrandbits(32))  # noqa: NPY002 - the generator that notebooks use
    try:
        test = compiled(cell.source)
    except SyntaxError as error:
        return Verdict(undecided(cell, f"This test cannot be run: {error.msg}"))
    run = Run(cell, test, box, setting)
    failure: BaseException | None = None
    try:
        run.go()
    except CannotBeSplitError as error:
        return Verdict(undecided(cell, f"This test cannot be split between judge and box: {error}"))
    except FaultInTestError as error:
        raise error.fault from error
    except OutOfTimeError:
        failure = StudentStoppedError(said_of_time(setting.seconds), "time/submission")
    except BaseException as error:
        if passes_through(error):
            raise
        failure = error
        if isinstance(error, MemoryError) and not from_box(error):
            said = f"The test needed more than {setting.memory_mb} MB for what your code returned."
            failure = StudentStoppedError(said, "memory")
    return run.verdict(cell, failure)


def out_of_time(cell: Cell, setting: Setting) -> Verdict:
    """What becomes of a test that never ends with what the student's code returned, without a look."""
    return Verdict(failed(cell, said_of_time(setting.seconds), "time/submission"))


def said_of_time(seconds: float) -> str:
    """What a student reads then."""
    return f"The test was stopped after {seconds:.3g} seconds with what your code returned."


class Run:
    """One run of a test cell."""

    def __init__(self, cell: Cell, test: Compiled, box: Box, setting: Setting) -> None:
        self._source, self._test, self._setting = cell.source, test, setting
        self._bounds, self._text = Bounds(setting.seconds, setting.memory_mb), io.StringIO()
        self._box, self._value = box, None
        self._link: Link | None = None
        self._space: TestNamespace | None = None

    def go(self) -> None:
        """Run it; whatever it raises comes out."""
        with contextlib.ExitStack() as stack:
            for context in (
                self._setting.manners.kept(),
                warnings.catch_warnings(),
                contextlib.redirect_stdout(self._text),
                contextlib.redirect_stderr(self._text),
            ):
                stack.enter_context(context)
            warnings.simplefilter("default")
            warnings.simplefilter("ignore", ResourceWarning)  # as Python has it
            link = self._link = Link(self._box, self._bounds, self._setting.manners, self._setting.written)
            space = self._space = TestNamespace(self._setting.names, link, ours(link, self._test.texts))
            link.replaced.watch(self._test.places)
            link.replaced.keep(self._test.modules, self._setting.names.here.values())
            stack.enter_context(link.replaced.kept())
            stack.enter_context(contextlib.chdir("."))  # and back
            stack.enter_context(main_is(space))
            if UNSAFE.search(self._source):
                raise CannotBeSplitError("it reads YAML in a way that runs what it names; write yaml.safe_load")
            guard = Guard(texts=self._test.texts)
            if has_files(self._source, self._test.texts):
                folder = Folder(link, self._setting.files)
                stack.enter_context(folder.entered())
                guard = Guard(folder.is_foreign, self._test.texts, folder.is_elsewhere)
            if ENVIRONMENT.search(self._source):
                stack.enter_context(Environment(link).kept())
            stack.enter_context(Settings(link, self._source).kept())
            if LOGGING.search(self._source):
                stack.enter_context(Logged(link).kept())
            if self._setting.plots:
                link.put("eval", CLOSED, {})
            stack.enter_context(guard)
            self._value = self._bounds.hold(lambda: self._run_in(space))

    def _run_in(self, space: TestNamespace) -> Any:
        """Run its statements, and give the value of the last one."""
        space.fetch(self._test.names)
        run_code(self._test.body, space)
        return run_code(self._test.last, space) if self._test.last else None

    def verdict(self, cell: Cell, failure: BaseException | None) -> Verdict:
        """What it found; `failure` is what it raised.

        Raises
        ------
        BoxFault
            If there was a fault of ours, which the test has swallowed.
        """
        stop = None
        if self._link:
            if self._link.fault:
                raise self._link.fault
            stop, self._link.over = self._link.stop, True
            failure = failure or self._link.found_wrong
        checks = results_of(cell, failure, self._value)
        if stop and failure is None:
            checks = failed(cell, stop.message, stop.code)
        if stop:
            checks = tuple(with_reason(check, stop) for check in checks)
        missing = failure.name if isinstance(failure, NameError) else None
        undefined = missing if missing in self._setting.names.remote else ""
        names = self._space.own() if self._space is not None else None
        by_answers = not (self._link and self._link.has_read)
        return Verdict(checks, self._text.getvalue()[:MAX_TEXT], stop, names, undefined or "", by_answers)


def results_of(cell: Cell, failure: BaseException | None, value: Any) -> tuple[CheckResult, ...]:
    """The outcome of each check: as the test reports it, else all of them as the cell went."""
    reported = reported_by(failure) or reported_by(value)
    if reported is not None and [check.name for check in cell.checks] != [cell.id]:  # the release declares its checks
        by_name = {result["name"]: result for result in reported}
        return tuple(
            from_report(check.name, check.title, check.max_points, by_name[check.name]) for check in cell.checks
        )
    if failure is not None:
        code = failure.code if isinstance(failure, StudentStoppedError) else "raises"
        return failed(cell, message_of(cell, failure), code)
    points = partial_points(value)
    if points < cell.points:
        return partial(cell, points)
    return tuple(CheckResult(c.name, c.title, "passed", c.max_points, c.max_points) for c in cell.checks)


def reported_by(value: Any) -> Any:
    """The outcome of each check, as something of the author's carries it; a thing of the student's is not asked."""
    return None if handle_of(value) or from_box(value) else getattr(value, "results", None)


def partial_points(value: Any) -> float:
    """The last value of a cell as points; without bound where it is no number, as nbgrader has it."""
    if isinstance(value, bool) or not issubclass(type(value), int | float | np.integer | np.floating):
        return math.inf
    return max(0.0, float(value)) if value == value else 0.0  # noqa: PLR0124 - NaN is no points


def from_report(name: str, title: str, points: float, result: dict[str, Any]) -> CheckResult:
    """One check as a test of ours reports it."""
    passed = bool(result["passed"])
    return CheckResult(
        name,
        title,
        "passed" if passed else "failed",
        points if passed else 0.0,
        points,
        result["code"],
        result["message"],
    )


def partial(cell: Cell, points: float) -> tuple[CheckResult, ...]:
    """nbgrader's partial credit: the cell's last value is its points."""
    return tuple(
        CheckResult(c.name, c.title, "failed", points * c.max_points / cell.points, c.max_points, "partial")
        for c in cell.checks
    )


def failed(cell: Cell, message: str, code: str) -> tuple[CheckResult, ...]:
    """Every check of the cell failed, for one reason."""
    return tuple(CheckResult(c.name, c.title, "failed", 0.0, c.max_points, code, message) for c in cell.checks)


def undecided(cell: Cell, message: str) -> tuple[CheckResult, ...]:
    """No check of the cell could be decided, through a fault of ours."""
    return tuple(CheckResult(c.name, c.title, "error", 0.0, c.max_points, "fault", message) for c in cell.checks)


def with_reason(check: CheckResult, stop: Stop) -> CheckResult:
    """A failed check, told by why the box is gone."""
    return check if check.outcome == "passed" else replace(check, code=stop.code, message=stop.message)


def message_of(cell: Cell, failure: BaseException) -> str:
    """What a student may read of an exception: all of it for a test that they have, its type for a hidden one."""
    line = getattr(failure, "student_line", None)
    where = f" in line {line} of your cell" if line else ""
    text = text_of(failure)
    if isinstance(failure, StudentStoppedError):
        return text
    unbound = isinstance(failure, NameError) and not from_box(failure)
    if unbound or cell.source == cell.student_source:
        return f"{type(failure).__name__}{where}: {text}" if text else f"{type(failure).__name__}{where}"
    builtin = builtin_class(type(failure))  # its name tells nothing
    return f"A hidden test did not pass ({builtin.__name__}{where})."


def passes_through(error: BaseException) -> bool:
    """Whether it is on its way to others; what `pytest.fail` raises is no Exception either, but the test's own."""
    ours = type(error).__module__.partition(".")[0] == "autograder"
    return isinstance(error, KeyboardInterrupt) or (ours and not isinstance(error, Exception))


def from_box(failure: Any) -> bool:
    """Whether it was raised by the student's code, which may put into its text what a hidden test asked."""
    return hasattr(failure, "student_line")


def text_of(failure: BaseException) -> str:
    """The text of an exception, as it can be written; a thing of the student's in it may refuse to be shown."""
    try:
        return str(getattr(failure, "student_text", failure)).encode("utf-8", "replace").decode()
    except Exception:
        return ""
