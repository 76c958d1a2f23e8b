"""A test cell as it is run here: compiled, with what Python decides by itself asked of us instead.

Three things look at a value's own class, where a stand-in cannot answer for what it stands for: `type(x)`, `super()`
in a class derived from a student's, and `eval` and `exec`, which would run a student's text here. Calls of these are
written to names of ours, and so are imports of modules that hold what the student's code has done. `await` may stand at
the top level, as in a notebook.
"""

from __future__ import annotations

import ast
import asyncio
import builtins
import inspect
from collections.abc import Coroutine
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType
from typing import Any

from autograder.judge.names import bound, changed, dedented, mentioned, read
from autograder.judge.replaced import Place, places
from autograder.judge.there import THERE, plain, rewritten

OURS = {name: f"__seedbed_{name}__" for name in ("type", "super", "eval", "exec")}
"""Under which name a test finds what it calls by a builtin's."""


def display(*objects: Any, **options: Any) -> None:
    """What a test calls by this name, as in every notebook, without an import: nobody sees what it would show."""


BUILTIN: dict[str, Any] = {ours: getattr(builtins, name) for name, ours in OURS.items()}
BUILTIN |= {"display": display, THERE: plain}
"""What a test finds there where it meets no student."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A test cell, ready to be run.

    `last` is its last expression, if that is how it ends and a notebook would show it. `names` are those that it
    mentions, `bound` those that it binds, `texts` the literal texts in it, and `places` where it may replace something
    of a module's.
    """

    body: CodeType
    last: CodeType | None
    names: frozenset[str]
    bound: frozenset[str]
    texts: frozenset[str]
    places: frozenset[Place]


@lru_cache(maxsize=256)
def compiled(source: str) -> Compiled:
    """Compile a test cell.

    Raises
    ------
    SyntaxError
        If it is not Python, magics left aside.
    """
    tree, text = read(source)
    if tree is None:
        tree = ast.parse(source)
    binds, last = frozenset(bound(tree)), None
    names = frozenset(mentioned(tree) | changed(tree))
    texts = frozenset(n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))
    replaced = places(tree)
    tree = ast.fix_missing_locations(Rewriter(binds).visit(tree))
    if tree.body and isinstance(tree.body[-1], ast.Expr) and not is_quiet(tree.body[-1], text):
        last = code(ast.Expression(tree.body.pop().value), "eval")
    return Compiled(code(tree, "exec"), last, names, binds, texts, replaced)


def is_quiet(last: ast.Expr, source: str) -> bool:
    """Whether a semicolon follows the last expression: then a notebook does not show its value, so it is no points."""
    line = "".join(dedented(source).split("\n")[(last.end_lineno or 1) - 1 :][:1])
    return line.encode()[last.end_col_offset :].lstrip().startswith(b";")


def used_and_bound(source: str) -> tuple[frozenset[str], frozenset[str]]:
    """The names that a test takes from elsewhere, and those that it leaves behind; nothing of what is no Python."""
    try:
        test = compiled(source)
    except SyntaxError:
        return frozenset(), frozenset()
    return test.names, test.bound


def code(tree: ast.Module | ast.Expression, mode: str) -> CodeType:
    """The code of a tree, in which `await` may stand anywhere."""
    made: CodeType = compile(tree, "<test>", mode, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    return made


class Rewriter(ast.NodeTransformer):
    """Writes calls of the three to our names, unless the test gives those names a meaning of its own."""

    def __init__(self, own: frozenset[str]) -> None:
        self._names = {name: ours for name, ours in OURS.items() if name not in own}
        self._first = [""]

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Remember the first parameter, which `super()` means."""
        arguments = [*node.args.posonlyargs, *node.args.args]
        self._first.append(arguments[0].arg if arguments else "")
        self.generic_visit(node)
        self._first.pop()
        return node

    def visit_Import(self, node: ast.Import) -> list[ast.stmt]:
        """Ask for what holds something of the student's."""
        return rewritten(node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> list[ast.stmt]:
        """As `visit_Import`."""
        return rewritten(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Look at one call."""
        self.generic_visit(node)
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in self._names or node.keywords:
            return node
        if name == "super" and not node.args and self._first[-1]:
            node.args = [ast.Name("__class__", ast.Load()), ast.Name(self._first[-1], ast.Load())]
        elif name == "super" or (name == "type" and len(node.args) != 1):
            return node
        node.func = ast.copy_location(ast.Name(self._names[name], ast.Load()), node.func)
        return node


def run_code(made: CodeType, space: dict[str, Any]) -> Any:
    """Run code in a namespace; wait for it, if it waits for something."""
    value = eval(made, space)  # noqa: S307 - the author's test
    return waited(value) if made.co_flags & inspect.CO_COROUTINE else value


def waited(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Wait for a coroutine, also where a loop is running already, as in nbgrader's own server."""
    running = asyncio._get_running_loop()  # noqa: SLF001 - asyncio documents it for those who write loops
    asyncio._set_running_loop(None)  # noqa: SLF001 - see above
    try:
        return asyncio.run(coroutine)
    finally:
        asyncio._set_running_loop(running)  # noqa: SLF001 - see above
