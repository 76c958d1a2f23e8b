"""Whether a student's code could tell that a file beside the notebook has changed.

A file of tests lies beside the notebook, and the notebook imports it; so a change to a tolerance in there is a change
to what the student's process can see. Nearly nobody's answer looks at it. Where that is plain from reading the code,
what a box said before the change is what it would say after it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import lru_cache
from pathlib import PurePosixPath

from autograder.judge.names import bound, mentioned, plain_python
from autograder.judge.reading import COMPILED, DYNAMIC, OWN, could
from autograder.records import Notebook

Files = tuple[tuple[str, bytes], ...]

QUIET = frozenset(
    {
        *("cmath", "collections", "copy", "decimal", "fractions", "functools", "itertools", "math", "numbers", "numpy"),
        *("operator", "random", "matplotlib", "sklearn", "statistics", "string", "time", "typing", "warnings"),
    }
)
"""Modules with which nobody reads a file that they do not name."""

LOOKS = DYNAMIC | {"__import__", "breakpoint", "dir", "help"}


def could_be_seen(notebook: Notebook, before: Files, after: Files) -> bool:
    """Whether the student's code could tell these files from each other; True unless the opposite is plain.

    Whoever hands in modules of their own is not read that far.
    """
    if before == after:
        return False
    if any(name.endswith((".py", *COMPILED)) for name, _ in notebook.files):
        return True
    steps = [step for step in notebook.steps if step.type == "code"]
    fixed = tuple(step.source for step in steps if step.kind in ("given", "demonstration"))
    stems, names = traces(before, after, fixed)
    return not stems or any(looks(step.source, stems, names) for step in steps if step.kind in OWN)


@lru_cache(maxsize=16)
def traces(before: Files, after: Files, fixed: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """The modules that have changed, and the names that say something of them; no modules where more than that has."""
    old, new = dict(before), dict(after)
    changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    stems = {PurePosixPath(name).stem for name in changed}
    mentions = any(stem.encode() in new[name] for name in new.keys() - changed for stem in stems)
    if old.keys() != new.keys() or mentions or any(acts(old[name]) != acts(new[name]) for name in changed):
        return frozenset(), frozenset()
    names = {name for one in changed for content in (old[one], new[one]) for name in exported(content)}
    return frozenset(stems), frozenset(reached(fixed, stems, names) | LOOKS)


@lru_cache(maxsize=16)
def module(content: bytes) -> ast.Module:
    """The tree of a module; an empty one for a file that is none."""
    return plain_python(content.decode("utf-8", "replace")) or ast.Module([], [])


def acts(content: bytes) -> list[str]:
    """What importing a module does besides binding names: those of its statements that are no plain definition."""
    plain = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)
    return [ast.unparse(one) for one in module(content).body if not isinstance(one, plain) or draws(one)]


def draws(statement: ast.stmt) -> bool:
    """Whether a value is drawn at random, which moves the generator on."""
    nodes = ast.walk(statement) if isinstance(statement, ast.Assign | ast.AnnAssign) else ()
    return any("random" in (getattr(node, "id", ""), getattr(node, "attr", "")) for node in nodes)


def exported(content: bytes) -> set[str]:
    """The names that `import *` takes from a module, but for other modules."""
    tree = module(content)
    for one in tree.body:
        if isinstance(one, ast.Assign) and isinstance(one.value, ast.List) and bound(one) == {"__all__"}:
            return {str(item.value) for item in one.value.elts if isinstance(item, ast.Constant)}
    imported = [bound(node) for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    return bound(tree).difference(*imported)


def reached(fixed: Iterable[str], stems: set[str], names: set[str]) -> set[str]:
    """These names, and those that the notebook's own cells bind with their help."""
    trees = [tree for source in fixed if (tree := plain_python(source))]
    before = -1
    while before != len(names):
        before = len(names)
        for tree in trees:
            if mentioned(tree) & names:
                names = names | bound(tree)
            names = names | {name for node in ast.walk(tree) if modules(node) & stems for name in bound(node)}
    return names


def modules(node: ast.AST) -> set[str]:
    """The modules that one statement imports."""
    if isinstance(node, ast.Import):
        return {alias.name.split(".")[0] for alias in node.names}
    return {(node.module or "").split(".")[0]} if isinstance(node, ast.ImportFrom) else set()


def looks(source: str, stems: frozenset[str], names: frozenset[str]) -> bool:
    """Whether a cell of the student's could reach one of these names, or read a file."""
    return any(stem in source for stem in stems) or could(source, names, reads_files)


def reads_files(tree: ast.Module) -> bool:
    """Whether it imports a module, or goes a way, by which a file could be read."""
    return any(
        (isinstance(node, ast.Attribute) and node.attr.startswith("__")) or not modules(node) <= QUIET
        for node in ast.walk(tree)
    )
