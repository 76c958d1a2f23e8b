"""The audit of the first assignment, made once for all tests of this folder."""

from pathlib import Path

import pytest

from autograder.audit import audit
from autograder.release.read import read_release

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "notebooks" / "initialization"


@pytest.fixture(scope="session")
def release():
    """Give the first assignment as its texts are."""
    return read_release(FOLDER)


@pytest.fixture(scope="session")
def report():
    """Give the audit of the first assignment, a few answers tried in boxes without isolation as well."""
    return audit(FOLDER, boxes=16, level="none")
