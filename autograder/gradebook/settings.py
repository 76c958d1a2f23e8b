"""The course's nbgrader settings, and what they say of the gradebook."""

from __future__ import annotations

from pathlib import Path

from traitlets.config.loader import Config, PyFileConfigLoader

from autograder.gradebook.errors import GradebookError

NAME = "nbgrader_config.py"
SQLITE = "sqlite:///"


def folders(course: Path) -> tuple[Path, ...]:
    """Where settings lie: the repository, and the course in its `build`; what the latter says counts.

    A course that is not in a repository's `build` has its own settings alone.
    """
    course = course.resolve()
    return (course.parents[1], course) if (course.parent.name, course.name) == ("build", "course") else (course,)


def course_settings(course: Path) -> Config:
    """Load the settings as an `nbgrader` command does that is typed in the repository.

    Raises
    ------
    GradebookError
        If one of the files stops with an exception.
    """
    settings = Config()
    for folder in folders(course):
        if (folder / NAME).is_file():
            settings.merge(loaded(folder))
    return settings


def loaded(folder: Path) -> Config:
    """Load the settings of one folder."""
    try:
        return PyFileConfigLoader(NAME, path=str(folder)).load_config()
    except Exception as error:  # the file is a program of the instructor's
        raise GradebookError(f"{folder / NAME} stops with {type(error).__name__}: {error}") from error


def gradebook_url(course: Path) -> str:
    """Say which gradebook the settings name; without one it is nbgrader's default, a file in the course's folder."""
    named: str | None = course_settings(course).CourseDirectory.get("db_url")
    return named or f"{SQLITE}{course / 'gradebook.db'}"
