"""One warm process for a run of nbgrader, whatever it grades, and nothing of it afterwards."""

from __future__ import annotations

import gc
import shutil
from pathlib import Path

import nbgrader
import pytest
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.dropin.course import Course
from autograder.dropin.desk import Desk
from autograder.dropin.probe import unsplittable
from autograder.execute import Zygote
from autograder.judge import Trusted
from autograder.release.read import read_release_notebook

pytestmark = pytest.mark.slow  # starts nbgrader and a kernel
EXAMPLES = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide"


def test_the_notebooks_of_an_assignment_share_one_warm_process_which_ends(example, monkeypatch):
    """Each notebook has a judge of its own; the process is gone when the run is over."""
    monkeypatch.chdir(example.root)
    settings = Config(CourseDirectory={"root": str(example.root)})
    desk = Desk(Course(CourseDirectory(config=settings), settings), f"sqlite:///{example.root / 'gradebook.db'}", "0")
    places = [desk.place("ps1", notebook) for notebook in ("problem1", "problem2", "problem1")]
    [zygote] = desk._zygotes.values()
    pid = zygote._process.pid
    assert places[0] is places[2]
    assert places[0].release != places[1].release
    assert Path(f"/proc/{pid}").exists()
    desk.close()
    assert not Path(f"/proc/{pid}").exists()


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # nbgrader leaves its kernel's sockets open
def test_automatic_tests_are_written_out_and_can_be_judged(tmp_path, monkeypatch):
    """nbgrader's own example of `### AUTOTEST`: its key earns everything, and each of its tests can be split."""
    source = shutil.copytree(EXAMPLES / "source" / "ps1_autotest", tmp_path / "source" / "ps1")
    shutil.copy(EXAMPLES / "autotests.yml", tmp_path)
    monkeypatch.chdir(tmp_path)
    release = read_release_notebook(source / "problem1.ipynb")
    gc.collect()  # those sockets, while nobody minds
    tests = [cell for cell in release.cells if cell.kind == "test"]
    assert len(tests) == 5
    assert not [cell for cell in tests if "AUTOTEST" in cell.source]
    with Zygote(release.files, release.limits) as zygote:
        assert unsplittable(release, zygote, Trusted(release)) == set()
