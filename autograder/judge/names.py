"""Which names a piece of Python binds and mentions, found by reading it."""

from __future__ import annotations

import ast
import re
import sys
import textwrap

MAGICS = 10
"""Of more lines that are no Python, all that look like a magic are taken for one."""


TIMEIT = r"%timeit\b(\s+(-[nrp]\s*\d+|-[tcqov]+)(?!\S))*"
TIMED = re.compile(rf"(?P<indent>\s*)(%time\b|%?{TIMEIT})\s+(?P<statement>\S.*)")
"""A line that times a statement, which runs all the same."""
SHOWN = re.compile(r"\s*%time\s+\S")
"""The one magic whose value a notebook shows as that of the cell, where it comes last."""
WHOLE = re.compile(r"\s*%%(timeit|capture)\b([^\S\n]+--no-\w+)*[^\S\n]*(?P<name>[^\W\d]\w*)?[^\S\n]*(?P<more>.*)")
"""How a cell begins that shows no value: it is timed, or what it prints is kept, under a name perhaps."""


def plain_python(source: str) -> ast.Module | None:
    """The syntax tree of a cell without its magics and shell lines; None where it is not Python.

    Only what Python cannot read is taken for a magic: a line of a text, or of a long expression, may look like one.
    What a magic only times, or listens to, is left where it stands.
    """
    return read(source)[0]


def read(source: str) -> tuple[ast.Module | None, str]:
    """As `plain_python`, and the text that it is the tree of."""
    lines = source.split("\n")
    for count in range(MAGICS + 2):
        text = dedented("\n".join(lines))
        try:
            return kept(ast.parse(text), source), text
        except SyntaxError as error:
            magics = [place for place, line in enumerate(lines) if line.lstrip().startswith(("%", "!"))]
            if not magics:
                break
            here = (error.lineno or 0) - 1
            for place in [here] if here in magics and count < MAGICS else magics:
                magic, lines[place] = lines[place], without_magic(lines[place])
                if not (SHOWN.match(magic) or "".join(lines[place + 1 :]).strip()):
                    lines.append(f"{indent_of(magic)}None")
        except (ValueError, RecursionError, MemoryError):
            break
    return None, text


def without_magic(line: str) -> str:
    """What a line with a magic runs of Python: the statement that it times, or nothing."""
    if timed := TIMED.fullmatch(line):
        return timed["indent"] + timed["statement"]
    return f"{indent_of(line)}pass" if indent_of(line) else ""  # it may be all that an `if` holds


def kept(tree: ast.Module, source: str) -> ast.Module:
    """A cell as its first line has it, which may keep what the others print."""
    magic = WHOLE.match(source)
    if magic and magic[1] == "capture" and magic["name"] and not magic["more"]:
        with_it = ast.parse(f"with {CAPTURE} as {magic['name']}:\n    pass")
        with_it.body[0].body = tree.body or with_it.body[0].body  # type: ignore[attr-defined]  # it is a `with`
        return with_it
    if magic:
        tree.body += ast.parse("None").body
    return tree


CAPTURE = "__import__('IPython.utils.capture', fromlist=['capture_output']).capture_output()"


def indent_of(line: str) -> str:
    """What a line begins with."""
    return line[: len(line) - len(line.lstrip())]


def dedented(source: str) -> str:
    """A cell as IPython runs it, which lets it be indented as a whole."""
    return textwrap.dedent(source) if source[:1].isspace() else source


def bound(tree: ast.AST) -> set[str]:
    """Names that the top level binds or deletes, nested blocks included; of functions, what they declare as global."""
    names: set[str] = set()
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names |= {node.name} | globals_of(node)
            continue
        if isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            names |= {one.target.id for one in ast.walk(node) if isinstance(one, ast.NamedExpr)}
        if isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            continue
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        if isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom) and star_imports(node):
            names |= public(node.module or "")
        if isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            names.add(node.name)
        if isinstance(node, ast.MatchMapping) and node.rest:
            names.add(node.rest)
        waiting += ast.iter_child_nodes(node)
    return names - {"*"}


def globals_of(function: ast.AST) -> set[str]:
    """Names of the top level that a function binds or deletes."""
    found = {name for node in ast.walk(function) if isinstance(node, ast.Global) for name in node.names}
    return found and found & {
        node.id for node in ast.walk(function) if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)
    }


def public(module: str) -> set[str]:
    """What `from module import *` binds, where the module is there already: none is imported to find that out."""
    found = vars(sys.modules[module]) if module in sys.modules else {}
    return set(found.get("__all__", (name for name in found if not name.startswith("_"))))


def mentioned(tree: ast.AST) -> set[str]:
    """Names that are read, function bodies included, less those that the same piece binds before or inside.

    Locals of functions are left out; a name that is read and also bound at the top level counts as its own.
    """
    loads = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    inner: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            inner |= {argument.arg for argument in ast.walk(node.args) if isinstance(argument, ast.arg)}
            inner |= {
                name.id for name in ast.walk(node) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
            }
        if isinstance(node, ast.comprehension):
            inner |= {name.id for name in ast.walk(node.target) if isinstance(name, ast.Name)}
    return loads - inner - bound(tree)


def changed(tree: ast.AST) -> set[str]:
    """Names that are changed by `+=` and its like, which reads them too."""
    targets = [node.target for node in ast.walk(tree) if isinstance(node, ast.AugAssign)]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def star_imports(tree: ast.AST) -> bool:
    """Whether it imports all names of a module."""
    return isinstance(tree, ast.ImportFrom) and any(alias.name == "*" for alias in tree.names)
