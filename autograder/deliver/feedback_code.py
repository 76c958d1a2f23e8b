"""Python source as highlighted HTML: numbered lines, in colours that can be read on white and on black."""

from __future__ import annotations

import ast
import functools
import itertools
import warnings

from markupsafe import Markup, escape
from pygments import highlight  # type: ignore[import-untyped]  # published without types
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]  # as above
from pygments.lexers import PythonLexer  # type: ignore[import-untyped]  # as above

_LEXER = PythonLexer(stripnl=False, ensurenl=False)
_FORMATTER = HtmlFormatter(nowrap=True, classprefix="k-")
_LONGEST_LINE = 2_000  # a lexer's patience with one line; nobody writes such code by hand
_MOST_PIECES = 100  # of cells that long no two are alike, and they would crowd out what a class shares


@functools.lru_cache(maxsize=256)
def highlighted(source: str) -> Markup:
    """Give source code as HTML, each line in an element of its own. The source is escaped by Pygments.

    Pygments reads ten lines in a millisecond. The cells of a class have most of their statements in common, those that
    were given and the documentation above all; so each statement is highlighted by itself, and kept.
    """
    source = source.rstrip()
    if any(len(line) > _LONGEST_LINE for line in source.split("\n")):
        lines = [str(escape(line)) for line in source.split("\n")]
    else:
        lines = [line for piece in statements(source) for line in _highlighted_lines(piece)]
    numbered = "".join(f'<span class="line">{line}\n</span>' for line in lines)
    return Markup(numbered)  # noqa: S704  # every line was escaped above


@functools.lru_cache(maxsize=4096)
def _highlighted_lines(piece: str) -> list[str]:
    """The lines of a piece of source as HTML."""
    return str(highlight(piece, _LEXER, _FORMATTER)).removesuffix("\n").split("\n")


def statements(source: str) -> list[str]:
    """Cut source before each line on which a statement begins, and the blank lines before it.

    It is left whole if it has no tree, or too many statements. After `raise ... from`, where Pygments takes the next
    line for a part of it, a piece is coloured better than the whole.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Python thinks of a student's code is for the student's notebook
            tree = compile(source, "<cell>", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return [f"{source}\n"]
    lines = source.split("\n")
    cuts = {0, len(lines)}
    for line, column in begins(tree):
        at = line - 1
        if not lines[at][:column].strip():
            while at and not lines[at - 1].strip():
                at -= 1
            cuts.add(at)
    if "\r" in source or len(cuts) > _MOST_PIECES:  # Python counts the first as the end of a line
        return [f"{source}\n"]
    return ["\n".join([*lines[start:end], ""]) for start, end in itertools.pairwise(sorted(cuts))]


def begins(tree: ast.AST) -> list[tuple[int, int]]:
    """Give line and column of every statement; those within an expression are none."""
    found: list[tuple[int, int]] = []
    waiting = [tree]
    while waiting:  # not by recursion: each `elif` lies within the one before
        node = waiting.pop()
        for field in ("body", "orelse", "handlers", "finalbody", "cases"):
            inner = getattr(node, field, ())
            if isinstance(inner, list):
                waiting += inner
        if isinstance(node, ast.stmt):
            found.append((node.lineno, node.col_offset))
    return found
