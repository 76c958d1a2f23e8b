"""`autograder grade` as an instructor types it."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.commands.run import alone_in

pytestmark = pytest.mark.slow

INTERRUPTED = "Interrupted. Nothing that was finished is lost; type the same command again to go on."
MARKS = {  # zeros, random, he
    "ada": (10, 10, 10),
    "Émile Okonkwo": (10, 10, 10),
    "grace": (10, 10, 10),
    "Zoë van den Berg": (2.5, 10, 10),
    "kwame": (10, 10, 4),
    "mei": (10, 2.5, 2.5),
    "noor": (10, 4, 4),
    "oskar": (10, 10, 4),
    "priya": (10, 10, 0),
    "tomás": (10, 0, 10),
    "ulla": (10, 4, 4),
    "wen": (0, 0, 0),
}
FINDINGS = {
    "Zoë van den Berg": {"zeros/transposed"},
    "kwame": {"he/no-sqrt"},
    "mei": {"random/bias-random", "he/bias-random"},
    "noor": {"random/seed-per-layer", "he/seed-per-layer"},
    "oskar": {"he/own-size"},
    "tomás": {"not-defined"},
    "ulla": {"random/unscaled", "he/xavier"},
}


def results(folder):
    """The submissions of a run's results.json, by student."""
    table = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    return {one["student"]: one for one in table["submissions"]}


def scores(one):
    """The points of a submission by exercise."""
    return tuple(exercise["score"] for exercise in one["exercises"])


@pytest.fixture(scope="module")
def run(kit, sample_class, tmp_path_factory):
    """The sample class, graded once."""
    out = tmp_path_factory.mktemp("run")
    command = [str(Path(sys.executable).parent / "autograder"), "grade", str(sample_class), "--out", str(out)]
    done = subprocess.run(command, cwd=kit, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout, out


def test_the_table_of_the_sample_class_is_right(run):
    """Right in three styles, eight typical mistakes, untouched: every mark is what it should be."""
    stdout, out = run
    assert {student: scores(one) for student, one in results(out).items()} == MARKS
    for student in MARKS:
        assert student in stdout
    for place in ("results.json", "feedback", "gradebook"):
        assert place in stdout


def test_every_typical_mistake_is_named(run):
    """The code of the finding is the misconception."""
    for student, codes in FINDINGS.items():
        checks = [check for exercise in results(run[1])[student]["exercises"] for check in exercise["checks"]]
        assert codes <= {check["code"] for check in checks}, student


def test_the_gradebook_holds_the_same_marks(run, kit):
    """nbgrader's own tables, read without any code of ours."""
    query = """select s.student_id, sum(g.auto_score) from grade g join submitted_notebook n on g.notebook_id = n.id
               join submitted_assignment s on n.assignment_id = s.id group by s.student_id"""
    with sqlite3.connect(kit / "build" / "course" / "gradebook.db") as gradebook:
        found = dict(gradebook.execute(query).fetchall())
    assert {student: found[student] for student in MARKS} == {student: sum(points) for student, points in MARKS.items()}


def test_every_student_has_a_feedback_page(run):
    """One page each, under a name that can be recognised."""
    assert {path.stem for path in (run[1] / "feedback").glob("*.html")} == set(MARKS)


def test_a_question_that_was_left_as_it_was_given_earns_nothing_and_that_is_said(run):
    """Two of the class left it; everybody else's answer waits for a person."""
    found = {student: one["manual"][0] for student, one in results(run[1]).items()}
    left = {student for student, question in found.items() if question["score"] is not None}
    assert left == {"ulla", "wen"}
    assert {(found[student]["score"], found[student]["code"]) for student in left} == {(0, "not-answered")}
    for student in MARKS:
        page = (run[1] / "feedback" / f"{student}.html").read_text(encoding="utf-8")
        assert ("You left the place for your answer as it was given" in page) == (student in left)
        assert ("not marked yet" in page) == (student not in left)


def test_the_same_command_again_grades_nothing_again(run, autograder, sample_class):
    """An unchanged file is not graded twice; the table is the same."""
    stdout, out = run
    lines = (out / "state.jsonl").read_text(encoding="utf-8")
    again = autograder("grade", sample_class, "--out", out)
    assert again.stdout == stdout
    assert (out / "state.jsonl").read_text(encoding="utf-8") == lines


def test_a_changed_file_is_graded_again(autograder, sample_class, tmp_path):
    """What a student hands in anew counts."""
    place = tmp_path / "class"
    shutil.copytree(sample_class / "wen", place / "wen")
    assert autograder("grade", place, "--out", tmp_path / "out").returncode == 0
    shutil.copytree(sample_class / "ada", place / "wen", dirs_exist_ok=True)
    assert autograder("grade", place, "--out", tmp_path / "out").returncode == 0
    assert results(tmp_path / "out")["wen"]["score"] == 30


@pytest.mark.parametrize("between", [b"no notebook", None])
def test_a_file_that_was_away_for_a_while_has_its_mark_again(autograder, sample_class, tmp_path, between):
    """Damaged or missing in one run, as it was in the next: what counts is what was found last."""
    shutil.copytree(sample_class / "ada", tmp_path / "class" / "ada")
    notebook = tmp_path / "class" / "ada" / "initialization" / "initialization.ipynb"
    good = notebook.read_bytes()
    for content, score in ((good, 30), (between, None), (good, 30)):
        if content is None:
            notebook.unlink()
        else:
            notebook.write_bytes(content)
        autograder("grade", tmp_path / "class", "--out", tmp_path / "out")
        assert results(tmp_path / "out")["ada"]["score"] == score


def test_graded_twice_with_one_seed_gives_the_same_bytes(autograder, sample_class, tmp_path):
    """Apart from times, two gradings agree byte for byte."""
    texts = []
    for name in ("first", "second"):
        shutil.copytree(sample_class / "mei", tmp_path / "class" / "mei", dirs_exist_ok=True)
        assert autograder("grade", tmp_path / "class", "--out", tmp_path / name, "--seed", "7").returncode == 0
        table = json.loads((tmp_path / name / "results.json").read_text(encoding="utf-8"))
        for one in table["submissions"]:
            del one["seconds"]
        texts.append(json.dumps(table))
    assert texts[0] == texts[1]


BAD = {
    "an unknown assignment": (["grade", "class", "--assignment", "nonsense"], 2, "initialization"),
    "no such folder": (["grade", "nowhere"], 2, "nowhere"),
    "a folder without submissions": (["grade", "utils"], 2, "Expected STUDENT/initialization"),
    "an unknown student": (["grade", "class", "--student", "nobody"], 2, "ada"),
    "an output folder that cannot be made": (["grade", "class", "--out", "/proc/nowhere"], 3, "/proc/nowhere"),
    "an output folder that is a file": (["grade", "class", "--out", "nbgrader_config.py"], 2, "--out FOLDER"),
    "an output folder in a file": (["grade", "class", "--out", "nbgrader_config.py/run"], 2, "--out FOLDER"),
    "a gradebook that cannot be opened": (
        ["grade", "class", "--out", "build/x", "--gradebook", "sqlite:////proc/no/book.db"],
        3,
        "/proc/no",
    ),
    "an option that does not exist": (["grade", "class", "--fast"], 2, "--fast"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_clear_error(autograder, sample_class, case):
    """It says what is wrong and what to type, with the documented exit code and no traceback."""
    arguments, code, text = BAD[case]
    done = autograder(*arguments)
    assert done.returncode == code, done.stderr
    assert text in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_notebook_is_unreadable_and_the_others_are_graded(autograder, sample_class, tmp_path):
    """A broken file has no score; the class goes on; the exit code says that something is left to do."""
    place = tmp_path / "class"
    place.mkdir()
    (place / "broken.ipynb").write_bytes(b"\x89PNG not a notebook")
    (place / "José Ñandú.ipynb").write_bytes(
        (sample_class / "ada" / "initialization" / "initialization.ipynb").read_bytes()
    )
    done = autograder("grade", place, "--out", tmp_path / "out")
    found = results(tmp_path / "out")
    assert done.returncode == 1
    assert (found["broken"]["status"], found["broken"]["score"]) == ("unreadable", None)
    assert found["José Ñandú"]["score"] == 30


def test_no_odd_submission_touches_another(autograder, sample_class, tmp_path):
    """A name that is no text, a time that is none, a type that is no letter: each has a mark, and so has the next."""
    good = (sample_class / "ada" / "initialization" / "initialization.ipynb").read_bytes()

    def hand_in(student, data=good, name="initialization.ipynb"):
        folder = tmp_path / "class" / student / "initialization"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
        return folder

    hand_in(os.fsdecode(b"Zo\xeb"))
    for number, time_told in enumerate((b"9" * 60, b"0001-01-01 00:00:00 +10:00", b"\xff", b"1e400")):
        (hand_in(f"time{number}") / "timestamp.txt").write_bytes(time_told)
    notebook = json.loads(good)
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["cell_type"] = "\ud800"
    hand_in("type", json.dumps(notebook).encode())
    hand_in("two", name="mine.ipynb")
    hand_in("two", name="other.ipynb")
    done = autograder("grade", tmp_path / "class", "--out", tmp_path / "out", "--jobs", "1")
    assert done.returncode == 1, done.stderr
    found = results(tmp_path / "out")
    two = found.pop("two")
    assert {one["score"] for one in found.values()} == {30}
    assert set(found) == {"Zo\\xeb", "type", *(f"time{number}" for number in range(4))}
    assert two["status"] == "unreadable"  # and not missing: there is work to be marked
    assert "mine.ipynb, other.ipynb" in two["notices"][0]["message"]
    assert autograder("feedback", tmp_path / "out").returncode == 0


def test_one_student_alone_takes_nobodys_result_away(autograder, sample_class, tmp_path):
    """`export` draws on results.json: who is not in it gets no mark on the platform."""
    for student in ("ada", "wen"):
        shutil.copytree(sample_class / student, tmp_path / "class" / student)
    assert autograder("grade", tmp_path / "class", "--out", tmp_path / "out").returncode == 0
    alone = autograder("grade", tmp_path / "class", "--out", tmp_path / "out", "--student", "ada")
    assert alone.returncode == 0
    assert "wen" not in alone.stdout
    assert {student: one["score"] for student, one in results(tmp_path / "out").items()} == {"ada": 30, "wen": 0}


def test_another_gradebook_gets_every_mark(kit, autograder, sample_class, tmp_path):
    """Such as the copy that took a damaged one's place: it has no rows of who is graded already."""
    for student in ("ada", "wen"):
        shutil.copytree(sample_class / student, tmp_path / "class" / student)
    (tmp_path / "class" / "broken.ipynb").write_bytes(b"no notebook")
    released = tmp_path / "released.db"
    shutil.copy(kit / "build" / "course" / "gradebook.db", released)
    with sqlite3.connect(released) as book:
        for table in ("grade", "comment", "submitted_notebook", "submitted_assignment"):
            book.execute(f"delete from {table}")
    query = """select s.student_id, sum(g.auto_score) from grade g join submitted_notebook n on g.notebook_id = n.id
               join submitted_assignment s on n.assignment_id = s.id group by s.student_id"""
    for name in ("one", "other"):
        gradebook = tmp_path / f"{name}.db"
        shutil.copy(released, gradebook)
        command = ("grade", tmp_path / "class", "--out", tmp_path / "out", "--gradebook", f"sqlite:///{gradebook}")
        assert autograder(*command).returncode == 1
        with sqlite3.connect(gradebook) as book:
            assert dict(book.execute(query)) == {"ada": 30, "wen": 0, "broken": None}
    lines = (tmp_path / "out" / "state.jsonl").read_text(encoding="utf-8").splitlines()
    assert sum('"ada"' in line for line in lines) == 1  # and nobody was graded again for it


def test_damaged_files_of_a_run_cost_time_and_no_mark(autograder, sample_class, tmp_path):
    """What cannot be read is made anew, whichever it is."""
    shutil.copytree(sample_class / "ada", tmp_path / "class" / "ada")
    out = tmp_path / "out"
    for name, content in {
        "results.json": b"[]",
        "seed.txt": b"",
        "state.jsonl": b'\0\0\n1\n[["x"]]\nnot finis',
    }.items():
        assert autograder("grade", tmp_path / "class", "--out", out).returncode == 0
        (out / name).write_bytes(content)
        again = autograder("grade", tmp_path / "class", "--out", out)
        assert again.returncode == 0, (name, again.stderr)
        assert results(out)["ada"]["score"] == 30
    assert (out / "seed.txt").read_text(encoding="ascii").strip()


def test_a_result_in_another_form_is_graded_again(autograder, sample_class, tmp_path):
    """As an earlier version may have written it."""
    shutil.copytree(sample_class / "ada", tmp_path / "class" / "ada")
    assert autograder("grade", tmp_path / "class", "--out", tmp_path / "out").returncode == 0
    state = tmp_path / "out" / "state.jsonl"
    state.write_text(state.read_text(encoding="utf-8").replace('"exercises"', '"parts"'), encoding="utf-8")
    assert autograder("grade", tmp_path / "class", "--out", tmp_path / "out").returncode == 0
    assert results(tmp_path / "out")["ada"]["score"] == 30


def test_a_damaged_gradebook_is_one_clear_error(autograder, sample_class, tmp_path):
    """It says where the copies are."""
    (tmp_path / "gradebook.db").write_bytes(b"no database")
    url = f"sqlite:///{tmp_path}/gradebook.db"
    done = autograder("grade", sample_class, "--out", tmp_path / "out", "--gradebook", url)
    assert done.returncode == 3
    assert "backups" in done.stderr
    assert "our fault" not in done.stderr


def test_a_second_command_does_not_write_into_the_folder_of_the_first(autograder, sample_class, tmp_path):
    """Each would take the other's half-written line for its own."""
    out = tmp_path / "out"
    out.mkdir()
    with alone_in(out):
        done = autograder("grade", sample_class, "--out", out)
        assert done.returncode == 2
        assert "Another autograder command" in done.stderr
    assert list(out.iterdir()) == []
    assert autograder("grade", sample_class, "--out", out).returncode == 0
    with alone_in(out):
        assert autograder("regrade", out, "--yes").returncode == 2


@pytest.mark.parametrize("closed", [1, 2])
def test_a_stream_that_is_closed_stops_nothing(kit, sample_class, tmp_path, closed):
    """A daemon or `>&-` closes it."""
    command = f"exec {Path(sys.executable).parent / 'autograder'} grade '{sample_class}' --out '{tmp_path / 'out'}' {closed}>&-"
    done = subprocess.run(["sh", "-c", command], cwd=kit, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(results(tmp_path / "out")) == len(MARKS)


def test_no_error_obeys_a_name(kit, tmp_path):
    """What an error says goes to a terminal, names of folders included."""
    (tmp_path / "class" / "a\x1b[2Jb").mkdir(parents=True)
    command = [str(Path(sys.executable).parent / "autograder"), "grade", str(tmp_path / "class")]
    done = subprocess.run(
        ["script", "-qec", shlex.join(command), "/dev/null"], cwd=kit, capture_output=True, check=False
    )
    assert b"No submissions" in done.stdout
    assert b"\x1b" not in done.stdout


MIXED = ("ada", "grace", "oskar", "tomás", "Émile Okonkwo")
"""Of the sample class, five with three different marks, who take less time than most: what is killed is the batch."""


def class_of(count, sample_class, place):
    """A class of so many, copied from these."""
    for number in range(count):
        shutil.copytree(sample_class / MIXED[number % len(MIXED)], place / f"student{number:03}")


def sessions():
    """The sessions of all processes that run."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            found.add(int(stat.read_text().rpartition(")")[2].split()[3]))
    return found


def wait_until(holds):
    """Wait until something holds; a minute is more than enough."""
    last = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < last, "it still does not hold"
        time.sleep(0.1)


def test_a_batch_killed_at_any_moment_goes_on_and_ends_with_the_same_marks(kit, sample_class, tmp_path):
    """200 submissions, ten SIGKILLs at random moments, then undisturbed: marks and gradebook as if nothing had been."""
    class_of(200, sample_class, tmp_path / "class")
    gradebook = tmp_path / "gradebook.db"
    shutil.copy(kit / "build" / "course" / "gradebook.db", gradebook)
    command = [
        str(Path(sys.executable).parent / "autograder"),
        "grade",
        str(tmp_path / "class"),
        "--out",
        str(tmp_path / "out"),
    ]
    command += ["--gradebook", f"sqlite:///{gradebook}", "--seed", "1"]
    chance, killed = random.Random(5), set()
    while len(killed) < 10:
        process = subprocess.Popen(
            command, cwd=kit, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(chance.uniform(1.0, 7.0))
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
        process.wait()
        killed.add(process.pid)
    wait_until(lambda: not sessions() & killed)  # no worker, zygote or box outlives its batch
    last = subprocess.run(command, cwd=kit, capture_output=True, text=True, check=False)
    assert last.returncode == 0, last.stderr
    found = results(tmp_path / "out")
    assert {name: scores(one) for name, one in found.items()} == {
        f"student{number:03}": MARKS[MIXED[number % len(MIXED)]] for number in range(200)
    }
    with sqlite3.connect(gradebook) as book:
        assert book.execute("pragma integrity_check").fetchone() == ("ok",)
        rows = book.execute(
            "select count(*), count(distinct student_id) from submitted_assignment where student_id like 'student%'"
        )
        assert rows.fetchone() == (200, 200)
        grades = book.execute(
            """select s.student_id, sum(g.auto_score) from grade g join submitted_notebook n on g.notebook_id = n.id
               join submitted_assignment s on n.assignment_id = s.id where s.student_id like 'student%' group by s.student_id"""
        )
        assert dict(grades.fetchall()) == {name: one["score"] for name, one in found.items()}


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupted_batch_ends_with_one_sentence(kit, sample_class, tmp_path, jobs):
    """Ctrl-C at any moment: no traceback of any process, and neither one nor a folder that stays."""
    class_of(60, sample_class, tmp_path / "class")
    program, gradebook = Path(sys.executable).parent / "autograder", tmp_path / "gradebook.db"
    shutil.copy(kit / "build" / "course" / "gradebook.db", gradebook)
    command = [str(program), "grade", str(tmp_path / "class"), "--jobs", str(jobs), "--out", str(tmp_path / "out")]
    for_a_while = tmp_path / "tmp"
    for_a_while.mkdir()
    for seconds in (0.8, 1.2, 1.7, 2.5, 4.0):
        process = subprocess.Popen(
            [*command, "--gradebook", f"sqlite:///{gradebook}"],
            cwd=kit, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True,
            env=os.environ | {"TMPDIR": str(for_a_while)},
        )  # fmt: skip
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGINT)
        said = process.communicate()[1]
        if process.returncode:  # it may have been done
            assert (process.returncode, said.strip()) == (130, INTERRUPTED)
        wait_until(lambda pid=process.pid: pid not in sessions())
        assert list(for_a_while.iterdir()) == []


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_batch_that_is_ended_from_outside_leaves_no_folder(kit, sample_class, tmp_path, sent):
    """A shutdown and a closed terminal end it as Ctrl-C does; after a SIGKILL its workers put away what is theirs."""
    class_of(60, sample_class, tmp_path / "class")
    for_a_while = tmp_path / "tmp"
    for_a_while.mkdir()
    command = [str(Path(sys.executable).parent / "autograder"), "grade", str(tmp_path / "class"), "--jobs", "2"]
    process = subprocess.Popen(
        [*command, "--out", str(tmp_path / "out")],
        cwd=kit, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        env=os.environ | {"TMPDIR": str(for_a_while)},
    )  # fmt: skip
    state = tmp_path / "out" / "state.jsonl"
    wait_until(lambda: state.exists() and state.stat().st_size)
    process.send_signal(sent)
    assert process.wait(60) == (-9 if sent == signal.SIGKILL else 130)
    wait_until(lambda: process.pid not in sessions())
    assert list(for_a_while.iterdir()) == []


@pytest.fixture
def small_disk(tmp_path):
    """A disk of a few hundred kilobytes, and a function that makes it large."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(folder)], check=False).returncode:
        pytest.skip("only root can mount a small disk")
    yield folder, lambda: subprocess.run(["mount", "-o", "remount,size=50m", str(folder)], check=True)
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_stops_a_batch_that_goes_on_when_there_is_room(kit, sample_class, tmp_path, small_disk):
    """The error says what to do, and the same command ends with every mark."""
    folder, enlarge = small_disk
    class_of(20, sample_class, tmp_path / "class")
    gradebook = tmp_path / "gradebook.db"
    shutil.copy(kit / "build" / "course" / "gradebook.db", gradebook)
    command = [str(Path(sys.executable).parent / "autograder"), "grade", str(tmp_path / "class")]
    command += ["--jobs", "1", "--out", str(folder / "run"), "--gradebook", f"sqlite:///{gradebook}"]
    full = subprocess.run(command, cwd=kit, capture_output=True, text=True, check=False)
    assert full.returncode == 3
    assert "No space left on device" in full.stderr
    assert "Make room, then type the same command again" in full.stderr
    enlarge()
    done = subprocess.run(command, cwd=kit, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(results(folder / "run")) == 20


def test_help_of_every_command_shows_two_examples(autograder):
    """Each verb's help can be pasted from."""
    commands = [
        line.split()[0]
        for line in autograder("--help").stdout.split("Commands:")[1].splitlines()
        if line.startswith("  ")
    ]
    assert {"grade", "release"} <= set(commands)
    for command in commands:
        text = autograder(command, "--help").stdout
        assert text.count(f"autograder {command}") >= 3 - ("Usage" not in text), command
