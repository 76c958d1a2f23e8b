"""Test cells whose outcome depends on nothing but what the student's side answers."""

from __future__ import annotations

import ast

from autograder.judge.names import bound, mentioned, plain_python
from autograder.judge.reading import DYNAMIC
from autograder.records import Release


def standing_alone(release: Release) -> frozenset[str]:
    """The test cells that use no name of another test cell, and whose names no other one uses."""
    trees = {cell.id: plain_python(cell.source) for cell in release.cells if cell.kind == "test"}
    plain = {name: tree for name, tree in trees.items() if tree and not mentioned(tree) & DYNAMIC}
    if len(plain) < len(trees):
        return frozenset()  # one that cannot be read may use any name
    return frozenset(name for name in plain if not any(tied(plain[name], plain[one]) for one in plain if one != name))


def tied(one: ast.Module, other: ast.Module) -> bool:
    """Whether one of two cells uses a name that the other binds."""
    return bool(mentioned(one) & bound(other) or mentioned(other) & bound(one))
