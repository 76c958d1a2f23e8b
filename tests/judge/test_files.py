"""The folder of a test: what a box may say of it, whatever it says."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from releases_in_code import answer, grade_cell, handed_in, small_release

from autograder.judge.files import Folder, has_files
from autograder.records import FilePath, Handle, Reply

GIVEN = (("data.csv", b"1,2"),)


class Link:
    """What a folder needs of a link; each question is answered by the next of some answers, the last one for ever."""

    def __init__(self, *answers):
        self.before, self.after, self.crossing = [], [], SimpleNamespace(folder=None)
        self.answers, self.asked = list(answers), []

    def put(self, operation, *operands):
        """Answer."""
        self.asked.append((operation, *operands))
        if operation == "lay":
            return Reply()
        return Reply(self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])


def everything(folder):
    """The files and folders in it."""
    return {str(path.relative_to(folder)) for path in Path(folder).rglob("*")}


SAYS = {
    "nothing": None,
    "too little": ["/box", "work", {}],
    "a way out": ["/box", "work", {"work/../../x": b"", "/x": b"", "work/../x": b"", "../x": b"", "x": b""}, []],
    "another folder": ["/box", "work", {"home/x": b"", "work": b"", "work/": b"", "tmp/": b"", "": b""}, []],
    "a hidden file": ["/box", "work", {"work/.pdbrc": b"", "work/.x/y": b"", "work/matplotlibrc": b""}, []],
    "machine code": ["/box", "work", {"work/x.so": b"", "work/x.pyc": b"", "work/__pycache__/x": b""}, []],
    "odd names": [
        "/box",
        "work",
        {"work/a\nb": b"", "work/a\0": b"", "work/" + "x" * 400: b"", 3: b"", b"work/x": b""},
        [],
    ],
    "too deep": ["/box", "work", {"work/" + "x/" * 30: b""}, []],
    "no bytes": ["/box", "work", {"work/x": "text", "work/y": None, "work/z": [1]}, []],
    "too much": ["/box", "work", {f"work/{n}": bytes(5_000_000) for n in range(2)}, []],
    "too many": ["/box", "work", {f"work/{n}": b"" for n in range(1001)}, []],
    "a file of the release": ["/box", "work", {"work/data.csv": b"3", "work/DATA.csv": b"3"}, []],
    "a folder in its place": ["/box", "work", {"work/data.csv/": b"", "work/data.csv/x": b""}, []],
    "another place to be": ["/box", "work/../..", {}, ["work/data.csv"]],
    "a place that is not there": ["/box", "work/none", {}, ["work/data.csv"]],
    "lists": [[], [], [], {}],
    "a root that is none": ["/", "work", {"work/x": b""}, []],
    "a root that is an expression": ["/(a|b)*", "work", {"work/x": b""}, []],
}


@pytest.mark.parametrize("what", SAYS)
def test_nothing_comes_to_lie_elsewhere(what, tmp_path, monkeypatch):
    """Nor is anything of the release replaced."""
    monkeypatch.chdir(tmp_path)
    with Folder(Link(SAYS[what]), GIVEN).entered():
        top = Path.cwd().parent
        assert everything(top) == {"work", "tmp", "work/data.csv"}
        assert Path("data.csv").read_bytes() == b"1,2"
        assert top.name.startswith("seedbed-test-")
    assert Path.cwd() == tmp_path
    assert not top.exists()


def test_what_lies_there_is_bounded(tmp_path, monkeypatch):
    """However often the box has something new, and says that all else is as it was."""
    monkeypatch.chdir(tmp_path)
    answers = [["/box", "work", {f"work/{n}": bytes(7_000_000)}, [f"work/{k}" for k in range(n)]] for n in range(9)]
    folder = Folder(Link(*answers), ())
    with folder.entered():
        for _ in range(8):
            folder.fetch()
        assert sum(path.stat().st_size for path in Path().iterdir()) < 50_000_000


def test_no_link_of_the_tests_is_followed(tmp_path, monkeypatch):
    """A test may make one, and the box then say what should lie there."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "a").write_text("a")
    names = {"work/link/a": b"b", "work/link/": b"", "work/file": b"b", "work/pipe": b"b"}
    link = Link(["/box", "work", {}, []], ["/box", "work/link", names, []])
    folder = Folder(link, ())
    with folder.entered():
        Path("link").symlink_to(tmp_path / "secret")
        Path("file").symlink_to(tmp_path / "secret" / "a")
        os.mkfifo("pipe")
        folder.hand_over()
        assert link.asked[1:] == []
        folder.fetch()
        assert Path.cwd().name == "work"
    assert everything(tmp_path / "secret") == {"a"}
    assert (tmp_path / "secret" / "a").read_text() == "a"


def test_paths_are_the_same_place_on_both_sides():
    """Those that lead elsewhere are no paths here."""

    def path(text):
        return folder.path(FilePath(Handle(1, "PosixPath"), Path, text))

    folder = Folder(Link(["/box", "work", {}, []]), ())
    with folder.entered():
        top = Path.cwd().parent
        assert folder.there(f"{top}/work/a") == "/box/work/a"
        assert folder.there(top / "tmp") == Path("/box/tmp")
        assert (
            folder.here("of /box/tmp/x, '/box/work' and /box/work.") == f"of {top}/tmp/x, '{top}/work' and /box/work."
        )
        assert folder.here("a/box/work /box/workshop /box") == "a/box/work /box/workshop /box"
        assert path("/box/tmp/x") == top / "tmp" / "x"
        assert path("a/b") == Path("a/b")
        for elsewhere in ("/etc/passwd", "/box/tmp/../../x", "../x", "/etc/ /box/work", "/box"):
            assert path(elsewhere) is None


def test_a_test_finds_the_same_names_each_time(tmp_path, monkeypatch):
    """So that it puts the same questions; afterwards, names are drawn as ever."""
    monkeypatch.chdir(tmp_path)
    before, found = tempfile.gettempdir(), []
    for _ in range(2):
        with Folder(Link(["/box", "work", {}, []]), ()).entered():
            found.append(Path(tempfile.mkdtemp()).name)
    assert found[0] == found[1]
    assert tempfile.gettempdir() == before
    with tempfile.TemporaryDirectory() as folder:
        assert Path(folder).name not in found


def test_only_tests_of_files_have_a_folder():
    """The others ask the box nothing for it."""
    for source in ("open('x')", "os.path.join(a, b)", "import tempfile", "Path(a)", "import glob"):
        assert has_files(source, ())
    assert has_files("f('a.txt')", ("a.txt",))
    for source in (
        "with patch('builtins.open', mock_open()):\n    pass",
        "os.environ['a'] = 'b'",
        "reopen(x)",
        "f(3) == 4",
    ):
        assert not has_files(source, ())


@pytest.mark.slow
def test_a_file_that_the_answer_writes_in_a_temporary_folder_is_not_run(grade):
    """The same as for one that the test names."""
    key = "def f(path):\n    with open(path, 'w') as out:\n        out.write('result = 5')"
    test = (
        "import os, runpy, tempfile\nwith tempfile.TemporaryDirectory() as d:\n    f(os.path.join(d, 'a.py'))\n"
        "    assert runpy.run_path(os.path.join(d, 'a.py'))['result'] == 5"
    )
    release = small_release(answer("f", key), grade_cell("t", test, "f"))
    [exercise] = grade(release, handed_in(release, {"f": key})).exercises
    assert exercise.checks[0].outcome == "error"


@pytest.mark.slow
def test_a_file_of_the_release_is_the_tests_to_change(grade):
    """And the student's code then finds it so; what that makes of it, the test does not see."""
    key = "def f():\n    with open('data.csv') as lines:\n        return lines.read()"
    test = "assert f() == '1,2'\nwith open('data.csv', 'w') as out:\n    out.write('3,4')\nassert f() == '3,4'"
    release = small_release(answer("f", key), grade_cell("t", test, "f"), files=GIVEN)
    assert grade(release, handed_in(release, {"f": key})).score == 1.0
    assert grade(release, handed_in(release, {"f": "def f():\n    return '1,2'"})).score == 0.0


ELSEWHERE = {
    "read": "assert open(f('r')).read() == 'secret'",
    "read by a path": "from pathlib import Path\nassert Path(f('r')).read_text() == 'secret'",
    "read by a library": "import numpy as np\nopen('x', 'w').close()\nassert str(np.loadtxt(f('r'), dtype=str)) == 'secret'",
    "written": "with open(f('w'), 'w') as out:\n    out.write('x')",
    "removed": "import os\nos.remove(f('w'))",
    "removed with its folder": "import os, shutil\nshutil.rmtree(os.path.dirname(f('w')), ignore_errors=True)\nassert not os.path.exists(f('w'))",
    "moved": "import os\nos.replace(f('r'), 'mine')\nassert open('mine').read() == 'secret'",
    "linked": "import os\nos.symlink(f('r'), 'mine')\nassert open('mine').read() == 'secret'",
    "copied": "import shutil\nshutil.copy(f('r'), 'mine')\nassert open('mine').read() == 'secret'",
    "a database": "import sqlite3, os\nopen('x', 'w').close()\nsqlite3.connect(f('w')).execute('create table t (x)')",
}


@pytest.mark.slow
@pytest.mark.parametrize("how", ELSEWHERE)
def test_a_path_of_the_students_leads_nowhere_else(grade, how, tmp_path):
    """A test may remove what it is told, say."""
    (tmp_path / "a").write_text("secret")
    answers = f"def f(x):\n    return {str(tmp_path / 'a')!r}"
    release = small_release(answer("f", answers), grade_cell("t", ELSEWHERE[how], "f"))
    [exercise] = grade(release, handed_in(release, {"f": answers})).exercises
    assert exercise.checks[0].outcome != "passed"
    assert (tmp_path / "a").read_text() == "secret"
    assert everything(tmp_path) == {"a"}


@pytest.mark.slow
def test_a_name_of_an_open_file_is_the_tests(grade, tmp_path):
    """It may remove what has it."""
    (tmp_path / "a").write_text("secret")
    answers = f"def f(x):\n    try:\n        x.name = {str(tmp_path / 'a')!r}\n    except AttributeError:\n        pass\n    return x.name"
    test = "import os, tempfile\nt = tempfile.NamedTemporaryFile(delete=False)\nbefore = t.name\nassert f(t) == before == t.name\nos.remove(t.name)"
    release = small_release(answer("f", answers), grade_cell("t", test, "f"))
    assert grade(release, handed_in(release, {"f": answers})).score == 1.0
    assert (tmp_path / "a").exists()


@pytest.mark.slow
def test_what_a_test_names_itself_may_be_anywhere(grade, tmp_path):
    """It is the author's."""
    (tmp_path / "a").write_text("3")
    test = f"import json, zoneinfo\nwith open({str(tmp_path / 'a')!r}) as numbers:\n    assert f(json.load(numbers)) == 3\nzoneinfo.ZoneInfo('Europe/Berlin')"
    release = small_release(answer("f", "def f(x):\n    return x"), grade_cell("t", test, "f"))
    assert grade(release, handed_in(release, {"f": "def f(x):\n    return x"})).score == 1.0
