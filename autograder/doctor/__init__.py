"""`autograder doctor`: look at all that grading needs, and say what to type where something is missing."""

from autograder.doctor.examination import examine
from autograder.doctor.finding import Finding, findings_to_json, healthy, render

__all__ = ["Finding", "examine", "findings_to_json", "healthy", "render"]
