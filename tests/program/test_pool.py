"""Worker processes that are killed at a bad moment: nobody waits for them, and nothing of theirs stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.slow  # processes that start from nothing

SCRIPT = '''
import os, signal, sys, threading, time
from pathlib import Path
from autograder.pool import in_pool
from autograder.records import Submission

def start():
    pass

def die_writing():
    while "pipe_write" not in Path("/proc/self/wchan").read_text():
        pass
    os.kill(os.getpid(), signal.SIGKILL)

def large(submission):
    """Something that fits into no pipe, and death once this waits for one to be read."""
    threading.Thread(target=die_writing, daemon=True).start()
    return bytes(200_000_000)

def long(submission):
    print("begun", flush=True)
    time.sleep(600)

def last(submission):
    os.kill(os.getpid(), signal.SIGKILL)

def slowly(students):
    for student in students:
        yield Submission(student, Path("x.ipynb"))
        time.sleep(0.5)

if __name__ == "__main__":
    task, *students = sys.argv[1:]
    waiting = slowly(students)
    for submission, done in in_pool(2, start, (), {"large": large, "long": long, "last": last}[task], waiting):
        print(submission.student, done is not None, flush=True)
    print("left:", *(submission.student for submission in waiting))
'''


@pytest.fixture
def script(tmp_path):
    """The start of a command that runs tasks in a pool, and the folder in which it keeps files."""
    (tmp_path / "script.py").write_text(SCRIPT)
    (tmp_path / "kept").mkdir()
    return [sys.executable, str(tmp_path / "script.py")], {**os.environ, "TMPDIR": str(tmp_path / "kept")}


def test_half_of_what_a_worker_found_is_not_waited_for(script, tmp_path):
    """A worker that is killed while it hands over, whatever that is, leaves nothing that could be waited for."""
    command, environment = script
    done = subprocess.run(
        [*command, "large", "ada"], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout in ("ada True\nleft:\n", "ada False\nleft:\n")
    assert list((tmp_path / "kept").iterdir()) == []


def test_no_submission_is_lost_with_a_worker(script):
    """Those that come once it is dead are given back, or left."""
    command, environment = script
    done = subprocess.run(
        [*command, "last", *"abcdefghijkl"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    *given, left = done.stdout.splitlines()
    assert sorted(given) == [f"{one} False" for one in "abcdefghijkl"[: len(given)]]
    assert left.split()[1:] == [*"abcdefghijkl"[len(given) :]]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_who_leaves_waits_for_nobody(script, tmp_path, number):
    """Ctrl-C that reaches the parent alone ends the workers as well, and so does its death."""
    command, environment = script
    with subprocess.Popen(
        [*command, "long", "1", "2"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert [process.stdout.readline(), process.stdout.readline()] == ["begun\n"] * 2
        process.send_signal(number)
        assert process.stdout.read() == ""  # once nobody is left who could write
    wait_for_empty(tmp_path / "kept")


def wait_for_empty(folder, seconds=20):
    """Wait until nothing is in a folder."""
    ends = time.monotonic() + seconds
    while list(folder.iterdir()):
        assert time.monotonic() < ends, list(folder.iterdir())
        time.sleep(0.05)
