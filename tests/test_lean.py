"""A command of ours starts without what it does not need of nbgrader, and nobody notices."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

PROBE = """
import json, sys
from autograder.lean import start_lean
start_lean()
{lines}
loaded = [name for name in sys.modules if name.startswith("nbgrader.server_extensions")]
print(json.dumps([said, len(loaded), "rfc3987_syntax" in sys.modules and sys.modules["rfc3987_syntax"] is None]))
"""


def said_and_loaded(lines: str) -> list[object]:
    """Run lines in a fresh interpreter that starts as our command does; give what they said and what was loaded."""
    program = PROBE.format(lines=lines)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: list[object] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("from nbgrader.api import Gradebook; said = Gradebook.__name__", "Gradebook"),
        ("from nbgrader import utils; said = utils.__name__", "nbgrader.utils"),
        ("import nbgrader; said = nbgrader.utils.__name__", "nbgrader.utils"),
        ("from nbgrader.apps import NbGraderApp; said = NbGraderApp.name", "nbgrader"),
        ("import nbgrader; said = nbgrader.__file__.endswith('__init__.py')", True),
        ("import nbgrader; said = hasattr(nbgrader, '__no_such_thing__')", False),
        ("from autograder.gradebook import writer; said = 'nbgrader.preprocessors' in sys.modules", False),
    ],
)
def test_parts_of_nbgrader_are_loaded_alone(lines, said):
    """What Jupyter's server would need is left out, and so is the grammar."""
    assert said_and_loaded(lines) == [said, 0, True]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("import nbgrader; said = nbgrader._jupyter_server_extension_points()", [{"module": "nbgrader"}]),
        ("from nbgrader import load_formgrader; said = callable(load_formgrader)", True),
        ("import nbgrader; said = hasattr(nbgrader, 'no_such_thing')", False),
    ],
)
def test_all_of_nbgrader_is_there_for_whoever_asks(lines, said):
    """Its own `__init__` runs when what only that defines is asked for."""
    found, loaded, _ = said_and_loaded(lines)
    assert found == said
    assert loaded


def test_the_version_is_nbgraders_own():
    """Which needs nothing else."""
    import nbgrader  # noqa: PLC0415 - the ordinary one, as it is here

    assert said_and_loaded("import nbgrader; said = nbgrader.__version__") == [nbgrader.__version__, 0, True]


def test_it_changes_nothing_where_nbgrader_is_loaded():
    """What is there stays."""
    lines = "import nbgrader; before = nbgrader; start_lean(); said = sys.modules['nbgrader'] is before"
    ordinary = f"import json, sys, nbgrader\nfrom autograder.lean import start_lean\n{lines}\nprint(json.dumps(said))"
    done = subprocess.run([sys.executable, "-c", ordinary], capture_output=True, text=True, check=False)
    assert json.loads(done.stdout) is True, done.stderr
