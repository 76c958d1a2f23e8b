"""The zip that Gradescope builds an autograder from: two scripts at its root, and what they need to grade there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Template

from autograder.deliver.export.packed import packed, written

SETUP = Template("""\
#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image. It needs the network; grading does not.
set -euo pipefail
cd "$${AUTOGRADER_ROOT:-/autograder}/source"

python=""
for one in python3.13 python3.12 python3.11 python3; do
  if command -v "$$one" > /dev/null && "$$one" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    python="$$one"
    break
  fi
done
if [ -z "$$python" ]; then
  python=python3.11
  apt-get update
  apt-get install --yes "$$python"
fi
"$$python" -c 'import ensurepip' 2> /dev/null || { apt-get update; apt-get install --yes "$$python-venv"; }
"$$python" -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
""")

RUN = Template("""\
#!/usr/bin/env bash
# Gradescope runs this for each submission of $assignment, and reads results/results.json.
root="$${AUTOGRADER_ROOT:-/autograder}"
cd "$$root/source" || exit 3
export PYTHONPATH="$$root/source" PYTHONDONTWRITEBYTECODE=1
exec "$${AUTOGRADER_PYTHON:-$$root/source/.venv/bin/python}" -m autograder.gradescope \\
  "$$root/source/release.json" "$$root/submission" "$$root/results/results.json"$options
""")


def write_kit(
    program: Mapping[str, bytes],
    release: bytes,
    requirements: str,
    assignment: str,
    options: str,
    out: Path,
    force: bool,
) -> Path:
    """Write the zip.

    Parameters
    ----------
    program
        The files of the program, by their names in the zip.
    release, requirements
        What decides the marks, and the pinned packages.
    assignment
        The assignment's name.
    options
        What is added to the command that grades, with a blank before it; or "".
    out, force
        The zip to write, and whether another one may be replaced.

    Raises
    ------
    ExportError
        If `out` exists.
    """
    files = {
        **program,
        "release.json": release,
        "requirements.txt": requirements.encode(),
        "setup.sh": SETUP.substitute().encode(),
        "run_autograder": RUN.substitute(assignment=assignment, options=options).encode(),
    }
    written(out, packed(files, executable=("setup.sh", "run_autograder")), force)
    return out
