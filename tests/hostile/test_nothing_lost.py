"""What goes wrong in a submission costs what depends on it, and nothing else: nbgrader's failures, one after the other."""

from __future__ import annotations

import copy
import json

import pytest

from tests.hostile.hostile_files import RIGHT, answer, grade_id, insert

pytestmark = pytest.mark.slow  # many live boxes

ZEROS, RANDOM, HE = RIGHT
DEF = "def {name}(layers_dims):\n    "


@pytest.fixture
def right(given):
    """A notebook with right answers."""
    notebook = copy.deepcopy(given)
    answer(notebook, RIGHT)
    return notebook


@pytest.fixture
def marks(graders, graded):
    """A function that grades a notebook; it gives the result, and the points of each exercise."""

    def of(notebook, tight=False):
        data = notebook if isinstance(notebook, bytes) else json.dumps(notebook).encode()
        result = graded(graders("A", tight), data).result
        return result, tuple(exercise.score for exercise in result.exercises)

    return of


def grade_cells_of(notebook):
    """The test cells."""
    return [cell for cell in notebook["cells"] if grade_id(cell).endswith(("_public", "_hidden"))]


def test_an_untouched_notebook_has_no_notices(given, right, marks):
    """nbgrader: six false warnings. Neither as it was given nor with right answers is anything said to be changed."""
    result, points = marks(given)
    assert (result.notices, points) == ((), (0, 0, 0))
    result, points = marks(right)
    assert (result.notices, points) == ((), (10, 10, 10))


def test_a_warning_on_stderr_costs_nothing(right, marks):
    """nbgrader: no point for that test."""
    loud = "import sys, warnings\n" + RIGHT[HE].replace(
        "np.random.seed(3)", "warnings.warn('x'); print('x', file=sys.stderr); np.random.seed(3)"
    )
    answer(right, {HE: loud})
    assert marks(right)[1] == (10, 10, 10)


def test_a_test_cell_copied_by_mistake_is_left_out(right, marks):
    """nbgrader: the run for the whole class aborts."""
    for cell in grade_cells_of(right):
        right["cells"].insert(right["cells"].index(cell), copy.deepcopy(cell))
    result, points = marks(right)
    assert points == (10, 10, 10)
    assert {notice.code for notice in result.notices} == {"duplicated"}


def test_a_schema_of_the_future_is_read(right, marks):
    """nbgrader: the run for the whole class aborts."""
    grade_cells_of(right)[2]["metadata"]["nbgrader"]["schema_version"] = 99
    assert marks(right)[1] == (10, 10, 10)


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'{"cells": 5}', b"\xff\xfe", b"PK\x03\x04", b'{"cells": [}'], ids=repr
)
def test_a_damaged_file_is_unreadable_and_never_a_zero(right, marks, data):
    """nbgrader: listed as 0 of 50, as if earned."""
    result, _ = marks(data)
    assert (result.status, result.score) == ("unreadable", None)
    assert result.notices[0].message
    assert marks(right)[1] == (10, 10, 10)


def test_deleted_test_cells_are_put_back(right, marks):
    """nbgrader: correct work gets 0, without a word."""
    right["cells"] = [cell for cell in right["cells"] if cell not in grade_cells_of(right)]
    result, points = marks(right)
    assert points == (10, 10, 10)
    assert [notice.code for notice in result.notices] == ["deleted"] * 6


def test_tests_that_were_retyped_reflagged_and_edited_are_restored(right, marks):
    """Each change is said, and none has an effect."""
    first, second, third, *_ = grade_cells_of(right)
    first["cell_type"] = "markdown"
    second["metadata"]["nbgrader"].update(grade=False, solution=True)
    third["source"] = "pass"
    result, points = marks(right)
    assert points == (10, 10, 10)
    assert {notice.code for notice in result.notices} == {"retyped", "reflagged", "edited"}


def test_more_than_a_gigabyte_of_print_costs_nothing(right, marks):
    """nbgrader: 4.7 GB of memory."""
    insert(right, "first", "line = 'x' * 1_000_000\nfor _ in range(1_200):\n    print(line)")
    result, points = marks(right)
    assert points == (10, 10, 10)
    assert result.status == "graded"


STOPS = {
    "does not compile": "def initialize_parameters_random(:",
    "raises": "raise ValueError('no')",
    "raises in the function": DEF + "raise ValueError('no')",
    "ends its process": "import os\nos._exit(0)",
    "ends its process in the function": "import os\n" + DEF + "os._exit(0)",
    "kills its parent": "import os\nos.kill(os.getppid(), 9)",
    "kills its parent in the function": "import os\n" + DEF + "os.kill(os.getppid(), 9)",
    "crashes": "import ctypes\n" + DEF + "ctypes.string_at(0)",
    "recurses": "import sys\nsys.setrecursionlimit(10**8)\n" + DEF + "return {name}(layers_dims)",
    "takes all memory": DEF + "return [0] * 10**11",
    "exits": "import sys\n" + DEF + "sys.exit()",
    "is text": "this is no python",
}
"""Answers to the second exercise that end badly."""


@pytest.mark.parametrize("name", STOPS)
def test_a_crash_in_one_exercise_costs_that_exercise_alone(right, marks, name):
    """nbgrader: everything after it is lost, and with os._exit what was earned before it too."""
    answer(right, {RANDOM: STOPS[name].replace("{name}", RANDOM)})
    result, points = marks(right, tight=True)
    assert points == (10, 0, 10)
    assert result.status == "graded"
    assert all(check.message for check in result.exercises[1].checks)


ENDLESS = {
    "in its cell": "while True:\n    pass",
    "and swallows the interrupt": "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass",
    "in its function": DEF + "while True:\n        pass",
}


@pytest.mark.parametrize("name", ENDLESS)
@pytest.mark.parametrize("exercise", [ZEROS, RANDOM])
def test_a_loop_without_end_costs_its_exercise_alone(right, marks, name, exercise):
    """nbgrader: 30 seconds for every cell that reaches it; the others' points are kept here."""
    answer(right, {exercise: ENDLESS[name].replace("{name}", exercise)})
    result, points = marks(right, tight=True)
    assert points == tuple(0 if one == exercise else 10 for one in RIGHT)
    assert {check.code for check in result.exercises[list(RIGHT).index(exercise)].checks} <= {
        "time/call",
        "not-defined",
        "time/cell",
    }


def test_cells_without_end_are_bounded_all_together(right, marks):
    """A notebook of loops takes its own time, and not its cells' number of times; what was earned before is kept."""
    right["cells"] += [{"cell_type": "code", "source": "while True: pass", "metadata": {}}] * 50
    result, points = marks(right, tight=True)
    assert points == (10, 10, 10)
    assert result.seconds < 60
