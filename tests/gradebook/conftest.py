"""A gradebook that knows an assignment, made once: nbgrader starts a program of its own for each new one."""

from __future__ import annotations

import shutil

import pytest
from nbgrader.api import Gradebook


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """A gradebook with an assignment of two test cells and a manual question, for copying."""
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    with Gradebook(f"sqlite:///{path}") as gradebook:
        gradebook.add_assignment("small", duedate="2026-11-01 12:00")
        gradebook.add_notebook("small", "small")
        for name in ("f_public", "f_hidden"):
            gradebook.add_grade_cell(name, "small", "small", max_score=4, cell_type="code")
        gradebook.add_grade_cell("why", "small", "small", max_score=5, cell_type="markdown")
        for name in ("f", "why"):
            gradebook.add_solution_cell(name, "small", "small")
    return path


@pytest.fixture
def url(small, tmp_path):
    """The address of a copy of it."""
    return f"sqlite:///{shutil.copy(small, tmp_path)}"
