"""Test cells whose outcome depends on nothing but what the student's side answers."""

from __future__ import annotations

from autograder.judge.names import bound, mentioned, plain_python
from autograder.judge.reading import DYNAMIC
from autograder.records import Release


def standing_alone(release: Release) -> frozenset[str]:
    """The test cells that use no name of another test cell, and whose names no other one uses."""
    trees = {cell.id: plain_python(cell.source) for cell in release.cells if cell.kind == "test"}
    uses = {name: mentioned(tree) for name, tree in trees.items() if tree}
    if len(uses) < len(trees) or any(names & DYNAMIC for names in uses.values()):
        return frozenset()  # one that cannot be read may use any name
    binds = {name: bound(tree) for name, tree in trees.items() if tree}

    def tied(one: str, other: str) -> bool:
        """Whether one of two cells uses a name that the other binds."""
        return one != other and bool(uses[one] & binds[other] or uses[other] & binds[one])

    return frozenset(name for name in uses if not any(tied(name, other) for other in uses))
