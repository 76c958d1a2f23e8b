"""Worker processes that are killed at a bad moment: nobody waits for them, and nothing of theirs stays."""

from __future__ import annotations

import multiprocessing.spawn
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

import pytest

from autograder.pool import Died, fill, in_pool
from autograder.records import Submission

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

if __name__ == "__main__":
    task, *students = sys.argv[1:]
    waiting = iter([Submission(student, Path("x.ipynb")) for student in students])
    for submission, done in in_pool(2, start, (), {"large": large, "long": long}[task], waiting):
        print(submission.student, done is not None, flush=True)
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
    assert done.stdout in ("ada True\n", "ada False\n")
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_worker_that_is_gone_when_it_is_given_something_costs_nothing(tmp_path):
    """The pool refuses it then: it is what was lost, to be graded once more."""
    waiting = iter([Submission(name, tmp_path / name) for name in "abcdefgh"])
    found = list(in_pool(1, ends, (), never, waiting))
    assert {submission.student for submission, graded in found if graded == Died()} | {
        submission.student for submission in waiting
    } == set("abcdefgh")
    pool = ProcessPoolExecutor(1, get_context("spawn"), ends)
    with pytest.raises(BrokenProcessPool):
        pool.submit(never, Submission("a", tmp_path)).result()
    running, waiting = {}, iter([Submission("a", tmp_path), Submission("b", tmp_path)])
    fill(pool, never, running, waiting, 2)
    assert [submission.student for submission in (*running.values(), *waiting)] == ["a", "b"]
    assert all(isinstance(future.exception(), BrokenProcessPool) for future in running)
    pool.shutdown()


def test_a_worker_that_is_killed_before_it_has_read_anything_is_not_waited_for(tmp_path, monkeypatch):
    """Not even where what makes it ready is more than a pipe holds: Python would write into that for ever."""
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\ncase "$*" in *spawn_main*) exit 1;; esac\nexec {sys.executable} "$@"\n', "utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(multiprocessing.spawn, "get_executable", lambda: os.fsencode(python))
    waiting = iter([Submission(name, tmp_path / name) for name in "ab"])
    done = []
    thread = threading.Thread(
        target=lambda: done.extend(in_pool(1, print, ("x" * 1_000_000,), never, waiting)), daemon=True
    )
    thread.start()
    thread.join(30)
    assert [graded for _, graded in done] == [Died()] * len(done) != []


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


def ends():
    """A worker's start that ends it."""
    os._exit(1)


def never(submission):
    """A task that no worker lives to see."""
    raise AssertionError(submission)
