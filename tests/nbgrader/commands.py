"""Ordinary nbgrader commands, several in a row for one start of Python: each is a fork of it that has nbgrader loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from autograder.release.course import nbgrader_environment

REPOSITORY = Path(__file__).parents[2]

_DRIVER = """
import json, os, sys
from pathlib import Path

import nbgrader.apps.nbgraderapp, nbgrader.server_extensions.formgrader, nbconvert.exporters

log = Path(sys.argv[1])
for number, words in enumerate(json.loads(sys.argv[2])):
    pid = os.fork()
    if not pid:
        with (log / f"{number}.txt").open("w") as file:
            os.dup2(file.fileno(), 1), os.dup2(file.fileno(), 2)
        sys.argv = ["nbgrader", *words]
        sys.exit(nbgrader.apps.nbgraderapp.main())
    (log / f"{number}.code").write_text(str(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])))
"""


def run_nbgrader(folder: Path, *commands: str, expect: int = 0) -> list[str]:
    """Run commands in a folder, as one would type them after `nbgrader`; give what each said.

    Parameters
    ----------
    folder
        The course, or the repository that it lies in.
    commands
        For instance "autograde initialization --force".
    expect
        The exit code that each must have.
    """
    log = folder / ".said"
    log.mkdir(exist_ok=True)
    words = json.dumps([command.split() for command in commands])
    run = subprocess.run(
        [sys.executable, "-c", _DRIVER, str(log), words],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    said = [(log / f"{number}.txt").read_text() for number in range(len(commands))]
    for number, text in enumerate(said):
        assert (log / f"{number}.code").read_text() == str(expect), text
    return said


def environment(folder: Path) -> dict[str, str]:
    """Give an environment in which nobody's own Jupyter settings count."""
    own = {name: str(folder / ".home" / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")}
    home = {"IPYTHONDIR": str(folder / ".home" / "ipython"), "PYTHONPATH": str(REPOSITORY)}
    return {**nbgrader_environment(), **own, **home, "JUPYTER_PLATFORM_DIRS": "1"}
