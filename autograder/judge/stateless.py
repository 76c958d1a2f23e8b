"""Whether running a demonstration could change what the student's functions return.

Before a point is lost, a notebook is run again with nothing left out. The trainings take a hundred times as long as
everything else, so they are left out of that run too where it is plain that they cannot matter: the student's code
mentions no name that they bind, and none of it remembers anything from one call to the next.
"""

from __future__ import annotations

import ast
import symtable

from autograder.judge.names import bound, dedented, plain_python
from autograder.records import Notebook

DYNAMIC = frozenset(
    {
        "globals",
        "locals",
        "vars",
        "exec",
        "eval",
        "compile",
        "get_ipython",
        "setattr",
        "delattr",
        "open",
        "sys",
        "builtins",
    }
)
"""Names with which code can reach what its text does not mention."""

OWN = ("answer", "manual", "free")
"""Kinds of cells that a student writes."""

MAX_READ = 50_000
"""Cells with more letters are not read here: the tree of a text takes a hundred times its space."""


def demonstrations_matter(notebook: Notebook) -> bool:
    """Whether leaving out the demonstrations could cost an answer anything; True unless the opposite is plain."""
    demonstrated: set[str] = set()
    for step in notebook.steps:
        tree = plain_python(step.source) if step.kind == "demonstration" else None
        demonstrated |= bound(tree) if tree else set()
    own = [step.source for step in notebook.steps if step.kind in OWN and step.type == "code"]
    return any(remembers(source, demonstrated | DYNAMIC) for source in own)


def remembers(source: str, suspicious: set[str]) -> bool:
    """Whether a cell mentions a suspicious name or holds anything that can keep state between calls."""
    if len(source) > MAX_READ or any(line.lstrip().startswith(("%", "!")) for line in source.splitlines()):
        return True
    tree = plain_python(source)
    if tree is None:
        return False  # it does not compile, so it never runs
    try:
        if globals_read(source) & suspicious:
            return True
    except (SyntaxError, RecursionError):  # two parameters of one name, for instance
        return False
    modules = {name for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom) for name in bound(node)}
    modules |= {"np", "plt", "sklearn"}
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return any(map(reaches_out, ast.walk(tree))) or any(keeps_state(function, modules) for function in functions)


def globals_read(source: str) -> set[str]:
    """The names that a cell reads from the notebook or from Python, as Python's own scoping sees them."""
    names: set[str] = set()
    waiting = [symtable.symtable(dedented(source), "<cell>", "exec")]
    while waiting:
        table = waiting.pop()
        top = table.get_type() == "module"
        names |= {one.get_name() for one in table.get_symbols() if one.is_referenced() and (top or one.is_global())}
        waiting += table.get_children()
    return names


def reaches_out(node: ast.AST) -> bool:
    """Whether one piece of syntax can reach beyond its function."""
    if isinstance(node, ast.Attribute):
        return node.attr.startswith("__")
    return isinstance(node, ast.Global | ast.Nonlocal | ast.ClassDef | ast.Await)


def keeps_state(function: ast.FunctionDef | ast.AsyncFunctionDef, modules: set[str]) -> bool:
    """Whether a function has a decorator or a default that lasts, or changes or calls a method of an outer object."""
    if function.decorator_list or any(not isinstance(d, ast.Constant) for d in function.args.defaults):
        return True
    inside = {node.arg for node in ast.walk(function.args) if isinstance(node, ast.arg)}
    inside |= {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    for node in ast.walk(function):
        target = node.func if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else node
        changes = isinstance(node, ast.Subscript | ast.Attribute) and not isinstance(node.ctx, ast.Load)
        if (changes or target is not node) and root(target) not in inside | modules | {None}:
            return True
    return False


def root(node: ast.AST) -> str | None:
    """The name at the start of `name.attribute[index]...`; None where it is no name."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None
