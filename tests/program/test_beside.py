"""Files that a student hands in beside the notebook: there when it is graded, and nowhere else."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from releases_in_code import answer, given, grade_cell, handed_in, small_release

from autograder import program
from autograder.batch import Settings
from autograder.commands.regrade import handed_in as submission_of
from autograder.deliver import result_from_json, result_to_json
from autograder.execute import NotObservedError, Zygote
from autograder.grader import Grader
from autograder.gradescope import grade_one
from autograder.observed import Folder
from autograder.recall import Recall
from autograder.records import Submission

pytestmark = pytest.mark.slow  # boxes of many kinds

BUNDLE = (("tools.py", b"def double(x):\n    return 2 * x\n"), ("data/given.csv", b"1,2\n3,4\n"))
RELEASE = small_release(
    given("imports", "import tools"),
    answer("f"),
    grade_cell("f_public", "assert f(2) == 4", "f"),
    grade_cell("f_hidden", "assert f(7) == tools.double(7)", "f", hidden=True),
    files=BUNDLE,
)


@pytest.fixture(scope="module")
def zygote():
    """A warm process."""
    with Zygote(RELEASE.files, RELEASE.limits) as started:
        yield started


@pytest.fixture
def hand_in(tmp_path):
    """Give a function that lays a submission into a student's folder."""

    def lay(files, f, *own, student="ada"):
        folder = tmp_path / "submitted" / student / "small"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "small.ipynb").write_bytes(handed_in(RELEASE, {"f": f}, own))
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content)
        return Submission(student, folder / "small.ipynb", folder)

    return lay


@pytest.fixture
def graded(zygote, hand_in):
    """Give a function that grades such a submission in a real box."""

    def grade(files, f, *own, release=RELEASE):
        with Grader(release, zygote=zygote) as grader:
            return grader.grade(hand_in(files, f, *own), "0")

    return grade


DOUBLE = "def double(x):\n    return x + x\n"
RELOAD = """
import importlib, mine, pathlib
pathlib.Path("mine.py").write_text("def double(x): return 2 * x")
f = importlib.reload(mine).double
"""
RIGHT = {
    "a module": ({"mine.py": DOUBLE}, "from mine import double as f"),
    "a module that uses the release's": ({"mine.py": "from tools import double"}, "import mine\nf = mine.double"),
    "a package": ({"own/__init__.py": "", "own/deep/part.py": DOUBLE}, "from own.deep.part import double as f"),
    "modules that import each other": ({"a.py": "from b import double", "b.py": DOUBLE}, "from a import double as f"),
    "a table": (
        {"table.csv": "2,4\n7,14\n"},
        "import numpy as np\ntable = dict(np.loadtxt('table.csv', delimiter=','))\ndef f(x):\n    return table[x]",
    ),
    "a table that is read late": (
        {"data/own.json": '{"2": 4, "7": 14}'},
        "import json\ndef f(x):\n    return json.load(open('data/own.json'))[str(x)]",
    ),
    "a module that is reloaded": (
        {"mine.py": "def double(x):\n    return 0\n"},
        RELOAD,
    ),
    "a script": ({"mine.py": DOUBLE}, "%run mine.py\nf = double"),
    "autoreload": ({"mine.py": DOUBLE}, "%load_ext autoreload\n%autoreload 2\nimport mine\nf = mine.double"),
    "beside a file of the release": (
        {"data/own.csv": "2"},
        "import os\ndef f(x):\n    return x * 2 if sorted(os.listdir('data')) == ['given.csv', 'own.csv'] else None",
    ),
}


@pytest.mark.parametrize("case", RIGHT)
def test_a_right_answer_that_needs_its_files_is_right(graded, case):
    """And wrong without them, so that it is the files that do it; either way nothing else is said."""
    files, f = RIGHT[case]
    result = graded(files, f).result
    assert (result.status, result.score, result.notices) == ("graded", 2.0, ())
    assert [name for name, _ in result.files] == sorted(files)


@pytest.mark.parametrize("case", RIGHT)
def test_without_its_files_it_is_wrong(graded, case):
    """It is the files that do it."""
    result = graded({}, RIGHT[case][1]).result
    assert (result.status, result.score, result.files) == ("graded", 0.0, ())


def test_a_wrong_answer_of_a_module_is_wrong(graded):
    """What is marked is what it returns."""
    assert graded({"mine.py": "def f(x):\n    return 3 * x"}, "from mine import f").result.score == 0


def test_a_notebook_alone_has_none(zygote, hand_in):
    """Even if some lie in the same folder."""
    submission = replace(hand_in({"mine.py": DOUBLE}, "from mine import double as f"), folder=None)
    with Grader(RELEASE, zygote=zygote) as grader:
        result = grader.grade(submission, "0").result
    assert (result.score, result.files) == (0, None)


def test_a_file_of_the_release_stays_what_it_is(graded):
    """In the box as well, whatever shape the other one has; it is said, and costs nothing."""
    lie = "def double(x):\n    return 'mine'\n"
    files = {"tools.py": lie, "Tools.py": lie, "tools/__init__.py": lie, "data/given.csv": "9"}
    check = "import tools\nassert tools.double(1) == 2 and open('data/given.csv').read().startswith('1,2')"
    result = graded(files, f"{check}\nf = tools.double").result
    assert (result.score, result.files) == (2.0, ())
    assert [notice.code for notice in result.notices] == ["left-out/given"]


def test_left_out_files_are_said_and_cost_nothing(graded, hand_in):
    """The sentence is for the student: which file, and what to do."""
    hand_in({}, "pass").folder.joinpath("link.csv").symlink_to("/etc/passwd")
    result = graded({}, "def f(x):\n    return 2 * x").result
    assert result.score == 2
    (notice,) = result.notices
    assert notice.code == "left-out/link"
    assert "link.csv" in notice.message
    assert "hand in the file itself" in notice.message


def test_gradescope_has_them_too(hand_in):
    """There the folder is the whole submission."""
    submission = hand_in({"mine.py": DOUBLE}, "from mine import double as f")
    assert grade_one(RELEASE, submission.folder, None).score == 2


def test_the_next_students_box_has_none_of_them(graded, hand_in, zygote):
    """Nor the box of the same student's next attempt."""
    graded({"mine.py": DOUBLE}, "from mine import double as f")
    look = "import os\nassert sorted(os.listdir('.')) == ['data', 'tools.py']\ndef f(x):\n    return 2 * x"
    with Grader(RELEASE, zygote=zygote) as grader:
        assert grader.grade(hand_in({}, look, student="bob"), "0").result.score == 2


def test_the_judge_imports_nothing_of_them(graded):
    """A test that imports what the judge does not have yet gets Python's own."""
    release = replace(
        RELEASE,
        cells=(*RELEASE.cells, grade_cell("lazy", "import this as zen\nassert zen.s.startswith('Gur Mra')", "f")),
    )
    result = graded({"this.py": "s = 'Gur Mra of mine'\nraise SystemExit"}, "f = None", release=release).result
    assert [check.outcome for check in result.exercises[0].checks] == ["failed", "failed", "passed"]


def test_the_answer_key_meets_none_of_them(graded):
    """A module that breaks what the key imports would hide that the key gives plain data, and a liar would pass."""
    key = "import netrc\ndef f(x):\n    return [1, 4, 9]"
    release = small_release(answer("f", key), grade_cell("t", "assert f(3) == [1, 4, 9]", "f"), files=BUNDLE)
    liar = "class Liar:\n    def __eq__(self, other):\n        return True\ndef f(x):\n    return Liar()"
    for files in ({}, {"netrc.py": "raise ImportError"}):
        assert graded(files, liar, release=release).result.score == 0


# --- again -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def batch(tmp_path):
    """Give a function that grades submissions as `autograder grade` does: who was graded, and the results."""
    out = tmp_path / "out"
    out.mkdir()

    def grade(*submissions):
        ran = []
        settings = Settings(observations=out / "observations")
        found = program.grade(
            RELEASE, submissions, out, settings, lambda g: ran.append(g.result.student), lambda _: None
        )
        return ran, list(found), json.loads((out / "results.json").read_text())["submissions"]

    return grade


def test_a_changed_file_is_graded_again_and_an_unchanged_one_is_not(batch, hand_in):
    """Added, changed, taken away; the results say which files were used."""
    f = "try:\n    from mine import double as f\nexcept ImportError:\n    f = None"
    wrong, right = {"mine.py": "def double(x):\n    return x\n"}, {"mine.py": DOUBLE}
    story = []
    for files in ({}, {}, wrong, wrong, right, right):
        ran, (result,), (told,) = batch(hand_in(files, f))
        story.append((ran, result.score))
        assert [one["name"] for one in told["files"]] == list(files)
        assert all(len(one["sha256"]) == 64 for one in told["files"])
    ada = hand_in({}, f)
    (ada.folder / "mine.py").unlink()
    assert batch(ada)[0] == ["ada"]
    assert story == [(["ada"], 0), ([], 0), (["ada"], 0), ([], 0), (["ada"], 2), ([], 2)]


def test_results_remember_whether_there_was_a_folder(batch, hand_in):
    """A regrade reads the same again: the folder where there was one, also an empty one, and nothing where there was none."""
    submissions = [hand_in({}, "pass", student=name) for name in ("ada", "bob", "eve")]
    (submissions[0].folder / "mine.py").write_text("x = 1")
    submissions[2] = replace(submissions[2], folder=None)
    _, results, told = batch(*submissions)
    assert [submission_of(result, ()) for result in results] == submissions
    assert [result_from_json(one) for one in told] == [result_from_json(result_to_json(one)) for one in results]
    old = {key: value for key, value in told[0].items() if key != "files"}
    assert result_from_json(old).files is None


@pytest.fixture
def observed(zygote, tmp_path):
    """Give a function that grades and keeps what the boxes said."""

    def grade(submission):
        with Grader(RELEASE, zygote=zygote, record=True) as grader:
            graded = grader.grade(submission, "0")
        Folder(tmp_path / "observed", RELEASE).keep(graded.observed)
        return graded

    return grade


def test_observations_are_of_these_very_files(observed, hand_in, tmp_path):
    """The same notebook beside another module has other ones; each is recalled, and a third one is not."""
    f = "from mine import double as f"
    scores = {DOUBLE: 2.0, "def double(x):\n    return x\n": 0.0}
    for text, score in scores.items():
        assert observed(hand_in({"mine.py": text}, f)).result.score == score
    with Recall(RELEASE, tmp_path / "observed") as recall:
        for text, score in scores.items():
            again = recall.grade(hand_in({"mine.py": text}, f), "0")
            assert (again.recalled, again.result.score) == (True, score)
        with pytest.raises(NotObservedError):
            recall.grade(hand_in({"mine.py": "def double(x):\n    return 4\n"}, f), "0")


def test_where_a_file_of_the_release_has_changed_nobody_with_modules_is_recalled(observed, hand_in, tmp_path):
    """Their modules may have read it; who has none is recalled as before."""
    changed = replace(RELEASE, files=(("tools.py", BUNDLE[0][1] + b"def triple(x):\n    return 3 * x\n"), BUNDLE[1]))
    f = "def f(x):\n    return 2 * x"
    alone, more = hand_in({}, f, student="bob"), hand_in({"mine.py": DOUBLE}, f)
    for submission in (alone, more):
        assert observed(submission).result.score == 2
    with Recall(changed, tmp_path / "observed") as recall:
        assert recall.grade(alone, "0").recalled
        with pytest.raises(NotObservedError):
            recall.grade(more, "0")
