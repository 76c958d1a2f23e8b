"""What `autograder grade` does in a plain course when it is stopped, and when something is not as it should be."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.dropin import pair
from tests.dropin.conftest import Course, autograder

pytestmark = pytest.mark.slow  # starts nbgrader

RUN = Path("build", "runs", "shapes")
SLOW = f"import time; time.sleep(5)\n{pair.RIGHT['square']}"


@pytest.fixture(scope="module")
def released(tmp_path_factory) -> Course:
    """The course with two students, of whom one takes five seconds for the second notebook."""
    course = pair.make_course(tmp_path_factory.mktemp("stopped") / "course")
    pair.hand_in(course, "ada", circle={"area": pair.RIGHT["circle"]}, square={"area": SLOW})
    pair.hand_in(course, "bob", circle={"area": pair.WRONG["circle"]}, square={"area": pair.RIGHT["square"]})
    return course


def stopped(course: Course, after: Path, by: signal.Signals) -> int:
    """Start to grade, and stop it as soon as this file is there."""
    command = [str(Path(sys.executable).parent / "autograder"), "grade", "submitted", "-a", "shapes", "--seed", "3"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=course.root, **quiet) as process:
        while not (course.root / after).exists():
            assert process.poll() is None, "it ended before it could be stopped"
            time.sleep(0.02)
        process.send_signal(by)
        return process.wait()


def graded_lines(course: Course) -> dict[str, list[str]]:
    """Who was graded in each notebook that was begun, in order; twice where somebody was graded twice."""
    states = {name: course.root / RUN / name / "state.jsonl" for name in pair.NOTEBOOKS}
    lines = {name: state.read_text().splitlines() for name, state in states.items() if state.exists()}
    return {name: [json.loads(line)[1]["student"] for line in found] for name, found in lines.items()}


def test_a_stopped_run_goes_on_where_it_was(released, tmp_path):
    """Ctrl-C after the first notebook, `kill -9` in the middle of the second one: nobody is graded twice."""
    course = released.copy(tmp_path / "course")
    assert stopped(course, RUN / "circle" / "results.json", signal.SIGINT) == 130
    assert graded_lines(course)["circle"] == ["ada", "bob"]
    (course.root / RUN / "square" / "state.jsonl").unlink(missing_ok=True)  # it is how the next one is seen to be there
    assert stopped(course, RUN / "square" / "state.jsonl", signal.SIGKILL) == -signal.SIGKILL
    assert not (course.root / RUN / "results.json").exists()
    done = autograder(course, "grade", "submitted", "-a", "shapes", "--seed", "3")
    assert done.returncode == 0, done.stderr
    assert graded_lines(course) == {"circle": ["ada", "bob"], "square": ["ada", "bob"]}
    found = json.loads((course.root / RUN / "results.json").read_text())["submissions"]
    assert {one["student"]: one["score"] for one in found} == {"ada": 5, "bob": 3}
    assert course.scores("shapes", "square", "ada")["area-test"] == 3


def test_an_assignment_of_one_notebook_is_one_run(released, tmp_path):
    """Also where the notebook is not called like the assignment; a flat folder will do, and there is nothing to sum."""
    course = released.copy(tmp_path / "course")
    flat(course)
    assert autograder(course, "grade", "flat", "-a", "alone").returncode == 0
    run = course.root / "build" / "runs" / "alone"
    table = json.loads((run / "results.json").read_text())
    assert (table["notebook"], "notebooks" in table) == ("circle", False)
    assert [(one["student"], one["score"], one["max_score"]) for one in table["submissions"]] == [("bob", 0, 2)]
    assert not (run / "circle").exists()
    assert course.scores("alone", "circle", "bob")["area-test"] == 0
    assert (course.root / "autograded" / "bob" / "alone" / "circle.ipynb").is_file()


def no_source(course: Course) -> None:
    """There is no folder of sources."""
    shutil.rmtree(course.root / "source")


def no_notebook(course: Course) -> None:
    """The assignment's folder is empty."""
    for path in (course.root / "source" / "shapes").glob("*.ipynb"):
        path.unlink()


def no_gradebook(course: Course) -> None:
    """The assignment was never generated."""
    (course.root / "gradebook.db").unlink()


def flat(course: Course) -> None:
    """A folder of notebooks by student, which says nothing of which notebook each is."""
    (course.root / "flat").mkdir()
    shutil.copy(course.root / "submitted" / "bob" / "shapes" / "circle.ipynb", course.root / "flat" / "bob.ipynb")


def no_folder(course: Course) -> None:
    """A student has a folder, and nothing of this assignment in it."""
    (course.root / "submitted" / "cyd").mkdir()


def other_run(course: Course) -> None:
    """The run's folder is another assignment's."""
    (course.root / RUN).mkdir(parents=True)
    (course.root / RUN / "results.json").write_text('{"assignment": "ps7"}')


WRONG = {
    no_source: ("submitted -a shapes", 2, "run this from the root of a repository or of an nbgrader course"),
    no_notebook: ("submitted -a shapes", 2, "There is no notebook in"),
    no_gradebook: ("submitted -a shapes", 3, "nbgrader generate_assignment shapes"),
    flat: ("flat -a shapes", 2, "Expected STUDENT/shapes/circle.ipynb below it"),
    no_folder: ("submitted -a shapes --student cyd", 2, "No submission of 'cyd'. There are: ada, bob"),
    other_run: ("submitted -a shapes", 2, "holds the results of 'ps7'"),
}


@pytest.mark.parametrize("spoil", WRONG, ids=lambda spoil: spoil.__name__)
def test_what_is_wrong_is_one_clear_error(released, tmp_path, spoil):
    """Said in one line, with what to type; no mark is written."""
    course = released.copy(tmp_path / "course")
    spoil(course)
    words, code, said = WRONG[spoil]
    done = autograder(course, "grade", *words.split())
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (course.root / RUN / "circle" / "results.json").exists()


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("grade submitted -a ps9", "There are: alone, shapes"),
        ("grade submitted/bob/shapes/circle.ipynb -a shapes", "type the folder"),
    ],
)
def test_what_is_not_there_is_one_clear_error(released, command, said):
    """An assignment that the course does not have, and one file of an assignment that has two."""
    done = autograder(released, *command.split())
    assert (done.returncode, said in done.stderr) == (2, True)


def test_an_override_is_of_one_notebook(released, tmp_path):
    """The sums have no checks of their own; the notebook's run takes it, and the sum follows."""
    course = released.copy(tmp_path / "course")
    pair.hand_in(course, "ada", circle={}, square={"area": pair.RIGHT["square"]})
    assert autograder(course, "grade", "submitted", "-a", "shapes").returncode == 0
    override = ("--override", "ada/area-test/area-test=1.5", "--reason", "The units were unclear.", "--yes")
    refused = autograder(course, "regrade", RUN, *override)
    assert (refused.returncode, f"autograder regrade {RUN}/circle" in refused.stderr) == (2, True)
    assert autograder(course, "regrade", RUN / "circle", *override).returncode == 0
    page = (course.root / RUN / "feedback" / "ada.txt").read_text()
    assert "4.5 of 5 points" in page
    assert "The units were unclear." in page
    found = json.loads((course.root / RUN / "results.json").read_text())["submissions"]
    assert {one["student"]: one["score"] for one in found} == {"ada": 4.5, "bob": 3}
