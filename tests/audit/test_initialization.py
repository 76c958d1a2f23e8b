"""The tests of the first assignment can be trusted: nothing wrong gets by, nothing right is refused."""

import pytest

pytestmark = pytest.mark.slow  # tries hundreds of answers


def described(trials):
    """Each trial in a line, for the message of a failing test."""
    return [f"{t.entry.exercise}: {t.entry.name} ({t.entry.says}) {t.code}" for t in trials]


def test_the_bank_is_large(report):
    """At least 120 wrong answers and 50 right rewrites, over all three exercises, with 30 different labels."""
    assert report.count("wrong") >= 120
    assert report.count("right") >= 50
    assert report.count("mutant") >= 100
    for kind in ("wrong", "right", "mutant"):
        assert len({trial.entry.exercise for trial in report.trials if trial.entry.kind == kind}) == 3
    assert len({trial.entry.code for trial in report.trials if trial.named}) >= 30


def test_every_wrong_answer_is_killed(report):
    """By at least one check, public or hidden; mutants that do the same as the key do not count."""
    assert described(report.alive) == []


def test_every_right_answer_is_accepted(report):
    """However unusually it is written, it earns every point."""
    assert described(report.refused) == []


def test_the_oracle_agrees_with_every_heading(report):
    """What is filed as wrong is wrong, as somebody else's code sees it, and what is filed as right is right."""
    assert described(report.misfiled) == []


def test_misconceptions_get_their_own_code(report):
    """At least 95 % of the labelled ones, and none gets a wrong one."""
    labelled = [trial for trial in report.trials if trial.named]
    assert len(report.misnamed) <= 0.05 * len(labelled), described(report.misnamed)
    assert described(trial for trial in labelled if trial.named == "wrong") == []


def test_box_and_judge_say_the_same(report):
    """A spread of the bank, graded as submissions are, has the outcomes of the plain run."""
    assert report.boxed >= 16
    assert report.differences == ()


def test_no_test_cell_needs_what_cannot_be_split(report):
    """Every test cell runs in the judge."""
    assert report.unsplittable == ()
    assert report.good


def test_no_message_is_long(report):
    """Whatever went wrong, at most eight lines and a code of the exercise, without a traceback of ours."""
    for trial in report.trials:
        for check in trial.refused_by:
            assert len(check.message.splitlines()) <= 8, check.message
            assert "Traceback" not in check.message
            assert check.code.split("/")[0] == trial.entry.exercise.rsplit("_", 1)[-1]
