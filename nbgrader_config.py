"""nbgrader's settings for this course.

They hold for every `nbgrader` command, formgrader and the Validate button, run from the repository or from
`build/course`, where `autograder release` puts a copy of this file.
"""

from pathlib import Path

c = get_config()  # noqa: F821  # nbgrader defines it where it loads this file

here = Path(__file__).resolve().parent
course = here if (here / "source").is_dir() else here / "build" / "course"

# --- where things are ---

c.CourseDirectory.root = str(course)
c.CourseDirectory.course_id = "seedbed"

# --- what students are given in place of a solution ---

c.ClearSolutions.code_stub = {
    "python": 'raise NotImplementedError("Not done yet: replace this line with your own code.")'
}
c.ClearSolutions.text_stub = "*Replace this line with your own answer.*"

# --- how nbgrader's own `autograde` runs a notebook ---

# Says nothing about the tests of an honest submission, from which only our own hidden lines are missing.
c.Autograde.sanitize_preprocessors = [
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.DeduplicateIds",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "autograder.release.overwrite.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Execute.timeout = 60  # seconds for one cell; a training takes about one
c.Execute.startup_timeout = 60

# Here an executor of ours will take the place of nbgrader's, as Autograde.autograde_preprocessors.
