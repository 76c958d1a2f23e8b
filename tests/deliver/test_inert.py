"""Markdown of a student's: ordinary answers stay readable, everything else is shown as it was typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from autograder.deliver.inert import inert_markdown, is_inert
from tests.deliver.class_in_code import RELEASE
from tests.deliver.payloads import PAYLOADS

ORDINARY = [
    "With zeros, every gradient is **zero**; so *nothing* moves, and 1 < 2 & 3 > 2.",
    "$a^{[l]} = \\mathrm{ReLU}(W^{[l]} a^{[l-1]} + b^{[l]})$ and $$\\frac{\\partial J}{\\partial W} = 0$$",
    "1. first\n2. second\n   - `W1` is a list [7, 5, 4, 2]\n\n> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    "See [Glorot](https://proceedings.mlr.press/v9/glorot10a.html) and [above](#zeros).",
    "# A heading\n\nA line<br>and another",
    '<a id="zeros"></a>\n## Zeros\n\n<div class="alert alert-info">\n\n**Note**\n\n</div>',
    "\\begin{pmatrix} 1 & 0 \\\\ 0 & 1 \\end{pmatrix}",
]
MARKUP = [
    name for name in PAYLOADS if name not in ("attribute", "template", "terminal", "bidi", "invisible", "controls")
]
MARKUP = [name for name in MARKUP if name not in ("surrogates", "formula")]


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_answer_stays_markdown(text):
    """Who marks by hand reads mathematics, lists and emphasis as they were meant."""
    assert inert_markdown(text) == text


@pytest.mark.parametrize("name", MARKUP)
def test_markup_that_could_come_alive_is_shown_as_typed(name):
    """Every payload of the list ends up in a fenced block."""
    assert not is_inert(PAYLOADS[name])
    assert inert_markdown(PAYLOADS[name]).startswith("```")


@pytest.mark.parametrize("name", PAYLOADS)
@pytest.mark.parametrize("around", ["{}", "text {} text", "* {}", "> {}", "`{}`", "$${}$$", "    {}", "a\n\n{}\n\nb"])
def test_nbconvert_makes_no_element_of_a_payload(name, around):
    """Of what a student typed, nbconvert renders only text, wherever in the markdown it stands."""
    html = markdown2html_mistune(inert_markdown(around.format(PAYLOADS[name]))).lower()
    for live in ("<script", "<img", "<svg", "<iframe", "<math", "<style", "<link", "<meta", "<form", "<base", "<x-y"):
        assert live not in html
    for live in ('href="javascript', 'href="data', 'class="mermaid"', "<noscript", "<details"):
        assert live not in html


@example(["[", "](", "http://", "javascript:", ")"])
@given(
    st.lists(
        st.sampled_from([*"`~$\\[]()<>!#*_&:;|\n \"'=/-", "a", "script", "javascript:", "http://", "![", "](", "]:"])
    )
)
def test_no_mixture_of_markup_makes_a_live_element(parts):
    """What is let through holds only elements that markdown itself makes."""
    html = markdown2html_mistune(inert_markdown("".join(parts))).lower()
    assert "<script" not in html
    assert "<img" not in html
    links = [link.strip() for link in re.findall(r"""<a\s[^>]*?href\s*=\s*["']?([^"'>]*)""", html)]
    assert not [link for link in links if link.startswith("javascript:")]


def test_a_very_long_text_is_never_parsed_as_markdown():
    """A renderer's time grows faster than its text, so that long answers are shown as they were typed."""
    assert is_inert("word " * 1_000)
    assert inert_markdown("word " * 10_000).startswith("```")


def test_a_fence_holds_every_line():
    """No run of backticks in a text closes the block around it."""
    for run in ("```", "````", "`" * 50):
        block = inert_markdown(f"{run}\n<script>\n{run}")
        html = markdown2html_mistune(block)
        assert html.count("<pre>") == 1
        assert "<script" not in html


@pytest.mark.parametrize("name", PAYLOADS)
def test_what_is_inert_stays_as_it_is(name):
    """Done twice, by us and by the preprocessor, it reads as done once."""
    once = inert_markdown(PAYLOADS[name])
    assert inert_markdown(once) == once


def test_the_releases_own_text_is_ordinary():
    """Text that instructors write needs no special way through."""
    assert all(is_inert(cell.source) for cell in RELEASE.cells if cell.kind == "text")
