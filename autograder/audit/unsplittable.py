"""A look at the test cells of a release for what cannot cross between judge and box.

Only what is written can be seen. What a test does at run time shows when the answer key is graded.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.audit.report import Unsplittable
from autograder.judge.names import bound, plain_python
from autograder.records import Release

INSIDE = {
    **dict.fromkeys(("__code__", "__closure__", "__globals__", "__defaults__"), "looks inside a function"),
    **dict.fromkeys(("__mro__", "__subclasses__", "__bases__"), "looks inside a class"),
}
LOOKING = {"inspect": "reads the source or the frames of the student's code", "dis": "reads the student's bytecode"}
WHOLE_NAMESPACE = {"globals", "vars", "locals", "get_ipython"}


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


def student_names(release: Release) -> set[str]:
    """The names that the student's own cells bind."""
    names = set()
    for cell in release.cells:
        if cell.kind == "answer":
            tree = plain_python(cell.source)
            names |= {cell.id} | (bound(tree) if tree else set())
    return names


def reasons(node: ast.AST, own: set[str]) -> Iterator[tuple[int, str]]:
    """What one node asks for that cannot cross, and in which line."""
    line = getattr(node, "lineno", 0)
    if isinstance(node, ast.Attribute) and node.attr in INSIDE and mentions(node.value, own):
        yield line, f"{node.attr} {INSIDE[node.attr]}"
    if isinstance(node, ast.ClassDef) and any(mentions(base, own) for base in node.bases):
        yield line, f"class {node.name} derives from a class of the student's"
    if isinstance(node, ast.ExceptHandler) and node.type is not None and mentions(node.type, own):
        yield line, "except catches an exception class of the student's; the judge sees its builtin base"
    if isinstance(node, ast.With | ast.AsyncWith) and any(mentions(item.context_expr, own) for item in node.items):
        yield line, "with enters a context of the student's"
    if isinstance(node, ast.Await | ast.AsyncFor):
        yield line, "await waits for the student's code"
    if isinstance(node, ast.Call):
        yield from call_reasons(node, own, line)


def call_reasons(node: ast.Call, own: set[str], line: int) -> Iterator[tuple[int, str]]:
    """What one call asks for that cannot cross."""
    name = ast.unparse(node.func)
    module = name.split(".")[0]
    if module in LOOKING and any(mentions(argument, own) for argument in node.args):
        yield line, f"{name} {LOOKING[module]}"
    if name in WHOLE_NAMESPACE and not node.args:
        yield line, f"{name}() is the judge's, not the student's"
    if name.endswith(("mock.patch", "patch.object")) or name == "patch":
        yield line, f"{name} replaces something in the judge, where the student's code does not look"


def mentions(node: ast.AST, names: set[str]) -> bool:
    """Whether one of these names is read in it."""
    return any(isinstance(part, ast.Name) and part.id in names for part in ast.walk(node))
