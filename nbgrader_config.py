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

# --- how `nbgrader autograde` and formgrader's button grade: by our judge, in our box ---

c.Autograde.exporter_class = "autograder.dropin.exporter.SubmissionExporter"
c.Autograde.sanitize_preprocessors = []  # nbgrader opens nothing that a student handed in
c.Autograde.autograde_preprocessors = [
    "autograder.dropin.steps.Judge",
    "nbgrader.preprocessors.LimitOutput",
    "autograder.dropin.steps.SaveGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# --- nbgrader's own pages: what a student wrote is shown, and does nothing ---

c.HTMLExporter.preprocessors = ["autograder.deliver.nbgrader_inert.InertCells"]
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "autograder.deliver.nbgrader_inert.InertCells",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]

# --- `nbgrader validate`, on a student's own machine ---

c.Execute.timeout = 60  # seconds for one cell; a training takes about one
c.Execute.startup_timeout = 60
