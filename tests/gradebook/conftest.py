"""A gradebook that knows an assignment, made once: nbgrader starts a program of its own for each new one."""

from __future__ import annotations

import shutil

import pytest
from nbgrader.api import Gradebook
from small_assignment import add_small


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """A gradebook with an assignment of two test cells and a manual question, for copying."""
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    with Gradebook(f"sqlite:///{path}") as gradebook:
        add_small(gradebook)
    return path


@pytest.fixture
def url(small, tmp_path):
    """The address of a copy of it."""
    return f"sqlite:///{shutil.copy(small, tmp_path)}"
