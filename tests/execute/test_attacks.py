"""Live attacks from a student's cell: none reads, reaches, harms, escapes or leaves anything behind."""

from __future__ import annotations

import contextlib
import os
import platform
import resource
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.execute.attacks import ESCAPES, HARMS, LEFTOVERS, PRELUDE, REACHES, STEALS

SECRET = "the-hidden-test-73194"

pytestmark = [
    pytest.mark.slow,  # many live boxes
    pytest.mark.skipif(platform.machine() != "x86_64", reason="the attacks' system calls are those of x86_64"),
]


class World:
    """What lies outside of the box: a secret file, a process with a secret, and listeners."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "hidden_tests.py"
        self.file.write_text(SECRET)
        os.environ["HIDDEN"] = SECRET
        self.victim = subprocess.Popen(
            [sys.executable, "-c", f"secret = {SECRET!r}\nimport time\ntime.sleep(600)"], env={"HIDDEN": SECRET}
        )
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", 0))
        self.path, self.abstract = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
        self.path.bind(str(folder / "socket"))
        self.abstract.bind("\0seedbed-test-victim")
        for listener in (self.path, self.abstract):
            listener.listen()

    def prelude(self) -> str:
        """What the attacker knows."""
        return PRELUDE + (
            f"SECRET_FILE = {str(self.file)!r}; VICTIM = {self.victim.pid}; JUDGE = {os.getpid()}\n"
            f"TCP = {self.tcp.getsockname()[1]}; UDP = {self.udp.getsockname()[1]}\n"
            f"PATH = {self.path.getsockname()!r}; ABSTRACT = 'seedbed-test-victim'\n"
        )

    def is_untouched(self) -> bool:
        """Nobody was heard, harmed or changed."""
        for listener in (self.tcp, self.udp, self.path, self.abstract):
            listener.setblocking(False)
            with pytest.raises(BlockingIOError):
                listener.recvfrom(10) if listener is self.udp else listener.accept()
        pid = self.victim.pid
        return (
            self.victim.poll() is None
            and os.getpriority(os.PRIO_PROCESS, pid) == os.getpriority(os.PRIO_PROCESS, 0)
            and os.sched_getaffinity(pid) == os.sched_getaffinity(0)
            and os.sched_getscheduler(pid) == os.SCHED_OTHER
            and resource.prlimit(pid, resource.RLIMIT_CPU) == resource.getrlimit(resource.RLIMIT_CPU)
            and self.file.read_text() == SECRET
            and self.file.stat().st_mtime > 1e9
        )

    def close(self) -> None:
        """End it."""
        del os.environ["HIDDEN"]
        self.victim.kill()
        self.victim.wait()
        for listener in (self.tcp, self.udp, self.path, self.abstract):
            listener.close()


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """One world for all attacks."""
    with contextlib.closing(World(tmp_path_factory.mktemp("outside"))) as made:
        yield made


@pytest.fixture
def attacked(box, world):
    """A box in which the prelude has run."""
    assert box.run_cell(world.prelude()).raised is None
    return box


def gains(box, source):
    """What an attack gains. An attack that dies of it gains nothing."""
    box.run_cell(source)
    reply = box.ask("get", "got")
    return None if reply.stop is not None else reply.value


def test_the_attacks_are_live(zygotes, world):
    """Without a sandbox the same cells do read the secret, open sockets and make namespaces."""
    with contextlib.closing(zygotes("none").box()) as box:
        box.run_cell(world.prelude())
        for name in ("file", "file by the shell", "file by climbing", "environment", "command lines"):
            assert SECRET in repr(gains(box, STEALS[name])), name
        for source in (REACHES["udp"], REACHES["tcp listen"], REACHES["netlink"], REACHES["socket by system call"]):
            assert gains(box, source)
        world.udp.recv(10)


@pytest.mark.parametrize("name", STEALS)
def test_nothing_is_stolen(attacked, world, name):
    """No file, memory, environment, command line or descriptor of anybody else is read."""
    assert SECRET not in repr(found := gains(attacked, STEALS[name]))
    if name in (
        "memory by ptrace",
        "descriptors of others",
        "zygote's modules",
        "inherited descriptors",
        "file by handle",
    ):
        assert found is None


@pytest.mark.parametrize("name", REACHES)
def test_nobody_is_reached(attacked, world, name):
    """No socket of any kind leaves the box."""
    assert gains(attacked, REACHES[name]) is None
    assert world.is_untouched()


@pytest.mark.parametrize("name", HARMS)
def test_nobody_is_harmed(attacked, world, name):
    """No process outside is signalled, limited or slowed, and no file is changed."""
    attacked.run_cell(HARMS[name])
    assert world.is_untouched()


@pytest.mark.parametrize("name", ESCAPES)
def test_nothing_is_won(attacked, world, name):
    """No namespace, privilege, device, mount or risky system call is to be had."""
    assert gains(attacked, ESCAPES[name]) is None


@pytest.mark.parametrize("name", LEFTOVERS)
def test_nothing_is_left_for_the_next_student(new_box, world, name):
    """What one box leaves, the next one does not find, even while the first still lives where it is a thing of names."""
    leave, look = LEFTOVERS[name]
    first = new_box()
    first.run_cell(world.prelude())
    first.run_cell(leave)
    first.close()
    second = new_box()
    second.run_cell(world.prelude())
    assert not gains(second, look)


def test_two_boxes_at_a_time_do_not_meet(new_box, world):
    """A box that lives beside another sees neither its files nor its processes, and cannot signal them."""
    first, second = new_box(), new_box()
    first.run_cell(f"open('mine', 'w').write({SECRET!r})\nimport os\nhere, pid = os.getcwd(), os.getpid()")
    here, pid = first.ask("get", "here").value, first.ask("get", "pid").value
    second.run_cell(world.prelude())
    second.run_cell(f"got = read({here + '/mine'!r}), attempt(os.listdir, {str(Path(here).parent)!r})")
    assert SECRET not in repr(second.ask("get", "got").value)
    if second.isolation.level == "B":
        second.run_cell(f"attempt(os.kill, {pid}, 9)")
    assert first.ask("get", "pid").value == pid


def test_what_level_b_cannot_hide(zygotes, world):
    """The two documented exceptions: that a file exists, and that a process number is taken."""
    with contextlib.closing(zygotes("B").box()) as box:
        box.run_cell(world.prelude())
        size = gains(box, "got = attempt(lambda: os.stat(SECRET_FILE).st_size)")
        assert size in (len(SECRET), None)
    with contextlib.closing(zygotes("A").box()) as box:
        box.run_cell(world.prelude())
        assert gains(box, "got = attempt(lambda: os.stat(SECRET_FILE).st_size)") is None
        assert (
            gains(box, "got = [p for p in os.listdir('/proc') if p.isdigit() and int(p) != os.getpid()] or None")
            is None
        )


def test_processes_end_with_their_box(new_box):
    """Daemons, also those that block every signal and lead a session of their own, are gone when the box is closed."""
    box = new_box()
    marker = f"4321{os.getpid()}"
    box.run_cell(
        "import os, signal, subprocess\n"
        f"subprocess.Popen(['sleep', '{marker}'], start_new_session=True)\n"
        "if not os.fork():\n"
        "    os.setsid()\n"
        "    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\n"
        f"    os.execvp('sleep', ['sleep', '{marker}'])"
    )

    def running() -> list[str]:
        lines = [(p / "cmdline") for p in Path("/proc").iterdir() if p.name.isdigit()]
        return [p.parent.name for p in lines if p.exists() and marker.encode() in p.read_bytes()]

    deadline = time.monotonic() + 5
    while len(running()) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert len(running()) == 2
    box.close()
    assert running() == []
