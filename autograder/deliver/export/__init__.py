"""Export: marks and feedback in the forms that learning platforms take."""

from autograder.deliver.export.errors import ExportError
from autograder.deliver.export.exported import Exported, exported_to_json, render
from autograder.deliver.export.feedback import Zipped, feedback_zip
from autograder.deliver.export.gradescope import gradescope_results
from autograder.deliver.export.verb import export

__all__ = [
    "ExportError",
    "Exported",
    "Zipped",
    "export",
    "exported_to_json",
    "feedback_zip",
    "gradescope_results",
    "render",
]
