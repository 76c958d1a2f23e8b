"""Whether running a demonstration could change what the student's functions return.

Before a point is lost, a notebook is run again with nothing left out. The trainings take a hundred times as long as
everything else, so they are left out of that run too where it is plain that they cannot matter: the student's code
mentions no name that they bind, and none of it remembers anything from one call to the next.
"""

from __future__ import annotations

import ast

from autograder.judge.names import bound, plain_python
from autograder.judge.reading import DYNAMIC, OWN, could
from autograder.records import Notebook

COMPILED = (".so", ".pyd")
"""Modules that cannot be read."""


def demonstrations_matter(notebook: Notebook) -> bool:
    """Whether leaving out the demonstrations could cost an answer anything; True unless the opposite is plain."""
    demonstrated: set[str] = set()
    for step in notebook.steps:
        tree = plain_python(step.source) if step.kind == "demonstration" else None
        demonstrated |= bound(tree) if tree else set()
    if any(name.endswith(COMPILED) for name, _ in notebook.files):
        return True
    own = [step.source for step in notebook.steps if step.kind in OWN and step.type == "code"]
    own += [content.decode("utf-8", "replace") for name, content in notebook.files if name.endswith(".py")]
    return any(could(source, demonstrated | DYNAMIC, remembers) for source in own)


def remembers(tree: ast.Module) -> bool:
    """Whether a cell or a module holds anything that can keep state between calls."""
    modules = {name for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom) for name in bound(node)}
    modules |= {"np", "plt", "sklearn"}
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return any(map(reaches_out, ast.walk(tree))) or any(keeps_state(function, modules) for function in functions)


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
