"""Try answers in a plain run of the cells: no box, no judge, and therefore hundreds of them in seconds.

The bank is the author's own text and may be trusted. That box and judge mark in the same way is shown in `boxed`.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import multiprocessing
import os
import random
import sys
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.audit.report import Entry, Trial
from autograder.judge.bounds import Bounds
from autograder.judge.cell import failed, results_of
from autograder.judge.errors import OutOfTimeError
from autograder.judge.names import plain_python
from autograder.judge.rewritten import BUILTIN, compiled, run_code
from autograder.records import Cell, CheckResult, Release

SECONDS, MEMORY_MB = 30.0, 4096  # for one test cell, on a machine that is busy otherwise
LISTS_FOR_ENTRY, LISTS_FOR_MUTANT = 2, 300  # how many random inputs the oracle looks at


def try_plainly(release: Release, entries: Iterable[Entry], oracle: Path | None) -> tuple[Trial, ...]:
    """Try every entry, in as many processes as there are processors."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count() or 1, context, prepare, (release, oracle)) as pool:
        return tuple(pool.map(try_one, entries, chunksize=8))


class Bench:
    """What a process keeps ready: the release's own cells, run once, and the oracle."""

    def __init__(self, release: Release, oracle: Path | None) -> None:
        os.environ["MPLBACKEND"] = "Agg"
        self.release = release
        self.folder = tempfile.TemporaryDirectory(prefix="seedbed-audit-")
        self.given: dict[str, Any] = {"__name__": "__main__", **BUILTIN}
        self.oracle = load(oracle) if oracle and oracle.is_file() else None
        for name, data in release.files:
            Path(self.folder.name, name).write_bytes(data)
        sys.path.insert(0, self.folder.name)  # for good: the process does nothing else
        for cell in release.cells:
            if cell.kind == "given":
                run(cell.source, self.given)

    def try_one(self, entry: Entry) -> Trial:
        """Run the answer cells, with the entry in its place, and then the test cells of its exercise."""
        names = dict(self.given)
        tests = [cell for cell in self.release.cells if cell.kind == "test" and cell.exercise == entry.exercise]
        with quiet():
            for cell in self.release.cells:
                if cell.kind == "answer":
                    for source in entry.cells if cell.id == entry.exercise else (cell.source,):
                        with contextlib.suppress(Exception, SystemExit):
                            run(source, names)
                if cell.id == entry.exercise:
                    break
            outcomes = [(cell, verdict(cell, names)) for cell in tests]
        visible = tuple(c for cell, checks in outcomes for c in checks if cell.source == cell.student_source)
        hidden = tuple(c for cell, checks in outcomes for c in checks if cell.source != cell.student_source)
        survives = all(check.outcome == "passed" for check in visible + hidden)
        right = self.is_right(entry, names, survives)
        same = entry.kind == "mutant" and survives and right
        return Trial(
            entry, visible, hidden, self.reason(entry) if same else "", None if entry.kind == "mutant" else right
        )

    def is_right(self, entry: Entry, names: dict[str, Any], survives: bool) -> bool | None:
        """What the oracle says; None where there is none, or where nobody asks."""
        if self.oracle is None or (entry.kind == "mutant" and not survives):
            return None
        lists = LISTS_FOR_MUTANT if entry.kind == "mutant" else LISTS_FOR_ENTRY
        chance = random.Random(f"{entry.exercise} {entry.name}")  # noqa: S311 - for variety, and the same each time
        try:
            answer = names.get(entry.exercise)
            with quiet():
                right = self.oracle.right
                return bool(Bounds(SECONDS, MEMORY_MB).hold(lambda: right(entry.exercise, answer, chance, lists)))
        except (Exception, SystemExit, OutOfTimeError):
            return False

    def reason(self, entry: Entry) -> str:
        """Why a mutant does the same as the key."""
        known = [why for part, why in getattr(self.oracle, "REASONS", ()) if part in entry.says]
        return known[0] if known else f"right on {LISTS_FOR_MUTANT} random inputs, as the oracle sees it"


bench: Bench | None = None  # one for each process of the pool


def prepare(release: Release, oracle: Path | None) -> None:
    """Begin a process of the pool."""
    global bench  # noqa: PLW0603 - a pool's process has no other place for what it keeps
    bench = Bench(release, oracle)


def try_one(entry: Entry) -> Trial:
    """Try one entry in a process of the pool."""
    if bench is None:
        raise RuntimeError("prepare was not called in this process")
    return bench.try_one(entry)


def verdict(cell: Cell, names: dict[str, Any]) -> tuple[CheckResult, ...]:
    """Run one test cell and say what became of its checks."""
    test = compiled(cell.source)
    failure: BaseException | None = None
    value: Any = None
    random.seed(cell.id)

    def work() -> Any:
        run_code(test.body, names)
        return run_code(test.last, names) if test.last else None

    try:
        value = Bounds(SECONDS, MEMORY_MB).hold(work)
    except OutOfTimeError:
        return failed(cell, f"The test was stopped after {SECONDS:g} seconds.", "time")
    except (Exception, SystemExit) as error:
        failure = error
    return results_of(cell, failure, value)


def run(source: str, names: dict[str, Any]) -> None:
    """Run a cell as IPython would understand it, its magics left out."""
    lines = source.strip("\n").split("\n")
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    tree = plain_python("\n".join(line.removeprefix(indent) for line in lines))
    if tree is None:
        raise SyntaxError("this cell is not Python")
    exec(compile(tree, "<cell>", "exec"), names)  # noqa: S102 - the author's text


def load(path: Path) -> ModuleType:
    """Load a file as a module of its own."""
    spec = importlib.util.spec_from_file_location("bank_oracle", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is not Python")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep what answers print, and what they warn of, to ourselves."""
    silent = io.StringIO()
    with contextlib.redirect_stdout(silent), contextlib.redirect_stderr(silent), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
