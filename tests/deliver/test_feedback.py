"""What a student reads: the marks, why, and what to do next; never a hidden test."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from autograder.deliver.feedback import feedback_page, feedback_text
from autograder.deliver.feedback_view import findings
from autograder.records import Graded, ManualQuestion, Notice
from tests.deliver.class_in_code import (
    RELEASE,
    SECRET,
    WRONG,
    exercise,
    graded,
    notebook,
    plot_output,
    png,
    unmarked,
)

SITUATIONS = {
    "wrong": graded(WRONG, notices=(Notice("edited", "The cell 'imports' had been edited; it was run as given."),)),
    "right": graded(notebook("def double(n):\n    return 2 * n", "Because."), ("passed",) * 3),
    "held": graded(WRONG, ("passed", "error", "failed"), status="held"),
    "unreadable": unmarked("unreadable", "The file is not a notebook: its JSON is damaged (line 3)."),
    "missing": unmarked("missing", "There is no notebook in this folder."),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_page_and_text_are_the_golden_ones(name, golden):
    """Every situation reads as it was reviewed, as a page and as a text."""
    golden(f"feedback_{name}.html", feedback_page(RELEASE, SITUATIONS[name]))
    golden(f"feedback_{name}.txt", feedback_text(RELEASE, SITUATIONS[name]))


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_same_result_gives_the_same_bytes(name):
    """Feedback can be compared, and made again without noise."""
    assert feedback_page(RELEASE, SITUATIONS[name]) == feedback_page(RELEASE, SITUATIONS[name])


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_hidden_test_is_nowhere(name):
    """Neither page nor text holds a word of a hidden test."""
    assert SECRET in "".join(cell.source for cell in RELEASE.cells)
    for text in (feedback_page(RELEASE, SITUATIONS[name]), feedback_text(RELEASE, SITUATIONS[name])):
        assert "nobody may see" not in text


def test_a_hidden_test_is_not_shown_as_code_even_where_an_exercise_bears_its_name():
    """In a course that names an exercise after its test cell, "your code" is still only the student's."""
    work = graded(WRONG)
    (one,) = work.result.exercises
    result = replace(work.result, exercises=(replace(one, name="double_hidden"),))
    assert "nobody may see" not in feedback_page(RELEASE, replace(work, result=result))


def test_two_checks_with_one_cause_say_it_once():
    """A student reads each message once, also where the hidden cell words it more shortly."""
    assert len(findings(exercise(("passed", "failed", "failed")))) == 1
    assert len(findings(exercise(("failed", "failed", "failed")))) == 2


def test_every_sign_has_its_word_beside_it():
    """Nobody depends on a colour or on a glyph."""
    page = feedback_page(RELEASE, graded(WRONG, ("passed", "failed", "error"), status="held"))
    signs = re.findall(r'<span class="sign" aria-hidden="true">(.)</span>([^<]+)', page)
    assert signs == [("✓", "passed"), ("✗", "not passed"), ("?", "could not be decided")]


@pytest.mark.parametrize("status", ["unreadable", "held", "missing"])
def test_what_has_no_mark_is_not_called_zero(status):
    """No mark is shown as no mark, with what to do next."""
    page = feedback_page(RELEASE, SITUATIONS[status])
    assert "<strong>–</strong> of 4 points" in page
    assert "not a zero" in page
    assert "What to do next" in page


def test_a_question_is_not_marked_yet_until_somebody_gives_points():
    """A zero that a person gave is told from no mark."""
    for score, said in ((None, "not marked yet, up to 3 points"), (0.0, "<strong>0</strong> of 3 points")):
        page = feedback_page(RELEASE, graded(WRONG, manual=(ManualQuestion("why_it_works", 3.0, score),)))
        assert said in page


@pytest.mark.parametrize(
    ("code", "standing", "said"),
    [
        ("not-answered", "not answered", "You left the place for your answer as it was given"),
        ("missing-notebook", "not handed in", "was not handed in with the others"),
    ],
)
def test_a_question_that_nobody_had_to_read_says_why_it_earned_nothing(code, standing, said):
    """On the page and in the text, and nowhere is it called the instructor's mark."""
    result = graded(WRONG, manual=(ManualQuestion("why_it_works", 3.0, 0.0, code),))
    page, text = feedback_page(RELEASE, result), feedback_text(RELEASE, result)
    assert f"<em>why it works</em> earned 0 of 3 points: {standing}." in page
    for one in (page, text):
        assert said in one
        assert "who can still give you the points" in " ".join(one.split())
        assert "your instructor reads" not in one
    assert "marked by your instructor" not in page


def test_many_questions_are_summed_up_at_the_head():
    """A list of them would push the marks off the page."""
    questions = [("a", None, ""), ("b", 2.5, ""), ("c", 0.0, ""), ("d", 0.0, "not-answered")]
    manual = tuple(ManualQuestion(name, 3.0, score, code) for name, score, code in questions)
    page = feedback_page(RELEASE, graded(WRONG, manual=manual))
    said = "4 questions are worth up to 12 points, and gave 2.5 so far: 1 not marked yet, 2 marked by your instructor"
    assert f"{said}, 1 not answered." in page
    assert "more points are for" not in page


def test_an_instructors_comment_stands_with_its_exercise():
    """What a person wrote in formgrader reaches the student."""
    page = feedback_page(RELEASE, SITUATIONS["wrong"], comments={"why_it_works": "Nice <thought>!"})
    assert "Nice &lt;thought&gt;!" in page


def test_the_students_own_code_is_shown_and_highlighted():
    """One sees what one wrote, the cells that one added among it."""
    page = feedback_page(RELEASE, graded(notebook("def double(n):\n    return n**2", "", own=("helper = 1",))))
    assert '<span class="k-nf">double</span>' in page
    assert "Cell 7" in page


def test_submitted_plots_are_shown_as_submitted():
    """A saved plot is labelled as what it is."""
    data = notebook("", "", own=("plot()",), outputs=(plot_output(png("red")),))
    assert 'alt="Plot as submitted in cell 7"' in feedback_page(RELEASE, graded(data), data)
    assert "<img" not in feedback_page(RELEASE, graded(data))


def test_what_being_late_costs_stands_beside_the_mark():
    """It is no notice that changes nothing."""
    late = Notice("late-penalty", "Handed in late: 2 points are taken off the mark for it.")
    page = feedback_page(RELEASE, graded(WRONG, notices=(late,)))
    assert page.index("2 points are taken off") < page.index("At a glance")
    assert "Good to know" not in page


def test_where_the_file_is_gone_nobody_is_told_that_a_cell_was_missing():
    """What was graded may have been moved since; where it lay on the instructor's machine is not shown."""
    work = graded(WRONG)
    gone = Graded(replace(work.result, file="/home/prof/secret/submitted/ada/doubling/doubling.ipynb"))
    page = feedback_page(RELEASE, gone)
    assert page.count("no longer where it was") == 2
    assert "was not in your notebook" not in page
    assert "ada/doubling/doubling.ipynb" in page
    assert "prof" not in page


def test_a_huge_cell_is_cut_with_a_word_about_it():
    """A page stays a page."""
    page = feedback_page(RELEASE, graded(notebook("x = 1\n" * 100_000, "y" * 1_000_000)))
    assert "… cut here: 600,000 characters in all" in re.sub(r"<[^>]*>", "", page)
    assert "… cut here: 1,000,000 characters in all" in page
    assert len(page) < 400_000
