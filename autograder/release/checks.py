"""The checks that an assignment's tests declare.

`public_tests/<slug>.py` and `hidden_checks.py` may each bind `CHECKS`, a dict from a grade cell's id to its checks. A
check has a `name`, its `points`, and a docstring: the sentence that a student reads. Both files are loaded as flat
files in a process of their own, as they lie beside a notebook, so that nothing of them stays in ours.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from autograder.records import Check
from autograder.release.errors import ReleaseError

_LIST = """
import importlib, json, sys
sys.path.insert(0, sys.argv[1])
found = {}
for name in sys.argv[2:]:
    for cell, checks in getattr(importlib.import_module(name), "CHECKS", {}).items():
        if cell in found:
            sys.exit(f"CHECKS[{cell!r}] stands in more than one file")
        found[cell] = [(check.name, " ".join((check.__doc__ or check.name).split()), check.points) for check in checks]
print("\\n" + json.dumps(found))
"""


def declared_checks(files: Mapping[str, bytes], modules: tuple[str, ...]) -> dict[str, tuple[Check, ...]]:
    """List the checks of `modules`, which are among `files`, by the grade cell that they belong to."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        run = subprocess.run(  # noqa: S603  # our own interpreter, and the author's own files
            [sys.executable, "-c", _LIST, folder, *modules], capture_output=True, text=True, cwd=folder, check=False
        )
    if run.returncode:
        reason = run.stderr.strip().splitlines()[-1:] or ["no message"]
        raise ReleaseError(f"The checks of {' and '.join(modules)} cannot be loaded: {reason[0]}")
    listed = json.loads(run.stdout.splitlines()[-1]).items()
    return {cell: tuple(Check(name, title, float(points)) for name, title, points in rows) for cell, rows in listed}
