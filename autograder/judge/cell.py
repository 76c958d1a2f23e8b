"""Run one test cell in the judge, against a box, and say what became of each of its checks."""

from __future__ import annotations

import ast
import contextlib
import io
import math
import random
from dataclasses import dataclass, replace
from functools import lru_cache
from types import CodeType
from typing import Any

import numpy as np

from autograder.judge.bounds import Bounds
from autograder.judge.errors import CannotBeSplitError, FaultInTestError, OutOfTimeError, StudentStoppedError
from autograder.judge.link import Link
from autograder.judge.names import mentioned, plain_python
from autograder.judge.namespace import TestNamespace
from autograder.judge.randomness import watch
from autograder.judge.remote import Remote
from autograder.records import Box, Cell, CheckResult, Limits, Stop

MAX_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one run of a test cell found.

    `names` are those that the cell leaves in the judge; `stop` says why the box is gone, if it is; `undefined` is the
    name of the student's that the test looked for in vain.
    """

    checks: tuple[CheckResult, ...]
    text: str = ""
    stop: Stop | None = None
    names: dict[str, Any] | None = None
    undefined: str = ""

    @property
    def passed(self) -> bool:
        """Whether every check passed."""
        return all(check.outcome == "passed" for check in self.checks)


def run_test(
    cell: Cell,
    box: Box,
    trusted: dict[str, Any],
    remote: frozenset[str],
    seed: str,
    seconds: float,
    memory_mb: int = Limits().memory_mb,
) -> Verdict:
    """Run one test cell.

    Parameters
    ----------
    cell
        The release's cell, with its hidden tests.
    box
        The student's process at this place of the notebook.
    trusted, remote
        Names of the judge's, and names that are the student's.
    seed
        Fixes the random numbers of the judge, so that a result can be repeated.
    seconds, memory_mb
        After this long, or with so much more memory, the test counts as failed: what the student returned made it
        endless or huge.
    """
    watch()
    random.seed(seed)
    np.random.seed(random.getrandbits(32))  # noqa: NPY002 - the generator that notebooks use
    bounds, text = Bounds(seconds, memory_mb), io.StringIO()
    link = Link(box, bounds)
    try:
        body, last, names = compiled(cell.source)
    except SyntaxError as error:  # top-level await, for one
        return Verdict(undecided(cell, f"This test cannot be split between judge and box: {error.msg}"))
    space = TestNamespace(trusted, remote, link)
    value: Any = None
    failure: BaseException | None = None
    try:
        with bounds.kept(), contextlib.redirect_stdout(text), contextlib.redirect_stderr(text):
            space.fetch(names)
            exec(body, space)  # noqa: S102 - the author's test
            value = eval(last, space) if last else None  # noqa: S307 - the author's test
    except CannotBeSplitError as error:
        return Verdict(undecided(cell, f"This test cannot be split between judge and box: {error}"))
    except FaultInTestError as error:
        raise error.fault from error
    except OutOfTimeError:
        said = f"The test was stopped after {seconds:.3g} seconds with what your code returned."
        failure = StudentStoppedError(said, "time/submission")
    except Exception as error:
        failure = error
        if isinstance(error, MemoryError) and not from_box(error):
            said = f"The test needed more than {memory_mb} MB for what your code returned."
            failure = StudentStoppedError(said, "memory")
    checks = results_of(cell, failure, value)
    if link.stop and failure is None:
        checks = failed(cell, link.stop.message, link.stop.code)
    if link.stop:
        checks = tuple(with_reason(check, link.stop) for check in checks)
    undefined = failure.name if isinstance(failure, NameError) and failure.name in remote else ""
    return Verdict(checks, text.getvalue()[:MAX_TEXT], link.stop, space.own(), undefined or "")


@lru_cache(maxsize=256)
def compiled(source: str) -> tuple[CodeType, CodeType | None, frozenset[str]]:
    """A test cell's statements, its last expression (or None), and the names that it mentions."""
    tree = plain_python(source)
    if tree is None:
        tree = ast.parse(source)
    mention, last = frozenset(mentioned(tree)), None
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        last = compile(ast.Expression(tree.body.pop().value), "<test>", "eval")  # type: ignore[attr-defined]  # an Expr
    return compile(tree, "<test>", "exec"), last, mention


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
    return None if issubclass(type(value), Remote) else getattr(value, "results", None)


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
    return f"A hidden test did not pass ({type(failure).__name__}{where})."


def from_box(failure: BaseException) -> bool:
    """Whether it was raised by the student's code, which may put into its text what a hidden test asked."""
    return hasattr(failure, "student_line")


def text_of(failure: BaseException) -> str:
    """The text of an exception; a thing of the student's in it may refuse to be shown."""
    try:
        return str(failure)
    except Exception:
        return ""
