"""The ordinary nbgrader commands work on the course as it is."""

import csv

import pytest
from nbgrader.api import Gradebook

SLUG = "initialization"
pytestmark = pytest.mark.slow  # starts nbgrader and a kernel


def test_the_release_is_our_student_notebook_byte_for_byte(released):
    """`nbgrader generate_assignment` makes what the repository holds."""
    ours = released.repository / "notebooks" / SLUG / f"{SLUG}.ipynb"
    assert (released.root / "release" / SLUG / f"{SLUG}.ipynb").read_bytes() == ours.read_bytes()


def test_the_release_folder_holds_nothing_else(released):
    """nbgrader copies every file that lies beside the source."""
    assert sorted(path.name for path in (released.root / "release" / SLUG).iterdir()) == [
        "init_utils.py",
        f"{SLUG}.ipynb",
        "public_tests.py",
    ]


def test_an_honest_submission_earns_everything_cell_by_cell(course):
    """Read from nbgrader's own gradebook; the untouched notebook earns nothing, its text answer included."""
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
        earned = {
            student: {grade.name: grade.auto_score for grade in notebook(gradebook, student).grades}
            for student in ("ada", "bob")
        }
    assert earned["ada"] == course.points | dict.fromkeys(course.manual)
    assert earned["bob"] == dict.fromkeys(course.points | course.manual, 0)


def notebook(gradebook, student):
    """Give one student's notebook."""
    return gradebook.find_submission_notebook(SLUG, SLUG, student)


def test_an_honest_submission_brings_no_warning(course):
    """No word of changed checksums where nothing was changed (nbgrader issue 1961)."""
    assert "Autograding" in course.said["autograde"]
    assert "[AutogradeApp | WARNING]" not in course.said["autograde"]
    assert "has changed" not in course.said["autograde"]


def test_the_notebook_that_nbgrader_keeps_shows_no_hidden_test(course):
    """nbgrader prints the hidden tests on every feedback page (issues 917, 1363); ours holds what students were given."""
    kept = (course.root / "autograded" / "bob" / SLUG / f"{SLUG}.ipynb").read_text()
    page = (course.root / "feedback" / "bob" / SLUG / f"{SLUG}.html").read_text()
    hidden = next(cell.source for cell in course.release.cells if cell.kind == "test" and "NAMED_LISTS" in cell.source)
    assert "def expected_parameters" in hidden
    for text in (kept, page):
        assert "NAMED_LISTS" not in text
        assert "def expected_parameters" not in text


def test_the_feedback_page_is_made(course):
    """One page a student, with the points on it."""
    page = (course.root / "feedback" / "ada" / SLUG / f"{SLUG}.html").read_text()
    assert f"(Score: {course.earned} / {course.total})" in page


def test_the_export_has_the_marks(course):
    """One line a student."""
    with (course.root / "marks.csv").open(newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert (float(rows["ada"]["score"]), float(rows["ada"]["max_score"])) == (course.earned, course.total)
    assert float(rows["bob"]["score"]) == 0


def test_the_commands_work_from_the_repository_too(released):
    """There the same settings find the course in `build/course`."""
    assert SLUG in released.said["db"]
    assert (released.root / "gradebook.db").exists()
    assert not (released.repository / "gradebook.db").exists()


def test_validate_takes_a_finished_notebook(course):
    """A student can ask nbgrader as well."""
    assert "Success! Your notebook passes all the tests." in course.said["validate"]
