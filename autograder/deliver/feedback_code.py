"""Python source as highlighted HTML: numbered lines, in colours that can be read on white and on black."""

from __future__ import annotations

import functools

from markupsafe import Markup, escape
from pygments import highlight  # type: ignore[import-untyped]  # published without types
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]  # as above
from pygments.lexers import PythonLexer  # type: ignore[import-untyped]  # as above

_LEXER = PythonLexer(stripnl=False, ensurenl=False)
_FORMATTER = HtmlFormatter(nowrap=True, classprefix="k-")
_LONGEST_LINE = 2_000  # a lexer's patience with one line; nobody writes such code by hand


@functools.lru_cache(maxsize=256)
def highlighted(source: str) -> Markup:
    """Give source code as HTML, each line in an element of its own. The source is escaped by Pygments.

    A class hands in many equal cells, and Pygments reads ten lines in a millisecond: they are kept.
    """
    source = source.rstrip()
    if any(len(line) > _LONGEST_LINE for line in source.split("\n")):
        lines = [str(escape(line)) for line in source.split("\n")]
    else:
        lines = highlight(source, _LEXER, _FORMATTER).rstrip("\n").split("\n")
    numbered = "".join(f'<span class="line">{line}\n</span>' for line in lines)
    return Markup(numbered)  # noqa: S704  # every line was escaped above
