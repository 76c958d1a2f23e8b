"""The assignment that the gradebook's tests write into."""

from __future__ import annotations

from nbgrader.api import Gradebook


def add_small(gradebook: Gradebook) -> None:
    """Add an assignment of two test cells and a manual question."""
    gradebook.add_assignment("small", duedate="2026-11-01 12:00")
    gradebook.add_notebook("small", "small")
    for name in ("f_public", "f_hidden"):
        gradebook.add_grade_cell(name, "small", "small", max_score=4, cell_type="code")
    gradebook.add_grade_cell("why", "small", "small", max_score=5, cell_type="markdown")
    for name in ("f", "why"):
        gradebook.add_solution_cell(name, "small", "small")
