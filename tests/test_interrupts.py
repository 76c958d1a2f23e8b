"""Ctrl-C counts whenever it comes."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import os, signal, sys, time, weakref
from autograder.interrupts import keep_interrupts
keep_interrupts()

class Thing:
    def __del__(self):
        {destructor}

def callback(_):
    {callback}

thing = Thing()
reference = weakref.ref(thing, callback)
del thing
try:
    time.sleep(20)
except KeyboardInterrupt:
    sys.exit(130)
"""
INTERRUPT = "os.kill(os.getpid(), signal.SIGINT); time.sleep(1)"


def ran(**parts):
    """The exit code of the program, and what it said."""
    code = PROGRAM.format(**{"destructor": "pass", "callback": "pass"} | parts)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stderr


@pytest.mark.parametrize("part", ["destructor", "callback"])
def test_one_that_python_would_forget_is_said_again(part):
    """It came while a destructor or a callback ran, which nothing can leave by an exception."""
    assert ran(**{part: INTERRUPT}) == (130, "")


def test_one_that_somebody_swallowed_is_raised_at_the_next_look():
    """As C code does that clears all errors, whatever they are."""
    code = """
import os, signal
from autograder.interrupts import keep_interrupts, stop_if_interrupted
keep_interrupts()
stop_if_interrupted()
try:
    os.kill(os.getpid(), signal.SIGINT)
except KeyboardInterrupt:
    pass
try:
    stop_if_interrupted()
except KeyboardInterrupt:
    print("raised")
stop_if_interrupted()  # whoever caught it goes on as it likes
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "raised\n"


def test_other_exceptions_are_shown_as_always():
    """They are no interrupts."""
    code, said = ran(destructor="1 / 0", callback=INTERRUPT)
    assert code == 130
    assert "ZeroDivisionError" in said


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_to_be_asked_to_end_is_an_interrupt(name):
    """By a shutdown or a terminal that is closed: what lies in folders for a while is put away, too."""
    assert ran(callback=f"os.kill(os.getpid(), signal.{name}); time.sleep(1)") == (130, "")


def test_what_is_ignored_stays_ignored():
    """As `nohup` has it."""
    code = "import signal; from autograder.interrupts import keep_interrupts; keep_interrupts(); print(signal.getsignal(1) is signal.SIG_IGN)"
    done = subprocess.run(["nohup", sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "True\n"
