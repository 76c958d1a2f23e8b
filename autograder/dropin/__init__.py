"""nbgrader's own `autograde`, and formgrader's button, judged by our judge in our box.

A course opts in with a few lines of its `nbgrader_config.py`::

    c.Autograde.exporter_class = "autograder.dropin.exporter.SubmissionExporter"
    c.Autograde.sanitize_preprocessors = []
    c.Autograde.autograde_preprocessors = [
        "autograder.dropin.steps.Judge",
        "nbgrader.preprocessors.LimitOutput",
        "autograder.dropin.steps.SaveGrades",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]

What happens then, for each submission::

    exporter   opens nothing that a student handed in
    Judge      read → restore → judge, in the box; the notebook that people see takes the submission's place
    SaveGrades nbgrader's own reading of that notebook; what could not be decided waits for a person

Any course will do: what it releases is read from its `source/<assignment>/<notebook>.ipynb`, and each release is tried
once on the course's own answers (`probe`). A test that does what cannot be split between judge and box, such as to
subclass a class of the student's, refuses nobody: who fails it waits for a person. Such a test may be named instead::

    c.SubmissionExporter.inside = ["grade_id_of_the_test"]

It then runs where the student's code runs, as under plain nbgrader, and everyone it concerned is told.
"""
