"""Ordinary nbgrader commands. Python and nbgrader are started once for all tests, and each command is a fork of that."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
from pathlib import Path

from autograder.release.course import nbgrader_environment

REPOSITORY = Path(__file__).parents[2]

_DRIVER = """
import json, os, sys

import nbgrader.apps.nbgraderapp, nbgrader.server_extensions.formgrader, nbconvert.exporters

for line in sys.stdin:
    folder, words, environment, log = json.loads(line)
    pid = os.fork()
    if not pid:
        sys.stdin.close()
        os.chdir(folder)
        os.environ.update(environment)
        file = open(log, "w")
        os.dup2(file.fileno(), 1), os.dup2(file.fileno(), 2)
        sys.argv = ["nbgrader", *words]
        sys.exit(nbgrader.apps.nbgraderapp.main())
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
"""


@functools.cache
def driver() -> subprocess.Popen[str]:
    """Start Python with nbgrader loaded; it ends with the tests, whose end of the pipe is closed then."""
    command = [sys.executable, "-c", _DRIVER]
    return subprocess.Popen(
        command, env=environment(Path("/")), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


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
    process, log, said = driver(), folder / ".said.txt", []
    assert process.stdin is not None
    assert process.stdout is not None
    for command in commands:
        process.stdin.write(json.dumps([str(folder), command.split(), environment(folder), str(log)]) + "\n")
        process.stdin.flush()
        code = process.stdout.readline()
        said.append(log.read_text())
        assert code == f"{expect}\n", said[-1]
    return said


def environment(folder: Path) -> dict[str, str]:
    """Give an environment in which nobody's own Jupyter settings count."""
    own = {name: str(folder / ".home" / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")}
    path = os.pathsep.join([str(REPOSITORY / "autograder" / "without"), str(REPOSITORY)])
    home = {"IPYTHONDIR": str(folder / ".home" / "ipython"), "PYTHONPATH": path}
    return {**nbgrader_environment(), **own, **home, "JUPYTER_PLATFORM_DIRS": "1"}
