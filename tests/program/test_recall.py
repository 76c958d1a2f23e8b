"""What the boxes said is judged again: the same result as by running, with nothing run, or not at all."""

from __future__ import annotations

import contextlib
import gc
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from releases_in_code import answer, grade_cell, handed_in, small_release

from autograder import collect
from autograder.batch import Settings, grade_all
from autograder.execute import NotObservedError, Observations, Unreadable, Zygote, best_level, pack, unpack
from autograder.execute.observations import Heard
from autograder.grader import Grader
from autograder.observed import Folder
from autograder.recall import Recall, recalled
from autograder.records import Limits, Submission
from autograder.release.read import read_release
from tests.program.behaviour import BEHAVIOUR, TIGHT, same

pytestmark = pytest.mark.slow  # every submission is run and recalled

ADA = Submission("ada", Path("ada.ipynb"))


@pytest.fixture
def run(zygotes, tmp_path):
    """Grade the bytes of a submission in a real box, and keep what the boxes said."""

    def of(release, data, demonstrate=False, keep=True, submission=ADA):
        key = (release.files, release.limits, None)
        if key not in zygotes:
            zygotes[key] = Zygote(*key).__enter__()
        with Grader(release, replay=demonstrate, zygote=zygotes[key], record=keep) as grader:
            graded = grader.grade_bytes(submission, data, "7")
        if graded.observed:
            Folder(tmp_path, release).keep(graded.observed)
        return graded

    return of


@pytest.fixture
def recall(tmp_path):
    """Grade the bytes of a submission by what was kept."""

    def of(release, data):
        with Recall(release, tmp_path) as grader:
            return grader.grade_bytes(ADA, data, "7")

    return of


@pytest.mark.parametrize("case", BEHAVIOUR)
def test_the_result_is_that_of_the_run(run, tmp_path, case):
    """Whatever the student's code does: the same checks, messages, notices, runs and isolation, from observations."""
    source, test = BEHAVIOUR[case]
    release = small_release(
        answer("f"), grade_cell("public", test, "f"), grade_cell("hidden", test, "f", hidden=True), limits=TIGHT
    )
    data = handed_in(release, {"f": source}, ("print('the end')",))
    live = run(release, data)
    with Recall(release, tmp_path) as recall:
        again, known = recall.grade_bytes(ADA, data, "7"), recall.grade_bytes(ADA, data, "7")
    assert again.recalled
    assert not live.recalled
    assert same(again, live)
    assert same(known, live)
    assert again.result.seconds == live.result.seconds


def test_a_softer_test_with_the_same_calls_needs_no_run(run, recall):
    """The answer that the old test refused is judged by the new one, in both directions, as running would judge it."""
    strict = small_release(answer("f"), grade_cell("t", "assert f(2) == 4\nassert f(3) == 6", "f", hidden=True))
    soft = small_release(
        answer("f"), grade_cell("t", "assert abs(f(2)) == 4\nassert abs(f(3)) == 6", "f", 3.0, hidden=True)
    )
    data = handed_in(strict, {"f": "def f(x):\n    return 2 * x if x == 2 else -2 * x"})
    assert run(strict, data).result.score == 0
    softened = recall(soft, data)
    assert (softened.result.score, softened.result.max_score) == (3, 3)
    assert same(softened, run(soft, data, keep=False))


@pytest.mark.parametrize("number", [1, 2])
def test_one_of_several_refused_tests_can_be_softened(run, recall, number):
    """What one was asked, in the copies of a box, is known also where another one is no longer in doubt."""
    cells = [grade_cell(f"t{n}", f"assert f({n}) == 9", "f", hidden=n > 1) for n in (1, 2, 3)]
    data = handed_in(small_release(answer("f"), *cells), {"f": "def f(x):\n    return 2 * x"}, ("print(f(4))",))
    assert run(small_release(answer("f"), *cells), data).result.score == 0
    cells[number - 1] = replace(cells[number - 1], source=f"assert f({number}) < 9")
    soft = small_release(answer("f"), *cells)
    softened = recall(soft, data)
    assert softened.result.score == 1
    assert same(softened, run(soft, data, keep=False))


def test_a_test_that_asks_something_new_is_not_answered(run, recall):
    """Another argument, one call more, or a check that now fails and would have to be confirmed: it has to be run."""
    before = small_release(answer("f"), grade_cell("t", "assert f(2) == 4", "f"))
    data = handed_in(before, {"f": "def f(x):\n    return 2 * x"})
    run(before, data)
    for test in (
        "assert f(3) == 6",
        "assert f(2) == 4\nassert f(2) == 4",
        "assert f(2) == 5",
        "try:\n    f(3)\nexcept BaseException:\n    pass",
    ):
        with pytest.raises(NotObservedError):
            recall(small_release(answer("f"), grade_cell("t", test, "f")), data)
    assert recall(before, data).result.score == 1


def test_other_limits_and_other_files_are_another_box(run, recall):
    """What a box may use, and what lies beside the notebook, can change what it says."""
    cells = answer("f"), grade_cell("t", "assert f() == 1", "f")
    release = small_release(*cells, files=(("lesson.py", b"ONE = 1\n"),))
    data = handed_in(release, {"f": "import lesson\ndef f():\n    return lesson.ONE"})
    run(release, data)
    assert recall(release, data).result.score == 1
    for other in (
        small_release(*cells, files=release.files, limits=Limits(call_seconds=9)),
        small_release(*cells, files=(("lesson.py", b"ONE = 2\n"),)),
    ):
        with pytest.raises(NotObservedError):
            recall(other, data)


def test_demonstrations_that_were_run_are_recalled(run, recall):
    """A run with everything in it is judged again with everything in it."""
    test = grade_cell("t", "assert f() == 1", "f")
    release = small_release(
        answer("f"), replace(answer("d", "n = 1"), kind="demonstration", student_source="n = 1"), test
    )
    data = handed_in(release, {"f": "def f():\n    return n"})
    live = run(release, data, demonstrate=True)
    assert live.result.score == 1
    assert same(recall(release, data), live)


@pytest.mark.parametrize(
    ("source", "test"),
    [
        ("def f(x):\n    return bytes(5_000_000)", "assert len(f(2)) == 5_000_000"),
        ("def f(g):\n    for n in range(11_000):\n        g(n)", "f(lambda n: n)"),
    ],
    ids=["bytes", "messages"],
)
def test_too_much_to_be_kept_is_not_kept(run, recall, source, test):
    """What a student says is bounded; the marks are the same."""
    release = small_release(answer("f"), grade_cell("t", test, "f"))
    data = handed_in(release, {"f": source})
    live = run(release, data)
    assert live.result.score == 1
    assert live.observed is None
    with pytest.raises(NotObservedError):
        recall(release, data)


# --- files that are not what was written -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kept(zygotes):
    """A release, a submission, and what its boxes said."""
    release = small_release(answer("f"), grade_cell("t", "assert f(2).sum() == 3", "f"))
    data = handed_in(release, {"f": "import numpy as np\ndef f(x):\n    return np.ones(999) * x"})
    key = (release.files, release.limits, None)
    if key not in zygotes:
        zygotes[key] = Zygote(*key).__enter__()
    with Grader(release, zygote=zygotes[key], record=True) as grader:
        return release, data, grader.grade_bytes(ADA, data, "7").observed


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chance=st.randoms(use_true_random=False), kind=st.sampled_from(["flip", "cut", "longer", "swap"]))
def test_a_damaged_file_is_never_read(kept, chance, kind):
    """Whatever bytes are changed, cut off or added: unreadable, and no other error."""
    _, _, observed = kept
    data = bytearray(observed.data)
    place = chance.randrange(len(data))
    if kind == "flip":
        data[place] ^= chance.randrange(1, 256)
    elif kind == "cut":
        del data[place:]
    elif kind == "longer":
        data[place:place] = bytes([chance.randrange(256)])
    else:
        data[place:] = chance.randbytes(len(data) - place) + b"."
    with pytest.raises(Unreadable):
        unpack(observed.submission, bytes(data), observed.parts.__getitem__)


def damage_nothing(folder, name, part):
    """Leave all as it is."""


def remove(folder, name, part):
    """No file."""
    name.unlink()


def cut(folder, name, part):
    """Half a file."""
    name.write_bytes(name.read_bytes()[:200])


def swap(folder, name, part):
    """Another submission's file, itself in order."""
    other = next(path for path in folder.glob("*.obs") if path != name)
    name.write_bytes(other.read_bytes())


def lose_a_part(folder, name, part):
    """A large array is gone."""
    part.unlink()


def change_a_part(folder, name, part):
    """A large array is another one, of the same length."""
    part.write_bytes(bytes(part.stat().st_size))


def a_folder_in_its_place(folder, name, part):
    """Something that is no file."""
    name.unlink()
    name.mkdir()


@pytest.mark.parametrize(
    "damage", [damage_nothing, remove, cut, swap, lose_a_part, change_a_part, a_folder_in_its_place]
)
def test_damaged_observations_are_not_believed(kept, tmp_path, damage):
    """The submission has to be run; nothing else is raised, and nobody else's answers count."""
    release, data, observed = kept
    folder = Folder(tmp_path, release)
    folder.keep(observed)
    folder.keep(pack("0" * 64, Observations(), {}))
    damage(tmp_path, tmp_path / f"{observed.submission}.obs", tmp_path / "parts" / next(iter(observed.parts)))
    with Recall(release, tmp_path) as recall:
        if damage is damage_nothing:
            assert recall.grade_bytes(ADA, data, "7").recalled
        else:
            with pytest.raises(NotObservedError):
                recall.grade_bytes(ADA, data, "7")


def test_what_is_recalled_is_read_as_strictly_as_what_arrives(kept, tmp_path):
    """A message that is no answer, in a file that is otherwise in order, is the student's failure and no error."""
    release, data, observed = kept
    facts, observations = unpack(observed.submission, observed.data, observed.parts.__getitem__)
    for sayings in observations.after.values():
        sayings.different = [
            replace(
                one,
                header=one.header.replace('["a","<f8",[999]', '["a","<f8",[998]').replace(
                    '["a","float64",[999]', '["a","float64",[998]'
                ),
            )
            if isinstance(one, Heard)
            else one
            for one in sayings.different
        ]
    Folder(tmp_path, release).keep(pack(observed.submission, observations, facts))
    with Recall(release, tmp_path) as recall:
        try:
            found = recall.grade_bytes(ADA, data, "7").result
        except NotObservedError:  # the box that stopped here never stopped there
            return
    assert [check.code for exercise in found.exercises for check in exercise.checks] == ["protocol"]


# --- many ------------------------------------------------------------------------------------------------------------

ANSWERS = {"ada": "def f(x):\n    return 2 * x", "bob": "def f(x):\n    return x", "eve": "def f(x):\n    return x * 2"}


@pytest.fixture
def small_class(tmp_path, run):
    """A small class that was graded, its submissions, and what each was found to be."""
    release = small_release(answer("f"), grade_cell("t", "assert f(2) == 4", "f"))
    submissions = [Submission(student, tmp_path / f"{student}.ipynb") for student in ANSWERS]
    for submission in submissions:
        submission.path.write_bytes(handed_in(release, {"f": ANSWERS[submission.student]}))
    return release, submissions, [run(release, one.path.read_bytes(), submission=one) for one in submissions]


def test_a_batch_runs_only_what_it_must(small_class, run, tmp_path):
    """Of a class with a lost file and a new question, each has the result of a run."""
    _, submissions, graded = small_class
    (tmp_path / f"{graded[2].observed.submission}.obs").unlink()
    after = small_release(answer("f"), grade_cell("t", "assert f(2) == 4 or f(3) == 3", "f"))
    settings = Settings(seed="7", observations=tmp_path, recall=True)
    again = {graded.result.student: graded for graded in grade_all(after, submissions, settings)}
    assert {student: graded.recalled for student, graded in again.items()} == {"ada": True, "bob": False, "eve": False}
    for one in submissions:
        assert same(again[one.student], run(after, one.path.read_bytes(), keep=False, submission=one))
        assert again[one.student].result.score == 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_where_all_is_known_no_box_is_made(small_class, tmp_path, jobs):
    """Not even a sandbox is needed: it works at a level that there is not."""
    release, submissions, live = small_class
    submissions.append(Submission("zoe", tmp_path / "nothing.ipynb"))
    best_level.cache_clear()  # another test may have asked
    settings = Settings(jobs, seed="7", level="nowhere", observations=tmp_path, recall=True)
    *again, missing = sorted(grade_all(release, submissions, settings), key=lambda graded: graded.result.student)
    assert missing.result.status == "missing"
    assert all(map(same, again, live))


@pytest.mark.parametrize(("alone", "times"), [(True, 2), (False, 3)])
def test_a_test_is_run_once_for_all_that_answer_the_same(run, tmp_path, alone, times):
    """Two students answer in one way and one in another: two runs, unless the cell needs what another one binds."""
    tally = tmp_path / "tally"
    test = f"from pathlib import Path\nwith Path({str(tally)!r}).open('a') as tally:\n    tally.write('|')\nassert f(2) > {{}}"
    limit, before = ("1", ()) if alone else ("least", (grade_cell("s", "least = 1", "f", 0),))
    release = small_release(answer("f"), *before, grade_cell("t", test.format(limit), "f"))
    sources = ["def f(x):\n    return 2 * x", "def f(n):\n    return n + n", "def f(x):\n    return x"]
    class_ = [handed_in(release, {"f": source}) for source in sources]
    live = [run(release, data) for data in class_]
    tally.unlink()
    with Recall(release, tmp_path) as recall:
        again = [recall.grade_bytes(ADA, data, "7") for data in class_]
    assert all(map(same, again, live))
    assert len(tally.read_text()) == times


@pytest.fixture(scope="module")
def initialization(kit, sample_class, zygotes, tmp_path_factory):
    """The sample class of the real assignment, graded by a release, and where what the boxes said is kept."""
    folder, out = kit / "notebooks" / "initialization", tmp_path_factory.mktemp("observations")
    release = read_release(folder)
    zygotes[release.files, release.limits, None] = zygote = Zygote(release.files, release.limits).__enter__()
    submissions = collect.find(sample_class, "initialization")
    with Grader(release, zygote=zygote, record=True) as grader, collecting(0):
        live = [grader.grade(one, "7") for one in submissions]
    for graded in live:
        Folder(out, release).keep(graded.observed)
    return submissions, out, live


@contextlib.contextmanager
def collecting(threshold):
    """Let Python collect garbage after so many new objects; 0 is never."""
    before = gc.get_threshold()
    gc.set_threshold(threshold)
    yield
    gc.set_threshold(*before)


def changed(kit, tmp_path, *changes):
    """The release of the assignment with some texts changed: each a file, what stands there, and what shall."""
    for name in ("notebooks", "utils", "public_tests"):
        shutil.copytree(kit / name, tmp_path / name)
    shutil.copy(kit / "nbgrader_config.py", tmp_path)
    for name, old, new in changes:
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old)
        (tmp_path / name).write_text(text.replace(old, new), encoding="utf-8")
    return read_release(tmp_path / "notebooks" / "initialization")


PUBLIC, HIDDEN = "public_tests/initialization.py", "notebooks/initialization/hidden_checks.py"


def test_the_sample_class_moves_as_if_it_had_been_run_again(initialization, kit, tmp_path):
    """A tolerance, points and a message change; who moves, moves in the same way, and hardly anybody is run."""
    submissions, out, live = initialization
    release = changed(
        kit,
        tmp_path,
        (PUBLIC, "RTOL, ATOL = 1e-6, 1e-8", "RTOL, ATOL = 1e-6, 1e3"),
        (HIDDEN, "for_every_list(biases, 1.0)", "for_every_list(biases, 0.5)"),
        (HIDDEN, "for_every_list(weights, 3.5)", "for_every_list(weights, 4.0)"),
        (HIDDEN, "for networks with three layers or fewer", "for shallow networks"),
    )
    with Grader(release) as grader:
        expected = [grader.grade(one, "7") for one in submissions]
    with Recall(release, out) as recall:
        again = {one.student: recalled(recall, one, "7") for one in submissions}
    assert [student for student, graded in again.items() if graded is None] == ["grace"]  # mentions sys
    assert all(same(again[one.result.student], one) for one in expected if one.result.student != "grace")
    pairs = zip(live, expected, strict=True)
    moved = {one.result.student for one, two in pairs if one.result.score != two.result.score}
    assert moved == {"Zoë van den Berg", "kwame", "mei", "noor", "oskar", "ulla"}


def test_hidden_checks_can_change_unseen_and_new_lists_cannot(initialization, kit, tmp_path):
    """No box holds the hidden checks, so that only their questions matter, which do not depend on the collector."""
    submissions, out, live = initialization
    reworded = changed(kit, tmp_path / "1", (HIDDEN, "for networks with three layers or fewer", "for shallow networks"))
    with Recall(reworded, out) as recall, collecting(1):
        again = [recall.grade(one, "7") for one in submissions]
    assert [graded.result.score for graded in again] == [graded.result.score for graded in live]
    longer = changed(kit, tmp_path / "2", (HIDDEN, "    [1, 7, 1],\n", "    [1, 7, 1],\n    [2, 2],\n"))
    with Recall(longer, out) as recall:
        assert not any(recalled(recall, one, "7") for one in submissions)
