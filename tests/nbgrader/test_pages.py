"""Formgrader and the Validate button, over HTTP on a real Jupyter server."""

import json

import pytest
from nbgrader.api import Gradebook

SLUG = "initialization"
pytestmark = pytest.mark.slow  # starts a server and kernels


def test_formgrader_lists_the_assignment(server):
    """The first page opens, and the table behind it knows the assignment and its two submissions."""
    assert "Manage Assignments" in server.get("/formgrader/manage_assignments")
    [assignment] = json.loads(server.get("/formgrader/api/assignments"))
    assert (assignment["name"], assignment["num_submissions"]) == (SLUG, 2)


def test_formgrader_s_gradebook_has_the_marks(server, course):
    """Score and maximum, as `autograde` entered them."""
    assert SLUG in server.get(f"/formgrader/gradebook/{SLUG}/{SLUG}")
    rows = {row["student"]: row for row in json.loads(server.get(f"/formgrader/api/submitted_notebooks/{SLUG}/{SLUG}"))}
    assert (rows["ada"]["score"], rows["ada"]["max_score"]) == (course.earned, course.total)
    assert (rows["bob"]["score"], rows["bob"]["max_score"]) == (0, course.total)


def test_a_submission_opens_with_its_marks(server, course):
    """The page on which a person grades."""
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission_notebook(SLUG, SLUG, "ada").id
    page = server.get(f"/formgrader/submissions/{submission}/")
    assert "GRADED FUNCTION: initialize_parameters_he" in page
    assert "points: 4 of 4" in page
    grades = json.loads(server.get(f"/formgrader/api/grades?submission_id={submission}"))
    assert {grade["name"]: grade["auto_score"] for grade in grades} == course.points | dict.fromkeys(course.manual)


def test_the_validate_button_shows_what_is_not_done(server):
    """The button asks this address; an untouched exercise is answered with its own sentence, whole."""
    answer = json.loads(server.post("/assignments/validate", {"path": f"desks/bob/{SLUG}.ipynb"}))
    assert answer["success"], answer
    errors = [cell["raw_error"] for cell in answer["value"]["failed"]]
    said = [error for error in errors if "Not done yet: replace this line with your own code." in error]
    assert len(said) == 3
