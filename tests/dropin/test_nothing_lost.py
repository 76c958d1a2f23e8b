"""What makes plain nbgrader lose marks, or a whole class, costs what depends on it and nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.dropin.conftest import Course, drop_in
from tests.nbgrader.commands import run_nbgrader

pytestmark = pytest.mark.slow  # starts nbgrader

TESTS = {
    "correct_squares": 1,
    "squares_invalid_input": 1,
    "correct_sum_of_squares": 0.5,
    "sum_of_squares_uses_squares": 0.5,
}
FIRST = ("correct_squares", "squares_invalid_input")
SQUARES = "    if n < 1:\n        raise ValueError\n    return [i ** 2 for i in range(1, n + 1)]"


def cells(notebook: dict, name: str) -> list[dict]:
    """The cells of this grade_id."""
    return [cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade_id") == name]


def warning_on_stderr(notebook: dict) -> None:
    """A right answer that warns at every call."""
    [cell] = cells(notebook, "squares")
    cell["source"] = f"import sys\ndef squares(n):\n    print('careful', file=sys.stderr)\n{SQUARES}"


def copied_test(notebook: dict) -> None:
    """An honest copy of a test cell, to try something."""
    [cell] = cells(notebook, "correct_squares")
    notebook["cells"].insert(notebook["cells"].index(cell) + 1, dict(cell, source="squares(3)"))


def newer_schema(notebook: dict) -> None:
    """A cell from some other version of nbgrader."""
    cells(notebook, "correct_squares")[0]["metadata"]["nbgrader"]["schema_version"] = 99


def older_schema(notebook: dict) -> None:
    """A cell from an older version of nbgrader."""
    marks = cells(notebook, "correct_squares")[0]["metadata"]["nbgrader"]
    marks.clear()
    marks.update(grade_id="correct_squares", points=1, grade=True)


def deleted_tests(notebook: dict) -> None:
    """All tests are gone."""
    notebook["cells"] = [cell for cell in notebook["cells"] if not cell["metadata"].get("nbgrader", {}).get("grade")]


def more_points(notebook: dict) -> None:
    """The test cells are said to be worth more, and to be solutions."""
    for name in TESTS:
        cells(notebook, name)[0]["metadata"]["nbgrader"].update(points=50, solution=True)


def skipped_tests(notebook: dict) -> None:
    """Tags that keep nbgrader from running the tests, over wrong answers."""
    cells(notebook, "squares")[0]["source"] = "def squares(n):\n    return None"
    for name in TESTS:
        cells(notebook, name)[0]["metadata"]["tags"] = ["skip-execution"]


def endless_loop(notebook: dict) -> None:
    """The second answer never ends."""
    cells(notebook, "sum_of_squares")[0]["source"] = "while True:\n    pass"


def exit_at_once(notebook: dict) -> None:
    """The second answer ends its process."""
    cells(notebook, "sum_of_squares")[0]["source"] = "import os\nos._exit(0)"


def kill_the_parent(notebook: dict) -> None:
    """The second answer kills whoever started it."""
    cells(notebook, "sum_of_squares")[0]["source"] = "import os\nos.kill(os.getppid(), 9)"


def flood(notebook: dict) -> None:
    """The second answer prints without end."""
    cells(notebook, "sum_of_squares")[0]["source"] = "while True:\n    print('x' * 100_000)"


ALL, HALF = set(TESTS), {*FIRST, "sum_of_squares_uses_squares"}  # which only asks for a NameError
DAMAGES = {
    warning_on_stderr: ALL,
    copied_test: ALL,
    newer_schema: ALL,
    older_schema: ALL,
    deleted_tests: ALL,
    more_points: ALL,
    skipped_tests: {"sum_of_squares_uses_squares"},
    endless_loop: HALF,
    exit_at_once: HALF,
    kill_the_parent: HALF,
    flood: HALF,
}
FILES = {
    "corrupt": b'{"cells": [',
    "not_text": b"\xff\xfe\x00PNG",
    "too_deep": b'{"cells": ' + b"[" * 100_000,
    "a_list": b"[]",
}
"""Files that are no notebooks."""


@pytest.fixture(scope="module")
def damaged(example, tmp_path_factory) -> Course:
    """A class in which everybody but the last has one of these, graded in one run."""
    course = example.copy(tmp_path_factory.mktemp("damaged") / "course101")
    shutil.rmtree(course.root / "submitted")
    origin = course.root / "source" / "ps1"
    for damage in DAMAGES:
        notebook = json.loads((origin / "problem1.ipynb").read_text())
        damage(notebook)
        hand_in(course.root, damage.__name__, json.dumps(notebook).encode())
    for name, content in FILES.items():
        hand_in(course.root, name, content)
    hand_in(course.root, "a_link", None).symlink_to(origin / "problem1.ipynb")
    hand_in(course.root, "zoe", (origin / "problem1.ipynb").read_bytes())
    with (course.root / "nbgrader_config.py").open("a") as settings:
        settings.write(f"\n{drop_in()}c.Execute.timeout = 2\n")
    return Course(course.root, run_nbgrader(course.root, "autograde ps1 --notebook problem1")[0])


def hand_in(root: Path, student: str, content: bytes | None) -> Path:
    """Write a submission; give where it is."""
    path = root / "submitted" / student / "ps1" / "problem1.ipynb"
    path.parent.mkdir(parents=True)
    if content is not None:
        path.write_bytes(content)
    return path


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_it_costs_what_depends_on_it(damaged, damage):
    """Cell by cell, as nbgrader's gradebook has it."""
    scores = damaged.scores("ps1", "problem1", damage.__name__)
    assert {name: scores[name] for name in TESTS} == {name: TESTS[name] * (name in DAMAGES[damage]) for name in TESTS}


@pytest.mark.parametrize("name", [*FILES, "a_link"])
def test_a_file_that_cannot_be_read_has_no_mark(damaged, name):
    """Not a zero: every cell waits for a person, the page says why, and so does the log."""
    scores = damaged.scores("ps1", "problem1", name)
    assert set(scores.values()) == {None}
    assert damaged.waiting("ps1", "problem1", name) == set(scores)
    kept = (damaged.root / "autograded" / name / "ps1" / "problem1.ipynb").read_text()
    assert "This submission is unreadable: it has no mark, which is not a zero." in kept
    assert f"of {name} is unreadable and has no mark" in damaged.said


def test_the_last_of_the_class_is_graded_like_the_first(damaged):
    """Nobody before her cost her anything."""
    scores = damaged.scores("ps1", "problem1", "zoe")
    assert {name: scores[name] for name in TESTS} == TESTS


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (deleted_tests, "The cell 'correct_squares' was gone; it was put back."),
        (copied_test, "There is a second copy of the cell 'correct_squares'; it was run as your own code."),
        (endless_loop, "2 seconds"),
    ],
)
def test_the_log_and_the_page_say_what_was_done(damaged, damage, said):
    """Whoever grades hears of it, and so does the student."""
    assert said in damaged.said
    assert said in (damaged.root / "autograded" / damage.__name__ / "ps1" / "problem1.ipynb").read_text()


def test_what_a_student_printed_is_shown_within_limits(damaged):
    """A flood of output does not flood the course."""
    assert (damaged.root / "autograded" / "flood" / "ps1" / "problem1.ipynb").stat().st_size < 200_000
