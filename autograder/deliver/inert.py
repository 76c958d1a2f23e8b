r"""Markdown that strangers wrote, made inert before nbconvert turns it into a live page.

nbconvert passes HTML in markdown through, follows `javascript:` links and lets MathJax run `\href`. What consists of
nothing but text, emphasis, lists, tables, plain links and everyday mathematics stays as it is; anything else is shown
as it was typed, in a fenced block. It is a list of what is let through, not of what is kept out.
"""

from __future__ import annotations

import re
import textwrap

from autograder.deliver.visible import shortened, visible

LONGEST = 8_000  # letters; a markdown parser's time grows faster than its text
WIDTH = 100

_HARMLESS = re.compile(
    r'<a id="[\w-]+">\s*</a>'  # the anchor of a table of contents
    r"|<br ?/?>"
    r"|(?<!!)\[[^\[\]<>]*\]\((?:#[\w-]*|https?://[\w./%#?=&~+,:;@-]*)\)"  # a link into the page or the web
)
_LIVE = re.compile(
    r"<(?=[A-Za-z!/?])"  # HTML, a comment, an autolink
    r"|&(?=[#A-Za-z])"  # an entity, which could spell any of these
    r"|!\[|\][(\[:]"  # an image, a link, a reference
    r"|`{3}|~{3}"  # a fence, whose language can be one that draws
    r"|://\S*[\"'<>`\\$]"  # an address with what could end an attribute
)
_BOX = re.compile(r'<div class="alert[ \w-]*">((?:(?!</?div).)*)</div>', re.DOTALL)  # a coloured box, closed again
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_NAMES = """
alpha beta gamma delta epsilon varepsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau phi varphi chi
psi omega Gamma Delta Theta Lambda Sigma Phi Psi Omega ell partial nabla infty hbar forall exists in notin
frac dfrac tfrac sqrt sum prod int lim log ln exp max min sin cos tan tanh det operatorname
cdot cdots dots ldots vdots ddots times div pm mp ast star circ odot oplus otimes
le leq ge geq ne neq ll gg approx sim simeq equiv propto to rightarrow leftarrow Rightarrow Leftarrow mapsto iff
left right big Big bigl bigr Bigl Bigr langle rangle lceil rceil lfloor rfloor lVert rVert mid vert Vert
hat bar tilde vec dot overline underline underbrace overbrace prime top bot dagger
mathbf mathrm mathit mathbb mathcal mathsf boldsymbol texttt text textbf quad qquad
begin end cup cap subset subseteq emptyset setminus land lor neg not Pr
"""
_MATHEMATICS = frozenset(_NAMES.split())


def inert_markdown(text: str) -> str:
    """Give markdown that does nothing when it is rendered: the text itself, or a block that shows what was typed."""
    clean = visible(text)
    return clean if is_inert(clean) or is_typed(clean) else typed(clean)


def is_inert(text: str) -> bool:
    """Say whether a text holds only what is let through."""
    rest = _HARMLESS.sub(" ", _BOX.sub(r" \1 ", text))
    commands = set(_COMMAND.findall(text))
    return len(text) <= LONGEST and not _LIVE.search(rest) and commands <= _MATHEMATICS


def typed(text: str) -> str:
    """Give a fenced block that no line of the text can close."""
    lines = [part for line in shortened(text).split("\n") for part in wrapped(line)]
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([fence, *lines, fence])


def is_typed(text: str) -> bool:
    """Say whether a text is such a block already, with nothing before, after or between that could end it."""
    fence, *lines, last = text.split("\n") if "\n" in text else ("", "")
    return re.fullmatch("`{3,}", fence) is not None and last == fence and not any(fence in line for line in lines)


def wrapped(line: str) -> list[str]:
    """Break a line that is wider than a page."""
    return textwrap.wrap(line, WIDTH, drop_whitespace=False, replace_whitespace=False, expand_tabs=False) or [""]
