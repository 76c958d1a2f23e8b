"""What the course's nbgrader settings say of the gradebook and of late penalties holds for our commands too."""

from __future__ import annotations

import shutil
from datetime import datetime

import pytest
from nbgrader.api import Gradebook
from test_writer import result

from autograder.gradebook.errors import GradebookError
from autograder.gradebook.settings import gradebook_url
from autograder.gradebook.writer import GradebookWriter

LATE = datetime(2026, 11, 2, 12)  # noqa: DTZ001 - nbgrader keeps naive UTC
MODULE = """
from nbgrader.plugins import LateSubmissionPlugin


class Two(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 2 if student_id == "ada" else score / 0
"""


@pytest.fixture
def course(small, tmp_path):
    """The folder of a course in a repository, with a gradebook in which something is due."""
    folder = tmp_path / "build" / "course"
    folder.mkdir(parents=True)
    shutil.copy(small, folder)
    return folder


def penalty(course, student, submitted=LATE):
    """Grade somebody late; give what they lose."""
    url = gradebook_url(course)
    with GradebookWriter(url, "small", course=course) as writer:
        writer.write(result(student), submitted)
    with Gradebook(url) as gradebook:
        return gradebook.find_submission_notebook("small", "small", student).late_submission_penalty


def test_without_settings_being_late_costs_nothing(course):
    """As nbgrader has it by default."""
    assert penalty(course, "ada") is None


@pytest.mark.parametrize("place", ["", "build/course"], ids=["repository", "course"])
def test_a_plugin_is_found_beside_the_settings(course, place):
    """In the repository or in the course's folder, as nbgrader finds it when it is started there."""
    folder = course.parents[1] / place
    (folder / "two_points.py").write_text(MODULE)
    (folder / "nbgrader_config.py").write_text(
        'c = get_config()\nc.AssignLatePenalties.plugin_class = "two_points.Two"'
    )
    assert penalty(course, "ada") == 2
    with pytest.raises(GradebookError, match=r"stopped with ZeroDivisionError.*'bob'"):
        penalty(course, "bob")


def test_nbgraders_own_method_can_be_chosen(course):
    """Everything is taken from who is late, and given back when the time turns out to be another."""
    (course / "nbgrader_config.py").write_text('get_config().LateSubmissionPlugin.penalty_method = "zero"')
    assert penalty(course, "ada") == 8
    assert penalty(course, "ada", datetime(2026, 11, 1, 12)) is None  # noqa: DTZ001 - see above


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('get_config().AssignLatePenalties.plugin_class = "nowhere.Plugin"', "plugin for late penalties"),
        ("1 / 0", "stops with ZeroDivisionError"),
    ],
)
def test_settings_that_cannot_be_followed_stop_the_grading(course, settings, said):
    """Nobody is graded without the penalties that the course has set."""
    url = gradebook_url(course)
    (course / "nbgrader_config.py").write_text(settings)
    with pytest.raises(GradebookError, match=said):
        GradebookWriter(url, "small", course=course)


def test_another_gradebook_can_be_set(course):
    """The course's own settings come after those of the repository."""
    (course.parents[1] / "nbgrader_config.py").write_text('get_config().CourseDirectory.db_url = "sqlite:////a.db"')
    assert gradebook_url(course) == "sqlite:////a.db"
    (course / "nbgrader_config.py").write_text('get_config().CourseDirectory.db_url = "sqlite:////b.db"')
    assert gradebook_url(course) == "sqlite:////b.db"
