"""Whether running a demonstration could change what the student's functions return.

Before a point is lost, a notebook is run again with nothing left out. The trainings take a hundred times as long as
everything else, so they are left out of that run too where it is plain that they cannot matter: the student's code
mentions no name that they bind, and none of it remembers anything from one call to the next.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from autograder.judge.decorated import remember
from autograder.judge.names import bound, plain_python
from autograder.judge.origins import Origins
from autograder.judge.reading import COMPILED, DYNAMIC, MAX_READ, OWN, could
from autograder.records import Notebook


def demonstrations_matter(notebook: Notebook) -> bool:
    """Whether leaving out the demonstrations could cost an answer anything; True unless the opposite is plain."""
    demonstrated: set[str] = set()
    for step in notebook.steps:
        tree = plain_python(step.source) if step.kind == "demonstration" else None
        demonstrated |= bound(tree) if tree else set()
    if any(name.endswith(COMPILED) for name, _ in notebook.files):
        return True
    code = [step for step in notebook.steps if step.type == "code" and step.kind != "test"]
    modules = {name: content.decode("utf-8", "replace") for name, content in notebook.files if name.endswith(".py")}
    own = [*(step.source for step in code if step.kind in OWN), *modules.values()]
    origins = origins_of([*(step.source for step in code), *modules.values()], modules)
    return any(could(source, demonstrated | DYNAMIC, lambda tree: remembers(tree, origins)) for source in own)


def origins_of(sources: Iterable[str], modules: Iterable[str]) -> Origins:
    """Where the names come from in all the code that a box runs."""
    trees = (plain_python(source) for source in sources if len(source) <= MAX_READ)
    own = frozenset(name.split("/")[0].removesuffix(".py") for name in modules)
    return Origins((tree for tree in trees if tree), own)


def remembers(tree: ast.Module, origins: Origins) -> bool:
    """Whether a cell or a module holds anything that can keep state between calls."""
    if any(map(reaches_out, ast.walk(tree))) or remember(tree, origins):
        return True
    modules = origins.imported() | {"np", "plt", "sklearn"}
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return any(keeps_state(function, modules) for function in functions)


def reaches_out(node: ast.AST) -> bool:
    """Whether one piece of syntax can reach beyond its function."""
    if isinstance(node, ast.Attribute):
        return node.attr.startswith("__") and node.attr not in ("__name__", "__doc__")
    return isinstance(node, ast.Global | ast.Nonlocal | ast.ClassDef | ast.Await)


def keeps_state(function: ast.FunctionDef | ast.AsyncFunctionDef, modules: set[str]) -> bool:
    """Whether a function has a default that lasts, or changes or calls a method of an outer object, or moves one on."""
    if any(not isinstance(d, ast.Constant) for d in function.args.defaults):
        return True
    inside = {node.arg for node in ast.walk(function.args) if isinstance(node, ast.arg)}
    inside |= {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    for node in ast.walk(function):
        target = used(node)
        changes = isinstance(node, ast.Subscript | ast.Attribute) and stored(node)
        if (changes or target is not node) and root(target) not in inside | modules | {None}:
            return True
    return False


def used(node: ast.AST) -> ast.AST:
    """The object that a call is a method of, or that it takes the next item from; anything else as it is."""
    if not isinstance(node, ast.Call):
        return node
    if isinstance(node.func, ast.Name) and node.func.id == "next" and node.args:
        return node.args[0]
    return node.func if isinstance(node.func, ast.Attribute) else node


def stored(node: ast.Subscript | ast.Attribute) -> bool:
    """Whether it is bound or deleted."""
    return not isinstance(node.ctx, ast.Load)


def root(node: ast.AST) -> str | None:
    """The name at the start of `name.attribute[index]...`; None where it is no name."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None
