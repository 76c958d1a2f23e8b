"""Graders that stay warm for the whole suite, and what lies outside of their boxes."""

from __future__ import annotations

import contextlib
import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from autograder import collect
from autograder.execute import Zygote, probe
from autograder.grader import Grader
from autograder.records import Beside, Limits, Submission
from autograder.release.assignment import read_assignment
from autograder.release.read import read_notebooks
from autograder.release.source import write_notebook
from tests.conftest import ROOT
from tests.hostile.hostile_files import RIGHT, answer, insert
from tests.hostile.outside import LOOK, Outside
from tests.hostile.secrets_of_the_tests import secrets

collect_ignore_glob = ["submissions/*"]  # pytest would import, here, whatever is called ..._test
SEED = "hostile"
TIGHT = Limits(cell_seconds=1, call_seconds=1, submission_seconds=5, memory_mb=600, processes=40)


@dataclass(frozen=True)
class Tight:
    """Boxes with small limits, of a warm process that makes others as well."""

    zygote: Zygote

    def box(self, sources=None, **options):
        """A box."""
        return self.zygote.box(sources, limits=TIGHT, **options)


def lay(folder, files):
    """Write files of any name into a folder."""
    for name, text in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)


@pytest.fixture(scope="session")
def kit(tmp_path_factory):
    """The repository's texts, and the notebook that students are given; no gate and no course, which nothing here uses."""
    root = tmp_path_factory.mktemp("kit")
    for name in ("notebooks", "utils", "public_tests"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "nbgrader_config.py", root)
    return root


@pytest.fixture(scope="session")
def made(kit):
    """The release of these texts, and what students are given of it, which is also put beside them."""
    assignment = read_assignment(kit / "notebooks" / "initialization")
    release, _, student = read_notebooks(assignment)
    assignment.notebook.write_bytes(write_notebook(student))
    return release, student


@pytest.fixture(scope="session")
def release(made):
    """The assignment as it is really released, but for the length of its trainings, which is most of what they take."""
    return replace(made[0], cells=tuple(shorter(cell) for cell in made[0].cells))


def shorter(cell):
    """Of the demonstrations only one training, of a few steps, with data that are quickly made."""
    if cell.kind != "demonstration":
        return cell
    few = {
        "load_dataset": "train_X, train_Y, test_X, test_Y = [np.ones((rows, 9)) for rows in (2, 1, 2, 1)]",
        "train_he": cell.source.replace("(train_X, train_Y, init", "(train_X, train_Y, num_iterations=20, init"),
    }
    return replace(cell, source=few.get(cell.id, "pass"))


@pytest.fixture(scope="session")
def given(made):
    """The notebook that students are given."""
    return made[1]


@pytest.fixture(scope="session")
def known_secrets(kit, made):
    """What no student may learn; what they are given lies beside it by then."""
    del made
    return secrets(kit, SEED)


@pytest.fixture(scope="session")
def outside(kit, tmp_path_factory):
    """What lies outside of every box."""
    with contextlib.closing(Outside(tmp_path_factory.mktemp("outside"), kit)) as made:
        yield made


@pytest.fixture(scope="session")
def graders(release):
    """A function that gives the running grader of a level, with the release's limits or small ones."""
    available = {found.level: found for found in probe()}
    warm, running = {}, {}
    with contextlib.ExitStack() as stack:

        def of(level, tight=False):
            if not available[level].available:
                pytest.skip(f"level {level}: {available[level].reason}")
            if level not in warm:
                made = Zygote(release.files, release.limits, level, given=release.fixed_sources)
                warm[level] = stack.enter_context(made)
            if (level, tight) not in running:
                limited = replace(release, limits=TIGHT) if tight else release
                zygote = Tight(warm[level]) if tight else warm[level]
                running[level, tight] = stack.enter_context(Grader(limited, zygote=zygote))
            return running[level, tight]

        yield of


@pytest.fixture(scope="session")
def honest(given):
    """The bytes of a right submission that also looks around for what others left."""
    notebook = json.loads(json.dumps(given))
    answer(notebook, RIGHT)
    insert(notebook, "first", LOOK)
    return json.dumps(notebook).encode()


@pytest.fixture(scope="session")
def graded(tmp_path_factory):
    """Grade the bytes of a submission, and texts that lie beside it."""

    def of(grader, data, student="mallory", files=None):
        submission, beside = Submission(student, Path(f"{student}.ipynb")), Beside()
        if files:
            folder = tmp_path_factory.mktemp("beside")
            lay(folder, files)
            submission = replace(submission, folder=folder)
            beside = collect.beside(folder, grader.release.files)
        return grader.grade_bytes(submission, data, SEED, beside=beside)

    return of
