"""The public and the hidden tests of the first assignment, loaded as the flat files that they are."""

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "notebooks" / "initialization"


def load(name, path):
    """Load one file as a module of this name."""
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def public():
    """Give `public_tests.py` as it lies beside a notebook."""
    before = sys.modules.get("public_tests")
    yield load("public_tests", ROOT / "public_tests" / "initialization.py")
    del sys.modules["public_tests"]
    if before is not None:
        sys.modules["public_tests"] = before


@pytest.fixture(scope="session")
def hidden(public):
    """Give the hidden checks."""
    yield load("hidden_checks", FOLDER / "hidden_checks.py")
    del sys.modules["hidden_checks"]


@pytest.fixture(scope="session")
def examined(public):
    """Give a function that runs the public tests on a function of a student's."""
    return lambda target, exercise="initialize_parameters_he": public.examine(
        target, exercise, public.REFERENCES[exercise], public.CHECKS[f"{exercise}_public"]
    )
