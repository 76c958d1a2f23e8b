"""Deliver: everything that people read, drawn from results. Nothing is decided here.

The report of a class is imported from its own module, where it is drawn: it takes matplotlib's second.
"""

from autograder.deliver.autograded import write_autograded
from autograder.deliver.feedback import write_feedback
from autograder.deliver.results import RESULTS_SCHEMA, result_from_json, result_to_json, write_results
from autograder.deliver.table import marks_table, summary

__all__ = [
    "RESULTS_SCHEMA",
    "marks_table",
    "result_from_json",
    "result_to_json",
    "summary",
    "write_autograded",
    "write_feedback",
    "write_results",
]
