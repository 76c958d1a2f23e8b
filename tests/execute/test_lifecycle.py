"""Zygotes and boxes come and go without a trace, whoever dies first."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

import autograder.execute
from autograder.execute import Zygote, best_level, probe
from autograder.execute.inside import supervisor
from autograder.records import BoxFault, Limits

pytestmark = pytest.mark.slow  # starts many warm processes


def processes_below(pid: int) -> list[int]:
    """All living descendants of a process."""
    found = [pid]
    for each in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{each}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found[1:]


def is_running(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


def wait_until_gone(pids: list[int]) -> bool:
    """Whether they all end; the deadline is only there so that a failure does not hang."""
    deadline = time.monotonic() + 20
    while any(map(is_running, pids)) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not any(map(is_running, pids))


def test_the_probe_tries_and_says_what_it_found():
    """Each level is entered for real; one that cannot be says why, and what would help."""
    for found in probe():
        assert found.available or (found.reason and found.remedy)
        assert not found.available or "seccomp" in found.layers
    assert best_level() in ("A", "B")


def test_a_dead_zygote_is_replaced(level):
    """The next box comes from a new one."""
    with Zygote(level=level) as zygote:
        first = processes_below(zygote._process.pid)
        os.kill(zygote._process.pid, signal.SIGKILL)
        assert wait_until_gone(first)  # a box of one that is dying dies with it
        with contextlib.closing(zygote.box()) as box:
            assert box.run_cell("print(1)").stdout == "1\n"
        pids = processes_below(os.getpid())
        private = Path(zygote._private)
        assert private.exists()
    assert wait_until_gone([pid for pid in pids if pid not in processes_below(os.getpid())])
    assert not private.exists()


DEEP = "import os\nfor _ in range(1_100):\n    os.mkdir('d' * 20)\n    os.chdir('d' * 20)"


def test_a_zygote_closes_over_folders_of_any_depth(level):
    """Also where it ends before the box has been closed, whose folders nobody has removed yet."""
    with Zygote(level=level) as zygote:
        private = Path(zygote._private)
        box = zygote.box()
        assert box.run_cell(DEEP).raised is None
    box.close()
    assert not private.exists()


def test_a_box_of_deep_folders_leaves_none_of_them(level):
    """Nor where a student has taken the names that one who removes them could want to use."""
    taken = "for number in range(10):\n    os.makedirs(os.environ['HOME'] + f'/.moved-{number}/x')"
    with Zygote(level=level) as zygote:
        with contextlib.closing(zygote.box()) as box:
            assert box.run_cell(f"{DEEP}\n{taken}").raised is None
        deadline = time.monotonic() + 20
        while (left := list(Path(zygote._private).glob("box-*"))) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert left == []


def test_a_late_answer_is_not_taken_for_the_next_one(level):
    """A warm process that did not answer in time is given up: another one makes the next box."""
    with Zygote(level=level) as zygote:
        box, process = zygote.box(), zygote._process.pid
        zygote._control.settimeout(1e-6)
        box.close()
        time.sleep(1)  # the answer comes, and nobody hears it
        if zygote._control is not None:
            zygote._control.settimeout(30)
        for number in range(2):
            with contextlib.closing(zygote.box()) as another:
                assert another.run_cell(f"print({number})").stdout == f"{number}\n"
        assert zygote._process.pid != process


def test_a_box_of_a_process_that_died_is_not_mistaken_for_one_of_the_next(level):
    """Both may have the same number."""
    with Zygote(level=level) as zygote:
        old = zygote.box()
        os.kill(zygote._process.pid, signal.SIGKILL)
        assert wait_until_gone([zygote._process.pid])
        with contextlib.closing(zygote.box()) as new:
            with pytest.raises(BoxFault, match="warm process has died"):
                old.run_cell("print(1)")
            assert new.run_cell("print(2)").stdout == "2\n"


def test_what_a_box_leaves_in_shared_memory_is_removed_with_its_own_rights(tmp_path):
    """Whatever another box puts there meanwhile: a folder of somebody else's stays as it is."""
    if os.geteuid() != 0:
        pytest.skip("needs root to give a folder to another user")
    left = Path(tempfile.mkdtemp(dir="/dev/shm"))
    mine, others = left / "mine" / "deep", left / "others"
    mine.mkdir(parents=True)
    others.mkdir()
    (others / "file").write_text("stays")
    for path in (left, left / "mine", mine):
        os.chown(path, 12345, 12345)
    code = f"from inside.supervisor import _clean; from pathlib import Path; print(_clean(Path({str(tmp_path)!r}), 12345, 9))"
    program = str(Path(autograder.execute.__file__).parent)
    done = subprocess.run([sys.executable, "-c", code], cwd=program, capture_output=True, text=True, check=True)
    try:
        assert done.stdout == "True\n"
        assert not tmp_path.exists()
        assert not (left / "mine").exists()
        assert [path.read_text() for path in left.rglob("file")] == ["stays"]
    finally:
        shutil.rmtree(left)


@pytest.mark.parametrize("name", ["file", "folder/file", "folder/inner/file"])
def test_what_a_box_leaves_is_removed_until_time_is_up(tmp_path, name):
    """However it lies there: many files at the top keep nobody waiting either."""
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("left")
    with pytest.raises(supervisor._TimeIsUp):
        supervisor.empty(tmp_path, time.monotonic() - 1)
    assert path.read_text() == "left"
    supervisor.empty(tmp_path, time.monotonic() + 60)
    assert list(tmp_path.iterdir()) == []


def test_one_that_was_not_started_touches_nothing(tmp_path, monkeypatch):
    """Neither closing it does, nor asking it for a box, which starts it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "course" / "inner").mkdir(parents=True)
    (tmp_path / "course" / "inner" / "gradebook.db").write_text("marks")
    Zygote().close()
    with contextlib.closing(Zygote()) as lazy, contextlib.closing(lazy.box()) as box:
        assert box.run_cell("print(1)").stdout == "1\n"
    assert (tmp_path / "course" / "inner" / "gradebook.db").read_text() == "marks"


JUDGE = """
import sys, time
from autograder.execute import Zygote
zygote = Zygote(level=sys.argv[1]).__enter__()
box = zygote.box()
box.run_cell("import subprocess; subprocess.Popen(['sleep', '500'], start_new_session=True)")
print("ready", flush=True)
box.run_cell("while True: pass")
"""


def test_when_the_judge_is_killed_nothing_lives_on(level):
    """kill -9 of the judge ends its zygote, its boxes and their daemons."""
    judge = subprocess.Popen([sys.executable, "-c", JUDGE, level], stdout=subprocess.PIPE)
    assert judge.stdout.readline() == b"ready\n"
    pids = processes_below(judge.pid)
    assert len(pids) >= 3
    judge.kill()
    judge.wait()
    judge.stdout.close()
    assert wait_until_gone(pids)


def test_closing_twice_and_asking_afterwards(box_a):
    """A closed box cannot be asked: that is a mistake of ours."""
    box_a.close()
    box_a.close()
    with pytest.raises(BoxFault):
        box_a.ask("get", "x")


def test_a_batch_leaks_nothing(zygotes, level):
    """After many boxes the judge has no more descriptors than before, and the zygote no more processes."""
    zygote = zygotes(level)

    def run_some(count: int) -> tuple[int, int]:
        for _ in range(count):
            box = zygote.box(limits=Limits(cell_seconds=60))
            box.run_cell("import os; os._exit(1)" if _ % 2 else "x = 1")
            box.close()
        return len(list(Path("/proc/self/fd").iterdir())), len(processes_below(zygote._process.pid))

    assert run_some(2) == run_some(10)


def test_the_judge_cannot_be_looked_into():
    """A process that starts a zygote is undumpable from then on."""
    code = (
        "import ctypes; from autograder.execute import Zygote\n"
        "with Zygote(level='none', cold=True): print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "0\n"


LISTS = ("files", "given", "imports", "postponed", "fonts")


def test_an_ordinary_user_can_use_both_levels_too(level):
    """Without root the namespaces are entered as oneself. The walls need no library, so the system's Python will do."""
    program = str(Path(autograder.execute.__file__).parent)
    python = [
        "/usr/bin/setpriv",
        "--reuid",
        "65534",
        "--regid",
        "65534",
        "--clear-groups",
        "/usr/bin/python3",
        "-I",
        "-B",
    ]
    code = f"import sys; sys.path.insert(0, {program!r}); from inside.zygote import main; main()"
    check = [
        *python,
        "-c",
        f"import sys; sys.path.insert(0, {program!r}); import inside.zygote; print(sys.version_info >= (3, 11))",
    ]
    if os.geteuid() != 0 or subprocess.run(check, capture_output=True, check=False).stdout != b"True\n":
        pytest.skip("needs root to become an ordinary user, and a Python of the system's that it can run")
    home = tempfile.mkdtemp()
    os.chown(home, 65534, 65534)
    mine, theirs = socket.socketpair()
    with subprocess.Popen(
        [*python, "-c", code, str(theirs.fileno())],
        pass_fds=[theirs.fileno()], stdin=subprocess.PIPE, env={"HOME": home}, cwd="/",
    ) as zygote:  # fmt: skip
        theirs.close()
        zygote.stdin.write(
            json.dumps({"level": level, "cold": True, "hidden_path": program, **dict.fromkeys(LISTS, ())}).encode()
        )
        zygote.stdin.close()
        assert json.loads(mine.recv(10_000)).get("fault") is None
        here, there = socket.socketpair()
        settings = {"limits": dataclasses.asdict(Limits()), "render": False}
        request = {"do": "box", "settings": settings, "complete": False}
        socket.send_fds(mine, [json.dumps(request).encode(), b"\n"], [there.fileno()])
        there.close()
        assert json.loads(mine.recv(10_000))["pid"] > 1
        assert here.recv(1000) == b"+"
        mine.close()
        here.close()
    shutil.rmtree(home, ignore_errors=True)  # the supervisor is removing it too
