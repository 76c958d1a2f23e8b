"""A test cell as it is run here: compiled, with what Python decides by itself asked of us instead.

Some things look at a value's own class, where a stand-in cannot answer for what it stands for: `type(x)`, `isinstance`,
`hasattr`, `x.__len__` and other names of Python's own, and `super()` in a class derived from a student's. `eval` and
`exec` would run a student's text here. All of these are written to names of ours, and so are imports of modules that
hold what the student's code has done. `await` may stand at the top level, as in a notebook.
"""

from __future__ import annotations

import ast
import asyncio
import builtins
import inspect
import sys
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType
from typing import Any, TypeGuard

from autograder.judge.names import bound, changed, dedented, mentioned, read
from autograder.judge.replaced import Place, imported, places
from autograder.judge.there import THERE, asked_for, plain

_BUILTINS = ("type", "super", "eval", "exec", "getattr", "hasattr", "isinstance", "issubclass")
OURS = {name: f"__seedbed_{name}__" for name in _BUILTINS}
"""Under which name a test finds what it calls by a builtin's."""


CLASSES = "__seedbed_classes__"
"""Under which name it finds the classes in a pattern of `match`, by theirs."""

METHOD = "__seedbed_method__"
"""Under which name it finds what gets `x.__len__` where that is called at once."""


def display(*objects: Any, **options: Any) -> None:
    """What a test calls by this name, as in every notebook, without an import: nobody sees what it would show."""


class Classes:
    """Has, as attributes, what the names in a pattern of `match` mean where that stands."""

    def __init__(self, change: Callable[[Any], Any] = lambda kind: kind) -> None:
        self._change = change

    def __getattr__(self, name: str) -> Any:
        frame = sys._getframe(1)  # noqa: SLF001 - as Python looks there
        for scope in (frame.f_locals, frame.f_globals, vars(builtins)):
            if name in scope:
                return self._change(scope[name])
        raise NameError(f"name {name!r} is not defined", name=name)


BUILTIN: dict[str, Any] = {ours: getattr(builtins, name) for name, ours in OURS.items()}
BUILTIN |= {METHOD: getattr, "display": display, THERE: plain, CLASSES: Classes()}
"""What a test finds there where it meets no student."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A test cell, ready to be run.

    `last` is its last expression, if that is how it ends and a notebook would show it. `names` are those that it
    mentions, `bound` those that it binds, `texts` the literal texts in it, `places` where it may replace something
    of a module's, and `modules` those that it imports.
    """

    body: CodeType
    last: CodeType | None
    names: frozenset[str]
    bound: frozenset[str]
    texts: frozenset[str]
    places: frozenset[Place]
    modules: frozenset[str]


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
    replaced, modules = places(tree), imported(tree)
    tree = ast.fix_missing_locations(Rewriter(binds).visit(tree))
    if tree.body and isinstance(tree.body[-1], ast.Expr) and not is_quiet(tree.body[-1], text):
        last = code(ast.Expression(tree.body.pop().value), "eval")
    return Compiled(code(tree, "exec"), last, names, binds, texts, replaced, modules)


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


def rewritten(text: str, mode: str) -> CodeType:
    """A text that stands in a test and is run there by `eval` or `exec`, as code."""
    tree = ast.parse(text.lstrip(" \t") if mode == "eval" else text, "<string>", mode)
    made: CodeType = compile(Rewriter(frozenset(bound(tree))).visit(tree), "<string>", mode, dont_inherit=True)
    return made


class Rewriter(ast.NodeTransformer):
    """Writes calls of these to our names, unless the test gives a name a meaning of its own."""

    def __init__(self, own: frozenset[str]) -> None:
        self._names = {name: ours for name, ours in OURS.items() if name not in own}
        self._first = [""]

    def _inside(self, node: ast.AST, own: set[str]) -> ast.AST:
        """Look into what has these names for itself."""
        outer = self._names
        self._names = {name: ours for name, ours in outer.items() if name not in own}
        self.generic_visit(node)
        self._names = outer
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.AST:
        """Remember the first parameter, which `super()` means."""
        arguments = [*node.args.posonlyargs, *node.args.args]
        self._first.append(arguments[0].arg if arguments else "")
        self._inside(node, parameters(node.args).union(*map(bound, node.body)))
        self._first.pop()
        return node

    def visit_Import(self, node: ast.Import) -> list[ast.stmt]:
        """Ask for what holds something of the student's."""
        return asked_for(node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> list[ast.stmt]:
        """As `visit_Import`."""
        return asked_for(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        """As any function."""
        return self.visit_FunctionDef(node)

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        """Look into one."""
        return self._inside(node, parameters(node.args))

    def visit(self, node: ast.AST) -> Any:
        """Look at any node; a comprehension has names of its own, and a pattern of `match` has classes."""
        if isinstance(node, ast.pattern):
            for part in ast.walk(node):
                if isinstance(part, ast.MatchClass) and isinstance(part.cls, ast.Name):
                    name = ast.Attribute(ast.Name(CLASSES, ast.Load()), part.cls.id, ast.Load())
                    part.cls = ast.fix_missing_locations(ast.copy_location(name, part.cls))
            return node
        if isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            return self._inside(node, set().union(*(bound(part.target) for part in node.generators)))
        return super().visit(node)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        """Look at one name: `map(eval, …)` runs texts, too."""
        if node.id in ("eval", "exec") and isinstance(node.ctx, ast.Load):
            node.id = self._names.get(node.id, node.id)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        """Look at one attribute; `builtins.eval` is what it is by its own name."""
        of_builtins = isinstance(node.value, ast.Name) and node.value.id == "builtins"
        if of_builtins and node.attr in ("eval", "exec") and isinstance(node.ctx, ast.Load):
            return ast.copy_location(ast.Name(OURS[node.attr], ast.Load()), node)
        self.generic_visit(node)
        return asked(node, OURS["getattr"]) if is_asked(node) else node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Look at one call."""
        if is_asked(node.func):
            node.func = asked(node.func, METHOD)
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


def parameters(arguments: ast.arguments) -> set[str]:
    """The names of a function's parameters."""
    return {part.arg for part in ast.walk(arguments) if isinstance(part, ast.arg)}


def is_asked(node: ast.expr) -> TypeGuard[ast.Attribute]:
    """Whether this reads an attribute of a name that Python gives a meaning."""
    if not (isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)):
        return False
    return node.attr.startswith("__") and node.attr.endswith("__")


def asked(node: ast.Attribute, by: str) -> ast.Call:
    """A call that gets this attribute."""
    call = ast.Call(ast.Name(by, ast.Load()), [node.value, ast.Constant(node.attr)], [])
    return ast.fix_missing_locations(ast.copy_location(call, node))


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
