"""Each examination sees what is right, and names what is wrong and what to type."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from nbgrader.api import Gradebook
from rich.console import Console

from autograder import doctor
from autograder.doctor.examination import guarded
from autograder.doctor.gradebook import gradebook, newest_version
from autograder.doctor.kernel import kernel
from autograder.doctor.places import disk, writable
from autograder.doctor.python import first_draw, packages
from autograder.doctor.sandbox import judged
from autograder.doctor.settings import search_path, settings
from autograder.execute import Probe

pytestmark = pytest.mark.slow  # starts kernels and boxes

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def healthy_book(tmp_path_factory):
    """Give a gradebook as nbgrader makes it."""
    path = tmp_path_factory.mktemp("course") / "gradebook.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", search_path())  # nbgrader starts `alembic` by name
        with Gradebook(f"sqlite:///{path}") as book:
            book.add_student("ada")
    return path


@pytest.fixture
def book(healthy_book, tmp_path):
    """Give a copy to spoil."""
    return Path(shutil.copyfile(healthy_book, tmp_path / "gradebook.db"))


def test_this_installation_is_healthy():
    """Everything is examined in its order: with a real kernel and a real sandbox."""
    findings = doctor.examine(REPOSITORY)
    names = ["Python", "Packages", "Random numbers", "Kernel", "Sandbox", "nbgrader", "Gradebook", "Folders", "Disk"]
    assert [finding.name for finding in findings] == names
    found = {finding.name: finding for finding in findings}
    for name in ("Python", "Random numbers", "Kernel", "Folders"):
        assert found[name].ok, found[name]
    assert "level" in found["Sandbox"].detail


def test_a_kernel_that_is_not_there_is_said():
    """Without ipykernel there is no kernel of that name."""
    finding = kernel("nowhere")
    assert not finding.ok
    assert "no kernel 'nowhere'" in finding.detail
    assert "ipykernel" in finding.fix


def test_packages_are_compared_with_the_pins(tmp_path):
    """Another version and a missing package are named, and the command that puts them right."""
    path = tmp_path / "requirements.txt"
    path.write_text(f"# pins\nnumpy=={np.__version__}\nclick==0.0.1\nno-such-package==1.0  # needed\n")
    finding = packages(path)
    assert not finding.ok
    assert "click is" in finding.detail
    assert "no-such-package is missing" in finding.detail
    assert "numpy" not in finding.detail
    assert f"--requirement {path}" in finding.fix
    path.write_text(f"numpy=={np.__version__}\n")
    assert packages(path).ok
    assert not packages(tmp_path / "nowhere.txt").ok


def test_the_first_draw_is_examined_without_disturbing_the_stream():
    """The examination leaves the generator as it found it."""
    np.random.seed(7)
    expected = np.random.RandomState(7).rand()
    finding = first_draw()
    assert finding.ok
    assert "1.788628473430" in finding.detail
    assert np.random.rand() == expected


def test_a_gradebook_that_is_whole_or_not_made_yet_is_in_order(book, tmp_path):
    """nbgrader's own gradebook passes, and examining it changes no byte."""
    before = book.read_bytes()
    finding = gradebook(f"sqlite:///{book}")
    assert finding.ok, finding
    assert newest_version() in finding.detail
    assert book.read_bytes() == before
    assert gradebook(f"sqlite:///{tmp_path / 'nowhere.db'}").ok
    assert not (tmp_path / "nowhere.db").exists()


def test_damaged_gradebooks_are_seen(book):
    """A file that is no database, one with a page overwritten, and one with orphaned rows."""
    whole = book.read_bytes()
    book.write_bytes(b"not a database at all" * 100)
    assert "cannot be read" in gradebook(f"sqlite:///{book}").detail
    book.write_bytes(whole[:4096] + b"\xff" * 4096 + whole[8192:])
    finding = gradebook(f"sqlite:///{book}")
    assert not finding.ok
    assert "backup" in finding.fix
    book.write_bytes(whole[:36] + b"\0\0\0\5" + whole[40:])  # five free pages that are not there
    assert "is damaged" in gradebook(f"sqlite:///{book}").detail
    book.write_bytes(whole)
    connection = sqlite3.connect(book)
    connection.execute("INSERT INTO submitted_assignment (id, assignment_id, student_id) VALUES ('x', 'gone', 'ada')")
    connection.commit()
    connection.close()
    assert "lost its owner" in gradebook(f"sqlite:///{book}").detail


def test_an_old_gradebook_is_told_from_a_new_one(book):
    """The version must be the one that nbgrader would make."""
    connection = sqlite3.connect(book)
    connection.execute("UPDATE alembic_version SET version_num = 'b6d005d67074'")
    connection.commit()
    connection.close()
    finding = gradebook(f"sqlite:///{book}")
    assert not finding.ok
    assert "b6d005d67074" in finding.detail
    assert "nbgrader db upgrade" in finding.fix


def test_a_server_that_does_not_answer_is_said_without_the_password():
    """A gradebook's URL may hold a password, which no report shows."""
    finding = gradebook("postgresql://ada:geheim@127.0.0.1:1/marks")
    assert not finding.ok
    assert "geheim" not in str(finding)


def test_the_best_level_counts_and_what_would_raise_it_is_said():
    """Level B is in order, with the way to level A; without any level there is no grading, with the way out."""
    full = Probe("A", available=True, layers=("namespaces", "seccomp"))
    no_a = Probe("A", available=False, reason="no user namespaces", remedy="sysctl -w it=1")
    walls = Probe("B", available=True, layers=("landlock-7", "seccomp"))
    no_b = Probe("B", available=False, reason="no Landlock", remedy="Grade on Linux.")
    assert judged([full, walls]) == doctor.Finding("Sandbox", True, "level A (namespaces, seccomp)", "")
    finding = judged([no_a, walls])
    assert finding.ok
    assert finding.fix == "Level A (no user namespaces): sysctl -w it=1"
    finding = judged([no_a, no_b])
    assert not finding.ok
    assert "level B: no Landlock" in finding.detail
    assert finding.fix == "sysctl -w it=1 Grade on Linux."


def test_folders_that_cannot_be_written_are_named(tmp_path):
    """A folder that can be made is in order; a file in the way and a system's folder are not."""
    assert writable([tmp_path / "build" / "course"]).ok
    assert not (tmp_path / "build").exists()
    (tmp_path / "file").write_text("")
    finding = writable([tmp_path, tmp_path / "file" / "course", Path("/proc/self")])
    assert not finding.ok
    assert "file" in finding.detail
    assert "/proc/self" in finding.detail
    assert not list(tmp_path.glob(".seedbed*"))


def test_room_on_the_disk_is_measured(tmp_path):
    """Too little room is a problem with the way out."""
    assert disk(tmp_path / "not" / "there", 1).ok
    finding = disk(tmp_path, 10**18)
    assert not finding.ok
    assert "make clean" in finding.fix


def test_nbgraders_settings_are_looked_for(tmp_path):
    """Missing, damaged or differing settings are told apart."""
    course = tmp_path / "build" / "course"
    course.mkdir(parents=True)
    assert "there is no" in settings(tmp_path, course).detail
    own = tmp_path / "nbgrader_config.py"
    own.write_text("c = get_config(\n")
    assert "cannot be read" in settings(tmp_path, course).detail
    shutil.copyfile(REPOSITORY / "nbgrader_config.py", own)
    assert settings(tmp_path, course).ok
    (course / own.name).write_text("")
    assert "differs" in settings(tmp_path, course).detail


def test_an_examination_that_fails_is_a_finding_and_stops_no_other():
    """Whatever a broken installation raises."""
    finding = guarded("Kernel", lambda: 1 / 0)
    assert (finding.name, finding.ok) == ("Kernel", False)
    assert "ZeroDivisionError" in finding.detail


def test_findings_are_lines_with_a_sign_a_word_and_a_fix():
    """Not by colour alone; what is in order may still say what would be better."""
    findings = (
        doctor.Finding("Disk", True, "all [bold]fine[/bold]"),
        doctor.Finding("Sandbox", True, "level B", "allow user namespaces"),
        doctor.Finding("Kernel", False, "none", "install one"),
    )
    out = io.StringIO()
    Console(file=out, width=100, color_system=None).print(doctor.render(findings))
    assert out.getvalue().splitlines() == [
        "✓ ok       Disk: all [bold]fine[/bold]",
        "✓ ok       Sandbox: level B",
        "       better: allow user namespaces",
        "✗ problem  Kernel: none",
        "          fix: install one",
    ]
    assert not doctor.healthy(findings)
    assert json.loads(json.dumps(doctor.findings_to_json(findings)))[2]["fix"] == "install one"


def test_importing_the_doctor_is_quick():
    """`--help` must not wait for Jupyter or nbgrader."""
    code = (
        "import sys, autograder.doctor; print([m for m in ('nbgrader', 'jupyter_client', 'numpy') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    assert run.stdout.strip() == "[]"
