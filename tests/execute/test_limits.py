"""Every limit ends in a `Stop` with its code and the sentence that a student reads; nothing raises, nothing hangs."""

from __future__ import annotations

import contextlib
import time
from dataclasses import replace

import pytest

from autograder.records import Limits

pytestmark = pytest.mark.slow  # many live boxes

SMALL = Limits(
    cell_seconds=1, call_seconds=1, submission_seconds=60, memory_mb=400, processes=20, open_files=64, file_mb=2
)


@pytest.fixture
def tight(zygotes, level):
    """A box with small limits."""
    with contextlib.closing(zygotes(level).box(limits=SMALL)) as box:
        yield box


@pytest.fixture
def patient(zygotes, level):
    """A box with small limits but for its time."""
    with contextlib.closing(zygotes(level).box(limits=replace(SMALL, cell_seconds=60, call_seconds=60))) as box:
        yield box


@pytest.mark.parametrize(
    ("source", "code", "sentence"),
    [
        ("while True: pass", "time/cell", "This cell ran for longer than 1 second and was stopped."),
        ("n = 3 ** (3 ** 19)\nn * n * n", "time/cell", "This cell ran for longer than 1 second"),
        (
            "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nwhile True: pass",
            "time/cell",
            "longer than",
        ),
        ("import os\nos._exit(0)", "exited", "Your code ended the Python process"),
        ("import ctypes\nctypes.string_at(0)", "killed", "was killed (it crashed)"),
        ("import os, time\nos.close(3)\ntime.sleep(60)", "exited", "Your code ended the Python process"),
    ],
)
def test_a_cell_that_goes_too_far_is_stopped(tight, source, code, sentence):
    """The stop says what happened, and every later question is answered by the same stop."""
    stop = tight.run_cell(source).stop
    if source.startswith("import os, time"):
        assert stop.code in ("exited", "killed")
    else:
        assert stop.code == code
        assert sentence in stop.message
    assert tight.ask("get", "x").stop == stop
    assert tight.run_cell("x = 1").stop == stop


def test_a_call_has_its_own_time(tight):
    """The sentence speaks of a call."""
    tight.run_cell("def f():\n    while True: pass")
    stop = tight.ask("call", tight.ask("get", "f").value, (), {}).stop
    assert stop.code == "time/call"
    assert "A call of your code took longer than 1 second" in stop.message


def test_the_time_of_the_judges_callable_is_not_the_students(tight):
    """A callback that takes long does not stop the box."""
    tight.run_cell("def f(g): return g()")
    f = tight.ask("get", "f").value
    assert tight.ask("call", f, (lambda: time.sleep(1.3),), {}).stop is None


def test_all_time_together_is_limited(zygotes, level):
    """Many cells that are each within their time end at the submission's."""
    limits = Limits(cell_seconds=60, submission_seconds=1.5)
    with contextlib.closing(zygotes(level).box(limits=limits)) as box:
        stops = [box.run_cell("import time; time.sleep(0.4)").stop for _ in range(5)]
    assert stops[4].code == "time/submission"
    assert "1.5 seconds" in stops[4].message


def test_one_process_that_wants_too_much_gets_a_memory_error(patient):
    """An honest slip is an exception at its line, and costs no more than its cell."""
    done = patient.run_cell("x = 1\nbig = bytearray(4 << 30)")
    assert done.raised.type == "MemoryError"
    assert done.raised.line == 2
    assert patient.ask("get", "x").value == 1


def test_the_memory_of_all_processes_together_is_limited(patient):
    """Several children, each within its own limit, are ended together with the box."""
    stop = patient.run_cell(
        "import os, time\n"
        "for _ in range(6):\n"
        "    if not os.fork():\n"
        "        keep = b'x' * (150 << 20)\n"
        "        time.sleep(60)\n"
        "time.sleep(60)"
    ).stop
    assert stop.code == "memory"
    assert "more than 400 MB of memory" in stop.message


def test_a_fork_bomb_ends_with_its_box(tight, zygotes, level):
    """It is held by its limit, or by the watch over the box, and the next box starts as ever."""
    tight.run_cell("import os\nwhile True:\n    try: os.fork()\n    except OSError: pass")
    assert tight.run_cell("1").stop is not None
    with contextlib.closing(zygotes(level).box()) as after:
        assert after.run_cell("print(1)").stdout == "1\n"


def test_files_and_their_size_are_limited(patient):
    """Both are ordinary exceptions in the cell."""
    assert patient.run_cell("open('f', 'wb').write(b'x' * (3 << 20))").raised.type == "OSError"
    assert patient.run_cell("many = [open('g', 'w') for _ in range(100)]").raised.type == "OSError"
    assert patient.run_cell("import gc; gc.collect(); print(1)").stdout == "1\n"


def test_the_disk_as_a_whole_is_limited(box_a):
    """At level A a box's disk is a piece of memory of fixed size."""
    done = box_a.run_cell("for i in range(20):\n    open(f'f{i}', 'wb').write(b'x' * (60 << 20))")
    assert done.raised.type == "OSError"


BABBLE = """
import os, struct, threading, time
def frame(header):
    return b"SBX1" + struct.pack("!II", len(header), 0) + header
def say(data):
    os.write(3, data)
"""


@pytest.mark.parametrize(
    "source",
    [
        "say(b'garbage' * 100)",
        'say(frame(b\'["reply", "", [], [1, null, ["", ""], []]]\'))',
        "say(b'SBX1' + b'\\xff' * 8)",
        "say(b'SBX1' + struct.pack('!II', 1 << 20, 64 << 20))\ntime.sleep(60)",
        "while True: say(b'x' * 65536)",
        "while True:\n    say(b'S'); time.sleep(0.01)",
        'threading.Timer(0.2, say, [frame(b\'["reply", "", [], [1, null, ["", ""], []]]\')]).start()',
    ],
)
def test_a_box_that_babbles_is_stopped(tight, source):
    """Whatever arrives that is not the answer to the question just asked ends the box, in time."""
    tight.run_cell(BABBLE)
    start = time.monotonic()
    tight.run_cell(source)
    if "Timer" in source:
        time.sleep(0.4)
    stop = tight.ask("get", "frame").stop
    assert stop.code in ("protocol", "time/cell")
    assert time.monotonic() - start < 5


def test_a_recorded_reply_is_not_taken_for_another_question(tight):
    """Each question has a number of its own that nobody can guess; yesterday's answer does not carry it."""
    tight.run_cell(
        "import socket, os\n"
        "s = socket.socket(fileno=os.dup(3))\n"
        "import gc\n"
        "channel = next(o for o in gc.get_objects() if type(o).__name__ == 'Channel')\n"
        "real, recorded = channel.send, []\n"
        "def send(*frame):\n"
        "    recorded.append(frame)\n"
        "    real(*(recorded[0] if len(recorded) > 1 else frame))\n"
        "type(channel).send = lambda self, *frame: send(*frame)\n"
    )
    tight.run_cell("1")
    assert tight.ask("set", "x", 5).stop.code == "protocol"


def test_endless_callbacks_end(tight):
    """A student who calls the judge's function for ever is stopped by the clock of the call."""
    tight.run_cell("def f(g):\n    while True: g()")
    start = time.monotonic()
    reply = tight.ask("call", tight.ask("get", "f").value, (lambda: 1,), {})
    assert reply.stop.code in ("time/call", "protocol")
    assert time.monotonic() - start < 30
