"""Make small mistakes in the answer key: one operator, constant, index, argument or line at a time."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from functools import partial

from autograder.audit.report import Entry
from autograder.records import Release

Change = tuple[str, Callable[[], object]]
"""What is changed, and the change, to be made in a copy of the tree."""

OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Mult),
    ast.Mult: (ast.Div, ast.Add, ast.Sub, ast.Pow),
    ast.Div: (ast.Mult, ast.FloorDiv, ast.Add, ast.Sub),
    ast.FloorDiv: (ast.Div, ast.Mult),
    ast.Mod: (ast.FloorDiv, ast.Mult),
    ast.Pow: (ast.Mult, ast.Div),
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
NAMES = {
    "zeros": ("ones", "empty_like"),
    "ones": ("zeros",),
    "randn": ("rand", "random_sample"),
    "sqrt": ("square", "cbrt"),
    "min": ("max",),
    "max": ("min",),
    "sum": ("prod",),
    "append": ("extend",),
}
SIGNS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
}


def mutants(release: Release) -> Iterator[Entry]:
    """Every mutant of every answer of the key that is not the same text as another."""
    for cell in release.cells:
        if cell.kind == "answer":
            tree = ast.parse(cell.source)
            seen = {ast.unparse(tree)}
            for says, text in changed_texts(tree):
                if text not in seen:
                    seen.add(text)
                    yield Entry("mutant", cell.id, f"mutant {len(seen) - 1}", says, "", (text,))


def changed_texts(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """What is changed, and the mutated text, for every change of every node."""
    for number, _ in enumerate(ast.walk(tree)):
        for change in range(99):
            mutated = copy.deepcopy(tree)
            node = list(ast.walk(mutated))[number]
            changes = list(changes_of(node))
            if change >= len(changes):
                break
            says, make = changes[change]
            line = getattr(node, "lineno", 0)
            make()
            yield f"line {line}: {says}", ast.unparse(ast.fix_missing_locations(mutated))


def changes_of(node: ast.AST) -> Iterator[Change]:
    """The changes that can be made at one node."""
    if isinstance(node, ast.BinOp):
        yield from operator_changes(node)
    elif isinstance(node, ast.Compare):
        for other in COMPARISONS.get(type(node.ops[0]), ()):
            says = f"{SIGNS[type(node.ops[0])]} becomes {SIGNS[other]}"
            yield says, partial(node.ops.__setitem__, 0, other())
    elif isinstance(node, ast.Constant):
        yield from constant_changes(node)
    elif isinstance(node, ast.Call):
        yield from list_changes("arguments", node.args)
        if len(node.args) == 1:
            yield f"{ast.unparse(node.func)}(...) becomes its argument", partial(unwrap, node)
    elif isinstance(node, ast.Tuple):
        yield from list_changes("entries", node.elts)
    elif isinstance(node, ast.Attribute):
        for name in NAMES.get(node.attr, ()):
            yield f"{node.attr} becomes {name}", partial(setattr, node, "attr", name)
    if isinstance(body := getattr(node, "body", None), list):
        yield from dropped_lines(body)


def operator_changes(node: ast.BinOp) -> Iterator[Change]:
    """Another operator, the operands exchanged, or one of them alone."""
    sign = SIGNS.get(type(node.op), "?")
    for other in OPERATORS.get(type(node.op), ()):
        yield f"{sign} becomes {SIGNS[other]}", partial(setattr, node, "op", other())
    if not isinstance(node.op, ast.Add | ast.Mult):
        yield f"{sign} with its operands exchanged", partial(exchange, node)
    plus_nothing = ast.Constant(0) if isinstance(node.op, ast.Add | ast.Sub) else ast.Constant(1)
    if not is_text(node.left) and not is_text(node.right):
        yield f"{sign} and what follows left out", partial(setattr, node, "right", plus_nothing)


def unwrap(node: ast.Call) -> None:
    """Turn f(x) into +x, which is x for numbers (a text raises, and is killed)."""
    argument = node.args[0]
    node.__class__ = ast.UnaryOp  # type: ignore[assignment]  # in place, since the parent is not known
    node.__dict__.update(op=ast.UAdd(), operand=argument)


def is_docstring(statement: ast.stmt) -> bool:
    """Whether it is a literal that nobody uses."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def is_text(node: ast.expr) -> bool:
    """Whether it is a literal text."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def exchange(node: ast.BinOp) -> None:
    """Exchange the operands."""
    node.left, node.right = node.right, node.left


def constant_changes(node: ast.Constant) -> Iterator[Change]:
    """A number one more, one less, turned or zero; a short text in the other case, or empty."""
    value = node.value
    new: list[object] = []
    if isinstance(value, bool):
        new = [not value]
    elif isinstance(value, int | float):
        new = [value + 1, value - 1, 0, -value]
    elif isinstance(value, str) and len(value) < 20:
        new = [value.swapcase(), ""]
    for other in new:
        if other != value:
            yield f"{value!r} becomes {other!r}", partial(setattr, node, "value", other)


def list_changes(what: str, items: list[ast.expr]) -> Iterator[Change]:
    """Two neighbours exchanged, or one left out."""
    for place in range(len(items) - 1):
        yield f"{what} {place + 1} and {place + 2} exchanged", partial(exchange_neighbours, items, place)
    for place in range(len(items)):
        yield f"{what} without number {place + 1}", partial(items.pop, place)


def exchange_neighbours(items: list[ast.expr], place: int) -> None:
    """Exchange an item and the one after it."""
    items[place], items[place + 1] = items[place + 1], items[place]


def dropped_lines(body: list[ast.stmt]) -> Iterator[Change]:
    """One statement left out; docstrings and definitions stay."""
    for place, statement in enumerate(body):
        if isinstance(statement, ast.FunctionDef | ast.ClassDef) or is_docstring(statement):
            continue
        text = ast.unparse(statement).split("\n", 1)[0]
        yield f"left out: {text}", partial(body.__setitem__, place, ast.Pass())
