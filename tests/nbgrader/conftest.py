"""A real nbgrader course with two submissions, graded by the ordinary commands, and a real Jupyter server on it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.release.assignment import read_assignment
from autograder.release.course import nbgrader_environment, stage_course
from autograder.release.gate import answer_key
from autograder.release.read import read_notebooks
from autograder.release.source import write_notebook

REPOSITORY = Path(__file__).parents[2]
SLUG = "initialization"
TOKEN = "only-for-this-test"


@dataclass(frozen=True)
class Course:
    """The course's folder, what nbgrader said at each step, and the release it was made from."""

    repository: Path
    root: Path
    said: dict[str, str]
    points: dict[str, float]
    manual: dict[str, float]
    student: bytes

    @property
    def earned(self) -> float:
        """What tests can give."""
        return sum(self.points.values())

    @property
    def total(self) -> float:
        """What tests and people can give."""
        return self.earned + sum(self.manual.values())


@pytest.fixture(scope="session")
def nbgrader():
    """Give a function that runs one nbgrader command."""
    return run_nbgrader


def run_nbgrader(folder: Path, *words: str) -> str:
    """Run one ordinary nbgrader command in a folder; give all that it says."""
    command = [sys.executable, "-m", "nbgrader", *words]
    run = subprocess.run(command, cwd=folder, env=environment(folder), capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout + run.stderr


def environment(folder: Path) -> dict[str, str]:
    """Give an environment in which nobody's own Jupyter settings count."""
    own = {name: str(folder / ".home" / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")}
    home = {"IPYTHONDIR": str(folder / ".home" / "ipython"), "PYTHONPATH": str(REPOSITORY)}
    return {**nbgrader_environment(), **own, **home, "JUPYTER_PLATFORM_DIRS": "1"}


@pytest.fixture(scope="session")
def course(tmp_path_factory) -> Course:
    """Make the course, hand in the answer key as ada and an untouched notebook as bob, and run every command."""
    repository = tmp_path_factory.mktemp("repository")
    root = repository / "build" / "course"
    assignment = read_assignment(REPOSITORY / "notebooks" / SLUG)
    release, instructor, student = read_notebooks(assignment)
    untouched = write_notebook(student)
    shutil.copyfile(assignment.config, repository / assignment.config.name)
    stage_course(root, assignment, release, write_notebook(instructor))
    for name, notebook in (("ada", answer_key(release, untouched)), ("bob", untouched)):
        put(root / "submitted" / name / SLUG, {f"{SLUG}.ipynb": notebook})
        put(root / "desks" / name, {f"{SLUG}.ipynb": notebook, **dict(release.files)})
    said = {
        "generate_assignment": run_nbgrader(root, "generate_assignment", SLUG),
        "autograde": run_nbgrader(root, "autograde", SLUG),
        "generate_feedback": run_nbgrader(root, "generate_feedback", SLUG),
        "export": run_nbgrader(root, "export", "--to=marks.csv"),
    }
    points, manual = (
        {cell.id: cell.points for cell in release.cells if cell.kind == kind} for kind in ("test", "manual")
    )
    return Course(repository, root, said, points, manual, untouched)


def put(folder: Path, files: dict[str, bytes]) -> None:
    """Write files into a new folder: what a student hands in, or the student's own desk."""
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


@dataclass(frozen=True)
class Server:
    """A running Jupyter server."""

    url: str

    def get(self, path: str) -> str:
        """Open a page as a browser would."""
        return self._open(urllib.request.Request(self.url + path, headers=self._headers()))

    def post(self, path: str, fields: dict[str, str]) -> str:
        """Send a form."""
        data = urllib.parse.urlencode(fields).encode()
        return self._open(urllib.request.Request(self.url + path, data=data, headers=self._headers()))

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"token {TOKEN}"}

    def _open(self, request: urllib.request.Request) -> str:
        with urllib.request.urlopen(request, timeout=120) as answer:
            assert answer.status == 200
            return answer.read().decode()


@pytest.fixture(scope="session")
def server(course) -> Iterator[Server]:
    """Start Jupyter in the course's folder, on a port that is free, for this machine only."""
    words = ["--ip=127.0.0.1", "--port=0", "--no-browser", "--allow-root", f"--IdentityProvider.token={TOKEN}"]
    command = [sys.executable, "-m", "jupyter", "server", *words]
    with (course.root / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=course.root, env=environment(course.root), stdout=log, stderr=log)
    try:
        yield Server(address(process, course.root))
    finally:
        process.terminate()
        process.wait()


def address(process: subprocess.Popen, root: Path) -> str:
    """Wait until the server has written down where it listens."""
    runtime = Path(environment(root)["JUPYTER_RUNTIME_DIR"])
    while process.poll() is None:
        for info in runtime.glob("jpserver-*.json"):
            try:
                return json.loads(info.read_text())["url"].rstrip("/")
            except (ValueError, KeyError):
                pass  # half written
        time.sleep(0.05)
    raise AssertionError((root / "server.log").read_text())
