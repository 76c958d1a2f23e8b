"""The notebook for formgrader and `nbgrader generate_feedback`: complete, valid, and without any secret."""

from __future__ import annotations

import json

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator

from autograder.deliver.autograded import autograded_notebook
from autograder.records import Notice
from tests.deliver.class_in_code import RELEASE, WRONG, graded, notebook, plot_output, png, unmarked
from tests.deliver.hostile import hostile
from tests.deliver.payloads import PAYLOADS

WORK = graded(WRONG)


def cells(work=WORK):
    """Give the cells that are shown for some work."""
    return json.loads(autograded_notebook(RELEASE, work))["cells"]


def cell_of(name, work=WORK):
    """Give the one cell of a name."""
    (found,) = [cell for cell in cells(work) if cell["metadata"].get("nbgrader", {}).get("grade_id") == name]
    return found


@pytest.mark.parametrize(
    "work",
    [
        WORK,
        unmarked("unreadable", "No JSON."),
        unmarked("missing", "Nothing."),
        *(hostile(p)[1] for p in PAYLOADS.values()),
    ],
)
def test_it_is_a_valid_notebook_with_valid_metadata(work):
    """nbformat and nbgrader accept it, whatever the student wrote."""
    read = nbformat.reads(autograded_notebook(RELEASE, work).decode(), as_version=4)
    nbformat.validate(read)
    MetadataValidator().validate_nb(read)


def test_the_golden_notebook(golden):
    """It reads as it was reviewed."""
    made = json.loads(autograded_notebook(RELEASE, graded(WRONG, notices=(Notice("x", "Odd."),))))
    golden("autograded.json", json.dumps(made, indent=1) + "\n")


def test_no_hidden_test_is_in_it():
    """Formgrader and nbgrader's feedback show the tests that students were given, and no more."""
    text = autograded_notebook(RELEASE, WORK).decode()
    assert "nobody may see" not in text
    assert "".join(cell_of("double_hidden")["source"]) == "double_test(double)"


def test_a_test_cell_says_what_was_found_and_the_points():
    """Who marks sees the messages and the points where nbgrader shows output."""
    (output,) = cell_of("double_hidden")["outputs"]
    text = "".join(output["text"])
    assert output["output_type"] == "stream"
    assert "The square" in text or "That is the square" in text
    assert text.endswith("points: 0 of 2\n")


def test_no_output_of_the_students_is_in_it():
    """Saved outputs are no evidence and no danger."""
    work = graded(notebook("", "", own=("plot()",), outputs=(plot_output(png("red")),)))
    assert [cell for cell in cells(work) if cell["cell_type"] == "code" and cell["outputs"]] == [
        cell_of("double_public", work),
        cell_of("double_hidden", work),
    ]


@pytest.mark.parametrize(
    ("name", "flags"),
    [
        ("double", (False, True, False)),
        ("double_public", (True, False, True)),
        ("why_it_works", (True, True, False)),
        ("imports", (False, False, True)),
    ],
)
def test_each_cell_has_nbgraders_metadata(name, flags):
    """nbgrader knows each cell again, by id, kind and points."""
    marks = cell_of(name)["metadata"]["nbgrader"]
    assert (marks["grade"], marks["solution"], marks["locked"]) == flags
    assert marks["schema_version"] == 3
    assert marks.get("points") == {"double_public": 2.0, "why_it_works": 3.0}.get(name)


def test_a_question_whose_cell_is_gone_can_still_be_marked():
    """A person finds a place to give points, or none."""
    data = json.loads(WRONG)
    data["cells"] = [
        cell for cell in data["cells"] if cell["metadata"].get("nbgrader", {}).get("grade_id") != "why_it_works"
    ]
    work = graded(json.dumps(data).encode())
    assert "no such cell" in "".join(cell_of("why_it_works", work)["source"])


def test_what_cannot_be_read_is_one_cell_that_says_why():
    """Formgrader shows a reason in place of an error."""
    (cell,) = cells(unmarked("unreadable", "The file is not UTF-8 text."))
    assert "not a zero" in "".join(cell["source"])
    assert "not UTF-8" in "".join(cell["source"])


def test_the_same_work_gives_the_same_bytes():
    """Graded twice, the notebook is identical."""
    assert autograded_notebook(RELEASE, WORK) == autograded_notebook(RELEASE, WORK)
