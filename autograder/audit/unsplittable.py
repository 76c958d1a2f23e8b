"""A look at the test cells of a release for what cannot cross between judge and box.

Only what is written can be seen. What a test does at run time shows when the answer key is graded.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.audit.report import Unsplittable
from autograder.judge.names import bound, plain_python
from autograder.records import Release

CALLS = {
    "doctest": "runs what is written in docstrings, which may be the student's",
    "compile": "makes code of a text, which would run beside the tests; give the text to exec or eval",
    "pickle": "makes what a student wrote run beside the tests, when it is read back",
    "get_ipython": "is not there, where tests run",
    "dis": "reads the student's bytecode",
    "runpy": "runs a file, which may be the student's",
    "subprocess": "starts a program, which may be given something of the student's",
}
"""By the first or the last part of what is called."""


def unsplittable(release: Release) -> tuple[Unsplittable, ...]:
    """List what stands in test cells and cannot be split between judge and box."""
    own = student_names(release)
    found = []
    for cell in release.cells:
        tree = plain_python(cell.source) if cell.kind == "test" else None
        if tree is not None:
            trouble = {(line, reason) for node in ast.walk(tree) for line, reason in reasons(node, own)}
            found += [Unsplittable(cell.id, line, reason) for line, reason in sorted(trouble)]
    return tuple(found)


def student_names(release: Release) -> dict[str, bool]:
    """The names that the student's own cells bind, and whether they are exception classes."""
    names: dict[str, bool] = {}
    for cell in release.cells:
        if cell.kind == "answer":
            tree = plain_python(cell.source)
            names |= dict.fromkeys({cell.id} | (bound(tree) if tree else set()), False)
            for node in ast.walk(tree) if tree else ():
                if isinstance(node, ast.ClassDef) and is_exception(node, names):
                    names[node.name] = True
    return names


def is_exception(node: ast.ClassDef, names: dict[str, bool]) -> bool:
    """Whether this defines an exception class, as far as its text tells."""
    bases = [ast.unparse(base) for base in node.bases]
    return any(base.endswith(("Error", "Exception", "Warning")) or names.get(base) for base in bases)


def reasons(node: ast.AST, own: dict[str, bool]) -> Iterator[tuple[int, str]]:
    """What one node asks for that cannot cross, and in which line."""
    line = getattr(node, "lineno", 0)
    if isinstance(node, ast.ClassDef):
        bases = [ast.unparse(base) for base in node.bases]
        if any(own.get(base) for base in bases):
            yield line, f"class {node.name} derives from an exception class of the student's"
        elif {base in own for base in bases} == {True, False}:
            yield line, f"class {node.name} derives from a class of the student's and from another one"
    if isinstance(node, ast.AsyncFor):
        yield line, "async for waits for the student's code at every step"
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        for part in {name.partition(".")[0], name.rpartition(".")[2]} & CALLS.keys():
            yield line, f"{name} {CALLS[part]}"
