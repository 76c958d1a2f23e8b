"""Grading in real boxes, with the warm process kept for as long as it fits."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder import program
from autograder.execute import Zygote
from autograder.gradebook.writer import find_alembic
from autograder.grader import Grader
from autograder.lean import spare_a_grammar
from autograder.program import Project
from autograder.records import Release, Result, Submission
from autograder.sample import write_sample
from tests.side_by_side import SideBySide

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # where it is set, each command compiles the whole program anew
sys.dont_write_bytecode = False  # and pytest every test
find_alembic()  # nbgrader starts it by name
spare_a_grammar()  # nor do nbgrader's own commands build it here: three seconds each time


@pytest.fixture(scope="session")
def zygotes() -> Iterator[dict[Any, Zygote]]:
    """Warm processes by what they were started with."""
    started: dict[Any, Zygote] = {}
    yield started
    for zygote in started.values():
        zygote.close()


@pytest.fixture
def grade(zygotes: dict[Any, Zygote]) -> Callable[..., Result]:
    """Grade the bytes of a submission by a release, in a real box of the best level that this machine offers."""

    def graded(release: Release, data: bytes, level: Any = None, **options: Any) -> Result:
        models = any("sklearn" in cell.source for cell in release.cells)
        key = (release.files, release.limits, level, models)
        if key not in zygotes:
            zygotes[key] = Zygote(*key[:3], given=["import sklearn"] * models)
            zygotes[key].__enter__()
        with Grader(release, zygote=zygotes[key], **options) as grader:
            return grader.grade_bytes(Submission("ada", Path("ada.ipynb")), data, "0").result

    return graded


ROOT = Path(__file__).parent.parent
# what a shell starts in the background ignores it, and so would the commands that are tested
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """Thousands of tests stay in memory: the collector need not look at them again and again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: a quarter of the time, tests wait for a disk, a clock or a browser."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> SideBySide:
    """Say which tests may run at the same time."""
    return SideBySide(config, log)


@pytest.fixture(scope="session")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository's texts in which the assignment has been released, outside of the repository."""
    root = tmp_path_factory.mktemp("kit")
    for name in ("notebooks", "utils", "public_tests"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "nbgrader_config.py", root)
    program.release(Project(root), "initialization")
    return root


@pytest.fixture(scope="session")
def sample_class(kit: Path) -> Path:
    """The bundled class, written beside the released assignment."""
    folder = kit / "notebooks" / "initialization"
    write_sample(folder, folder / "initialization.ipynb", kit / "class")
    return kit / "class"


@pytest.fixture
def autograder(kit: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the installed command as a user would, from the kit's root."""

    def run(*arguments: Any, **options: Any) -> subprocess.CompletedProcess[str]:
        command = [str(Path(sys.executable).parent / "autograder"), *map(str, arguments)]
        return subprocess.run(command, cwd=kit, capture_output=True, text=True, check=False, timeout=300, **options)

    return run
