"""The audit's report: what counts as good, and how it is shown."""

import io
import json
from dataclasses import replace

import pytest
from rich.console import Console

from autograder.audit import AuditReport, render, report_to_json
from autograder.audit.report import Difference, Entry, Trial, Unsplittable
from autograder.records import CheckResult


def check(outcome="passed", code=""):
    """One check's result."""
    return CheckResult("weights", "Weights.", outcome, 0.0, 1.0, code, "")


def trial(kind, *outcomes, code="", label="", **more):
    """A trial with one public check for each outcome."""
    entry = Entry(kind, "he", f"{kind} one", "It says.", label, ("pass",))
    return Trial(entry, tuple(check(outcome, code if outcome != "passed" else "") for outcome in outcomes), (), **more)


KILLED = trial("wrong", "passed", "failed", code="he/xavier", label="xavier")
ACCEPTED = trial("right", "passed", "passed")
GOOD = AuditReport("initialization", (KILLED, ACCEPTED), boxed=2)


def shown(report):
    """What the terminal shows."""
    console = Console(width=160, record=True, file=io.StringIO())
    console.print(render(report))
    return console.export_text()


def test_good():
    """Wrong ones killed, right ones accepted, box and judge agree."""
    assert GOOD.good
    assert "1 of 1 killed" in shown(GOOD)
    assert "1 of 1 accepted" in shown(GOOD)
    assert "The tests can be trusted." in shown(GOOD)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"trials": (trial("wrong", "passed", "passed"),)}, "ALIVE"),
        ({"trials": (trial("mutant", "passed", "passed"),)}, "ALIVE"),
        ({"trials": (trial("right", "passed", "failed"),)}, "REFUSED"),
        ({"trials": (replace(KILLED, filed_right=True),)}, "MISFILED"),
        ({"differences": (Difference("he", "one", "weights", "passed", "failed"),)}, "DIFFERENT"),
        ({"unsplittable": (Unsplittable("he_hidden", 3, "looks inside"),)}, "UNSPLIT"),
    ],
)
def test_not_good(changes, words):
    """One bad thing is enough, and it is named."""
    report = replace(GOOD, **changes)
    assert not report.good
    assert words in shown(report)
    assert "NOT GOOD" in shown(report)


def test_an_equivalent_mutant_is_listed_with_its_reason():
    """It survives, and it is no reproach to the tests."""
    report = replace(GOOD, trials=(trial("mutant", "passed", equivalent="the loop ends there anyway"),))
    assert report.good
    assert "the loop ends there anyway" in shown(report)


def test_diagnoses_are_compared_with_their_labels():
    """A code of its own, an honest "do not know", and a wrong one are told apart."""
    assert KILLED.named == "yes"
    assert trial("wrong", "failed", code="he/unknown", label="xavier").named == "no"
    assert trial("wrong", "failed", code="he/own-size", label="xavier").named == "wrong"
    assert trial("wrong", "failed", code="he/own-size").named == ""


def test_json_holds_the_same():
    """Plain data, with counts and every trial."""
    data = json.loads(json.dumps(report_to_json(GOOD)))
    assert data["good"] is True
    assert data["counts"]["wrong"] == 1
    assert data["trials"][0]["code"] == "he/xavier"
    assert data["trials"][0]["refused_by"] == ["weights"]
