"""What a terminal shows of a stranger's text."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from autograder.deliver.feedback import feedback_text
from autograder.deliver.table import marks_table
from tests.deliver.class_in_code import RELEASE
from tests.deliver.hostile import hostile, hostile_result
from tests.deliver.payloads import PAYLOADS

DANGEROUS = {*map(chr, range(32)), *map(chr, range(0x7F, 0xA0)), *"\u202e\u202a\u2066\u2067\u200b\u200f\u2028"} - {
    "\n",
    "\t",
}


@pytest.mark.parametrize("name", PAYLOADS)
def test_the_table_of_marks_sends_no_control_to_a_terminal(name):
    """No escape sequence, no change of direction and nothing invisible reaches the terminal by a name."""
    console = Console(file=io.StringIO(), force_terminal=False, width=200)
    console.print(marks_table([hostile(PAYLOADS[name])[1].result], ["double"], "marks"))
    assert not DANGEROUS & set(console.file.getvalue())


@pytest.mark.parametrize("name", PAYLOADS)
def test_the_codes_in_the_table_send_no_control_either(name):
    """A test of another course may put a student's words into its code."""
    console = Console(file=io.StringIO(), force_terminal=False, width=200)
    console.print(marks_table([hostile_result(PAYLOADS[name])], ["double"], "marks"))
    assert not DANGEROUS & set(console.file.getvalue())


@pytest.mark.parametrize("name", PAYLOADS)
def test_feedback_as_text_can_be_shown_in_a_terminal(name):
    """`cat feedback.txt` is safe."""
    text = feedback_text(RELEASE, hostile(PAYLOADS[name])[1], {"why_it_works": PAYLOADS[name]})
    assert not DANGEROUS & set(text)
    assert text.encode()


def test_a_long_name_leaves_room_for_everybodys_marks():
    """A student chooses it, and the table is the class's."""
    console = Console(file=io.StringIO(), force_terminal=False, width=80)
    results = [replace(hostile_result("x"), student=name) for name in ("ada", "n" * 200)]
    console.print(marks_table(results, ["double"], "marks"))
    heading = console.file.getvalue().splitlines()
    assert any("score" in line for line in heading)
