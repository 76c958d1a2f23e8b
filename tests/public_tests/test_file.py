"""The file itself: it must run alone, on every Python and NumPy that students may have."""

import ast
import hashlib
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILE = ROOT / "public_tests" / "initialization.py"


def test_it_needs_the_standard_library_and_numpy_only():
    """Nothing else is imported, anywhere in it."""
    tree = ast.parse(FILE.read_text(encoding="utf-8"))
    names = {
        alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    names |= {str(node.module).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names - set(sys.stdlib_module_names) == {"numpy"}


def test_python_3_9_can_read_it():
    """Newer syntax would stop older machines."""
    ast.parse(FILE.read_text(encoding="utf-8"), feature_version=(3, 9))


def test_it_knows_the_given_files_as_they_are(public):
    """After a change of init_utils.py, put its SHA-256 into GIVEN_FILES."""
    for name, digest in public.GIVEN_FILES.items():
        content = (ROOT / "utils" / name).read_bytes().replace(b"\r\n", b"\n")
        assert hashlib.sha256(content).hexdigest() == digest


def test_stored_weights_are_those_of_the_formulas(public, hidden):
    """The arrays in the file are what the key computes, to ten digits."""
    for exercise, cases in public.REFERENCES.items():
        for dims, stored in cases:
            for name, value in hidden.expected_parameters(exercise, dims).items():
                assert value.shape == stored[name].shape
                assert abs(value - stored[name]).max() < 1e-8


def test_the_star_import_brings_the_names_of_the_notebook_alone(public):
    """A student's own names are not overwritten by tools of the tests."""
    assert sorted(public.__all__) == [
        *(f"initialize_parameters_{name}_test" for name in ("he", "random", "zeros")),
        "print_parameters",
    ]
