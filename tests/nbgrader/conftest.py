"""A real nbgrader course with two submissions, graded by the ordinary commands, and a real Jupyter server on it."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder import program
from autograder.program import Project
from autograder.records import Release
from autograder.release.gate import answer_key
from tests.nbgrader.commands import environment, run_nbgrader

SLUG = "initialization"
TOKEN = "only-for-this-test"


@dataclass(frozen=True)
class Course:
    """The course's folder, what nbgrader said at each step, and the release it was made from."""

    repository: Path
    said: dict[str, str]
    release: Release

    @property
    def root(self) -> Path:
        """The folder that nbgrader works in."""
        return self.repository / "build" / "course"

    @property
    def points(self) -> dict[str, float]:
        """What each test cell can give."""
        return {cell.id: cell.points for cell in self.release.cells if cell.kind == "test"}

    @property
    def manual(self) -> dict[str, float]:
        """What a person can give."""
        return {cell.id: cell.points for cell in self.release.cells if cell.kind == "manual"}

    @property
    def earned(self) -> float:
        """What all tests can give."""
        return sum(self.points.values())

    @property
    def total(self) -> float:
        """What tests and people can give."""
        return self.earned + sum(self.manual.values())


@pytest.fixture(scope="session")
def released(kit, tmp_path_factory) -> Course:
    """A repository of its own with the release of the kit, whose gradebook `nbgrader generate_assignment` made anew."""
    repository = tmp_path_factory.mktemp("repository")
    for name in ("notebooks", "utils", "public_tests", "build/releases", "build/course/source"):
        shutil.copytree(kit / name, repository / name)
    for folder in (repository, repository / "build" / "course"):
        shutil.copy(kit / "nbgrader_config.py", folder)
    course = Course(repository, {}, program.current_release(Project(repository), SLUG))
    commands = {"generate_assignment": f"generate_assignment {SLUG}", "db": "db assignment list"}
    course.said.update(zip(commands, run_nbgrader(repository, *commands.values()), strict=True))
    return course


@pytest.fixture(scope="session")
def course(released, tmp_path_factory) -> Course:
    """Hand in the answer key as ada and an untouched notebook as bob, and run every command."""
    repository = shutil.copytree(released.repository, tmp_path_factory.mktemp("graded") / "repository")
    found = Course(repository, dict(released.said), released.release)
    untouched = (found.root / "release" / SLUG / f"{SLUG}.ipynb").read_bytes()
    for name, notebook in (("ada", answer_key(found.release, untouched)), ("bob", untouched)):
        put(found.root / "submitted" / name / SLUG, {f"{SLUG}.ipynb": notebook})
        put(found.root / "desks" / name, {f"{SLUG}.ipynb": notebook, **dict(found.release.files)})
    commands = {
        "autograde": f"autograde {SLUG}",
        "generate_feedback": f"generate_feedback {SLUG}",
        "export": "export --to=marks.csv",
        "validate": f"validate desks/ada/{SLUG}.ipynb",
    }
    found.said.update(zip(commands, run_nbgrader(found.root, *commands.values()), strict=True))
    return found


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
    """Start Jupyter in the course's folder."""
    with serving(course.root) as running:
        yield running


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """Run a Jupyter server in a folder, on a port that is free, for this machine only."""
    words = ["--ip=127.0.0.1", "--port=0", "--no-browser", "--allow-root", f"--IdentityProvider.token={TOKEN}"]
    command = [sys.executable, "-m", "jupyter", "server", *words]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment(folder), stdout=log, stderr=log)
    try:
        yield Server(address(process, folder))
    finally:
        process.terminate()
        process.wait()


def address(process: subprocess.Popen, root: Path) -> str:
    """Wait until the server has written down where it listens, and does; it writes before it does."""
    runtime = Path(environment(root)["JUPYTER_RUNTIME_DIR"])
    while process.poll() is None:
        for info in runtime.glob("jpserver-*.json"):
            try:
                known = json.loads(info.read_text())
                socket.create_connection(("127.0.0.1", known["port"])).close()
                return known["url"].rstrip("/")
            except (ValueError, KeyError, ConnectionRefusedError):
                pass  # half written, or not there yet
        time.sleep(0.05)
    raise AssertionError((root / "server.log").read_text())
