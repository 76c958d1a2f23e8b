"""The folder of a test: what a box may say of it, whatever it says."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from releases_in_code import answer, grade_cell, handed_in, small_release

from autograder.judge import guard
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
    "what a library reads": ["/box", "work", {"work/.pdbrc": b"", "work/matplotlibrc": b""}, []],
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
    for source in (
        *("open('x')", "os.path.join(a, b)", "import tempfile", "Path(a)", "import glob"),
        *("np.load(f())", "np.savetxt(f(), a)", "from os import remove", "import os as o", "sqlite3.connect(f())"),
    ):
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
    test = "import os, tempfile\nt = tempfile.NamedTemporaryFile(delete=False)\nbefore = t.name\nassert f(t) == before == t.name\nt.close()\nos.remove(t.name)"
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


ANSWER = "def f(*given):\n    return {!r}"
NO_FOLDER = {
    "written by a library": ("import numpy\nnumpy.save(f(), numpy.zeros(3))", ANSWER),
    "written by logging": ("import logging\nlogging.basicConfig(filename=f(), force=True)", ANSWER),
    "a folder": ("import os\nos.makedirs(f(), exist_ok=True)", ANSWER),
    "a name that was imported": ("from os import mkdir\nmkdir(f())", ANSWER),
    "a name of another name": ("import os as o\no.mkdir(f())", ANSWER),
    "a place to be": (
        "import os\nbefore = os.getcwd()\nos.chdir(os.path.dirname(f()))\nos.mkdir('b')\nos.chdir(before)",
        ANSWER,
    ),
    "a database by its address": (
        "import sqlite3\nsqlite3.connect(f(), uri=True).execute('create table t (x)')",
        ANSWER.replace("{!r}", "'file:' + {!r} + '?mode=rwc'"),
    ),
    "a copy of a database": (
        "import sqlite3\nc = sqlite3.connect(':memory:')\nc.execute('create table t (x)')\nc.execute(f())",
        ANSWER.replace("{!r}", '"vacuum into {!r}"'),
    ),
    "another database": (
        "import sqlite3\nc = sqlite3.connect(':memory:')\nc.executescript(f())",
        ANSWER.replace("{!r}", '"attach {!r} as b; create table b.t (x)"'),
    ),
    "what the test has given": (
        "import functools, os\nf(functools.partial(os.mkdir))",
        "def f(make=None):\n    return make({!r}) if make else 0",
    ),
    "what was given before": (
        "import os\nos.path\nfrom g import c\nc.execute(f())",
        ANSWER.replace("{!r}", '"vacuum into {!r}"'),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("how", NO_FOLDER)
def test_a_path_of_the_students_is_made_nowhere_else(grade, how, tmp_path):
    """Whatever the test says of files, and however it reaches for them."""
    test, code = NO_FOLDER[how]
    code = code.format(str(tmp_path / "b"))
    files = (("g.py", b"import sqlite3\nc = sqlite3.connect(':memory:')\nc.execute('create table t (x)')"),)
    release = small_release(answer("f", code), grade_cell("t", test, "f"), files=files)
    [exercise] = grade(release, handed_in(release, {"f": code})).exercises
    assert exercise.checks[0].outcome != "passed"
    assert everything(tmp_path) == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    "code", ["return {}", "class Odd:\n        def __index__(self):\n            return {}\n    return Odd()"]
)
def test_a_number_of_the_students_is_no_open_file_of_ours(grade, code):
    """A worker writes down one by one what it has found; a number is a file to Python, and closed with the test's."""
    test = "with open(f(), closefd=True):\n    pass"
    ours = os.open("/dev/null", os.O_RDONLY)
    code = "def f():\n    " + code.format(ours)
    release = small_release(answer("f", code), grade_cell("t", test, "f"))
    [exercise] = grade(release, handed_in(release, {"f": code})).exercises
    assert exercise.checks[0].outcome != "passed"
    os.close(ours)


@pytest.mark.slow
def test_a_folder_around_everything_is_not_removed(grade, tmp_path, monkeypatch):
    """Though the test names it: `path.split("/")`."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    names = {f"a{n}" for n in range(40)}
    for name in names:
        (tmp_path / name).write_text("a")
    code = ANSWER.format(str(tmp_path))
    test = f"import shutil\nassert {str(tmp_path)!r}\nshutil.rmtree(f())"
    release = small_release(answer("f", code), grade_cell("t", test, "f"))
    [exercise] = grade(release, handed_in(release, {"f": code})).exercises
    assert exercise.checks[0].outcome != "passed"
    assert everything(tmp_path) >= names


RUN = {
    "a module in an archive": (
        "import os, zipimport\nos.path\nassert zipimport.zipimporter(f()).load_module('m').x == 1",
        "import zipfile\ndef f():\n    with zipfile.ZipFile('z.zip', 'w') as made:\n        made.writestr('m.py', 'x = 1')\n    return 'z.zip'",
    ),
    "a file of the release with a text of the student's": (
        "import runpy\nwith open('m.py', 'w') as out:\n    out.write(f())\nassert runpy.run_path('m.py')['x'] == 1",
        "def f():\n    return 'x = 1'",
    ),
    "settings that are evaluated": (
        "import logging.config, os\nos.path\ntry:\n    logging.config.fileConfig(f())\nexcept KeyError:\n    pass",
        (
            "def f():\n    with open('l.ini', 'w') as out:\n        out.write('[loggers]\\nkeys=root\\n[handlers]\\nkeys=h\\n[formatters]\\nkeys=\\n"
            "[logger_root]\\nhandlers=h\\n[handler_h]\\nclass=StreamHandler\\nargs=[1 + 1]\\n')\n    return 'l.ini'"
        ),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", RUN)
def test_what_could_be_the_students_is_not_run(grade, what):
    """A person has to look at it."""
    test, code = RUN[what]
    release = small_release(answer("f", code), grade_cell("t", test, "f"), files=(("m.py", b""),))
    [exercise] = grade(release, handed_in(release, {"f": code})).exercises
    assert exercise.checks[0].outcome == "error"


RIGHT = {
    "paths in a file": (
        "import json\ndef f(p):\n    with open(p) as h:\n        c = json.load(h)\n    with open(c['out'], 'w') as h:\n        h.write(c['out'])",
        (
            "import json, os, tempfile\nd = tempfile.mkdtemp()\nc = {'out': os.path.join(d, 'o')}\nwith open('c.json', 'w') as h:\n    json.dump(c, h)\n"
            "f('c.json')\nassert open(c['out']).read() == c['out']"
        ),
    ),
    "paths as bytes": (
        "import os\ndef f(p):\n    return os.path.exists(p), os.getcwdb()",
        "import os\nopen('a', 'w').close()\nassert f(os.fsencode(os.path.abspath('a'))) == (True, os.getcwdb())",
    ),
    "a folder that is gone, and what lay beside it": (
        "def f():\n    return 1",
        (
            "import os, tempfile\nwith tempfile.TemporaryDirectory() as d:\n    os.mkdir(d + '/a')\n    for n in range(9):\n        open(f'{d}/{n}', 'w').close()\n"
            "    os.chdir(d + '/a')\nassert f() == 1 and not os.path.exists(d)"
        ),
    ),
    "times": (
        "import os\ndef f(d):\n    return max(os.scandir(d), key=lambda one: one.stat().st_mtime).name",
        (
            "import os, tempfile\nd = tempfile.mkdtemp()\nfor n, t in (('a', 300), ('b', 200), ('c', 100)):\n    open(f'{d}/{n}', 'w').close()\n    os.utime(f'{d}/{n}', (t, t))\n"
            "assert f(d) == 'a'\nos.utime(f'{d}/b', (400, 400))\nassert f(d) == 'b'"
        ),
    ),
    "many files": (
        "import os\ndef f(d):\n    return len(os.listdir(d))",
        "import os\nos.mkdir('d')\nfor i in range(1100):\n    open(f'd/{i}', 'w').close()\nassert f('d') == len(os.listdir('d')) == 1100",
    ),
    "hidden files": (
        "def f(d):\n    with open(d + '/.env', 'w') as h:\n        h.write('A=1')",
        "import os, tempfile\nd = tempfile.mkdtemp()\nf(d)\nassert os.listdir(d) == ['.env']",
    ),
    "a call back": (
        "def f(p, seen, make):\n    with open(p, 'w') as h:\n        h.write('1')\n    seen(p)\n    make()\n    with open('m') as h:\n        return h.read()",
        (
            "def seen(p):\n    assert open(p).read() == '1'\n    os.remove(p)\n\ndef make():\n    with open('m', 'w') as h:\n        h.write('5')\n\n"
            "import os\nassert f('a', seen, make) == '5'\nos.remove('m')"
        ),
    ),
    "the time of a file of the release": (
        "def f():\n    pass",
        "import os\nf()\nassert os.path.getmtime('data.csv') > 1e9",
    ),
    "kinds of files": (
        "def f():\n    open('a.csv', 'w').close()\n    return 'a.csv'",
        "import mimetypes, os\nwith open(os.devnull, 'w'):\n    assert mimetypes.guess_type(f())[0] == 'text/csv'",
    ),
    "what is in a database": (
        "def f():\n    return 'select count(*) from t'",
        "import sqlite3\nc = sqlite3.connect(':memory:')\nc.execute('create table t (x)')\nassert c.execute(f()).fetchone() == (0,)\nc.execute('vacuum')",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", RIGHT)
def test_what_is_right_in_one_process_is_right(grade, what):
    """Each was wrong once, or might well be."""
    code, test = RIGHT[what]
    release = small_release(answer("f", code), grade_cell("t", test, "f"), files=GIVEN)
    [exercise] = grade(release, handed_in(release, {"f": code})).exercises
    assert exercise.checks[0].outcome == "passed", exercise.checks[0].message


def test_nothing_is_limited_where_no_test_is(tmp_path):
    """nbgrader's own process may judge: what it and its libraries do with databases is no business of ours."""
    guard.prepare()
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("vacuum into ?", (str(tmp_path / "copy"),))
    assert (tmp_path / "copy").is_file()
