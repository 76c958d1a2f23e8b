"""The same marks in PostgreSQL as in SQLite, on a real server that the test starts on loopback."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from small_assignment import add_small
from test_writer import result

from autograder.gradebook.reader import by_hand, cell_scores, late_students
from autograder.gradebook.writer import GradebookWriter

pytestmark = pytest.mark.slow
SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The address of an empty PostgreSQL server that ends with the tests."""
    if not SERVERS:
        pytest.skip("PostgreSQL is not installed; type: apt-get install postgresql")
    tools = SERVERS[-1].parent
    folder = tmp_path_factory.mktemp("postgresql")
    data = Path("/var/tmp") / f"seedbed-{os.getpid()}"  # where the server's own user can go
    data.mkdir()
    as_server = []
    if os.getuid() == 0:  # it refuses to run as root
        shutil.chown(data, pwd.getpwnam("postgres").pw_name)
        as_server = ["runuser", "-u", "postgres", "--"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    try:
        subprocess.run(
            [*as_server, tools / "initdb", "-D", data / "db", "-A", "trust", "-U", "seedbed"],
            check=True,
            cwd="/",
            stdout=subprocess.DEVNULL,
        )
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={data} -c fsync=off"
        control = [*as_server, tools / "pg_ctl", "-D", data / "db", "-w", "-l", data / "log", "-o", options]
        subprocess.run([*control, "start"], check=True, cwd="/", stdout=subprocess.DEVNULL)
        yield f"postgresql+psycopg://seedbed@127.0.0.1:{port}/postgres"
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, cwd="/", stdout=subprocess.DEVNULL)
    finally:
        shutil.rmtree(data, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def filled(url):
    """A gradebook with an assignment, some results of ours, and the marks that nbgrader sees in it."""
    with Gradebook(url) as gradebook:
        add_small(gradebook)
        gradebook.update_or_create_student("ada")
        gradebook.update_or_create_submission("small", "ada")
        gradebook.grant_extension("small", "ada", days=1)
    results = [result("ada"), result("Zoë", hidden="failed"), result("held", hidden="error", status="held")]
    with GradebookWriter(url, "small") as writer:
        for one in results * 2:  # again is the same as once
            writer.write(one, datetime(2026, 11, 2, 12))  # noqa: DTZ001 - nbgrader keeps naive UTC
    with Gradebook(url) as gradebook:
        marks = {
            one.student: {
                g.name: (g.auto_score, g.needs_manual_grade)
                for g in gradebook.find_submission("small", one.student).notebooks[0].grades
            }
            for one in results
        }
    return (
        marks,
        [cell_scores(one) for one in results],
        by_hand(url, "small"),
        late_students(url, "small"),
    )


@pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")  # its own way of adding rows
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # nbgrader leaves connections to the garbage collector
def test_postgresql_gives_the_same_marks_as_sqlite(server, tmp_path):
    """Written by us, read by nbgrader, from both databases; who was late, too."""
    found = filled(server)
    assert found == filled(f"sqlite:///{tmp_path / 'gradebook.db'}")
    assert found[-1] == {"Zoë", "held"}
