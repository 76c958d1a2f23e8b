"""The judge's own copy of what a test cell may rely on: imports and definitions that no student can touch.

A read-only cell of the release is trusted if every global name that it mentions is a builtin or comes from a trusted
cell. Of the trusted cells, only the statements that some test cell needs are run, once per release.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import copy
import functools
import inspect
import io
import types
from dataclasses import dataclass, field, replace
from typing import Any

from autograder.judge import apart, guard, there
from autograder.judge.importing import Modules
from autograder.judge.manners import KeyRun
from autograder.judge.names import bound, mentioned, plain_python, star_imports
from autograder.judge.there import FIGURES
from autograder.records import Release

BUILTINS = frozenset(dir(builtins))
CHANGING = (int, float, str, list, dict, set)
"""Types of data with which a class may count or collect."""
CACHED: type[Any] = type(functools.cache(len))
"""What `functools` makes of a function that remembers."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The judge's own copy of what the release imports, and from where: a module, and the name in it, if any."""

    value: Any
    module: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What a test finds under which name.

    `here` are the judge's own. `remote` are those that the release binds in cells of the student's: they are looked up
    in the box. `imported` are the judge's own copies of those among them that the release does nothing with but import.
    `given` are the data and the classes of cells that students cannot change, and whatever is made of them: the judge
    has copies, and the student's code may have changed what is in the box.
    """

    here: dict[str, Any]
    remote: frozenset[str] = frozenset()
    imported: dict[str, Imported] = field(default_factory=dict)
    given: frozenset[str] = frozenset()

    def as_in_the_box(self) -> Names:
        """The same, with what is given taken from the box."""
        return replace(self, remote=self.remote | self.given)


class Trusted:
    """The trusted names of one release.

    Attributes
    ----------
    names : Names
        After all trusted statements that the tests need.
    plots : bool
        Whether the tests or the answer key have to do with figures.
    used : set of str
        What is given and mentioned in the answer key's own cells: students may change it, by mistake or on purpose.
    keys : dict or None
        What the tests ask of the answer key, once somebody has needed to know: where they have the judge's copies of
        what is given, and where they have the box's.
    """

    def __init__(self, release: Release) -> None:
        apart.watch()  # before any name of it is imported
        guard.prepare()
        here = self._here = {"__name__": "__main__", "__builtins__": builtins}
        self.files = release.files
        self.plots = any(FIGURES.search(cell.source) for cell in release.cells if cell.kind in ("test", "answer"))
        self.keys: Keys | None = None
        remote = {cell.id for cell in release.cells if cell.kind == "answer"}
        trees = {id(cell): plain_python(cell.source) for cell in release.cells if cell.kind != "text"}
        wanted = self._wanted(release, trees)
        stateful: set[str] = set()
        others: list[ast.Module] = []
        self._modules = Modules(release.files)
        with self.importable():
            for cell in release.cells:
                tree = trees.get(id(cell))
                if tree is None or cell.kind == "test":
                    continue
                trusted = cell.kind in ("given", "demonstration") and not (mentioned(tree) - here.keys() - BUILTINS)
                if trusted and not (mentioned(tree) & remote) and self._run(tree, wanted):
                    remote -= bound(tree)
                    stateful |= stateful_names(tree)
                else:
                    remote |= bound(tree)
                    others.append(tree)
            only = only_imported(others, remote & wanted)
        fixed = [tree for cell in release.cells if cell.kind == "given" and (tree := trees.get(id(cell))) is not None]
        self.names = Names(here, frozenset(remote | stateful), only, given_by(fixed) - remote - stateful)
        answers = (trees.get(id(cell)) for cell in release.cells if cell.kind == "answer")
        self.used = {name for tree in answers if tree for name in mentioned(tree)} & self.names.given
        self._copied = copied({name: here[name] for name in self.names.given & wanted if name in here})
        self._classes = [(one, copied(attributes(one))) for one in self._copied.values() if isinstance(one, type)]

    def copies(self) -> dict[str, Any]:
        """The judge's own names, for one run of a notebook: what a test changes of them is as before in the next.

        Functions and classes that are given have the same copies, and what a class counts is put back.
        """
        self.names.here.update(copied(self._copied))
        for kind, before in self._classes:
            for name in attributes(kind).keys() - before.keys():
                delattr(kind, name)
            for name, value in copied(before).items():
                setattr(kind, name, value)
        return dict(self.names.here)

    def forget(self) -> None:
        """Empty the caches of given functions: to one, 4.0 from one student and 4 from another are the same.

        One of no arguments holds nothing of anybody's; it may have taken long to make.
        """
        for value in [*self._here.values(), *self._modules.values()]:
            if type(value) is CACHED and inspect.signature(value).parameters:
                value.cache_clear()

    def _wanted(self, release: Release, trees: dict[int, ast.Module | None]) -> set[str]:
        """The names that test cells mention, and what the statements that bind those mention in turn."""
        wanted: set[str] = set()
        for cell in release.cells:
            tree = trees.get(id(cell))
            if cell.kind == "test" and tree is not None:
                wanted |= mentioned(tree)
        statements = [
            statement
            for cell in release.cells
            if cell.kind in ("given", "demonstration") and (tree := trees.get(id(cell))) is not None
            for statement in tree.body
        ]
        before = -1
        while before != len(wanted):
            before = len(wanted)
            for statement in statements:
                if bound(statement) & wanted:
                    wanted |= mentioned(statement) | bound(statement)  # a function may bind what it counts
        return wanted

    def _run(self, tree: ast.Module, wanted: set[str]) -> bool:
        """Run those statements of a trusted cell that the tests need; the others only leave their names behind.

        Returns
        -------
        bool
            Whether it could be run: it may need files that only the box has.
        """
        for statement in tree.body:
            if bound(statement) & wanted or star_imports(statement):
                try:
                    with contextlib.redirect_stdout(io.StringIO()):
                        exec(compile(ast.Module([statement], []), "<release>", "exec"), self._here)  # noqa: S102 - trusted
                except Exception:
                    return False
            else:
                self._here.update({name: NOT_RUN for name in bound(statement) if name not in self._here})
        return True

    def importable(self) -> contextlib.AbstractContextManager[None]:
        """Let an import find the modules of this release, as its tests do."""
        return self._modules.importable()

    def close(self) -> None:
        """Remove the folder of trusted files."""
        self._modules.close()


def copied(values: dict[str, Any]) -> dict[str, Any]:
    """Copies of these, which have in common what they had; what cannot be copied is as it is."""
    with contextlib.suppress(Exception):
        return copy.deepcopy(values)
    return values


def attributes(kind: type) -> dict[str, Any]:
    """The plain data that a class holds."""
    return {name: value for name, value in vars(kind).items() if not name.startswith("__") and type(value) in CHANGING}


def stateful_names(tree: ast.Module) -> set[str]:
    """The names under which a cell imports something that the box has to be asked for."""
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom))
    pairs = ((alias, node) for node in imports for alias in node.names)
    return {(a.asname or a.name).split(".")[0] for a, node in pairs if there.is_there(there.given_by(a, node))}


def given_by(trees: list[ast.Module]) -> frozenset[str]:
    """The names of data and of classes that these cells bind, and of whatever mentions one of those."""
    statements = [one for tree in trees for one in tree.body if not isinstance(one, ast.Import | ast.ImportFrom)]
    data = [one for one in statements if not isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
    found = {name for statement in data for name in bound(statement)}
    before = -1
    while before != len(found):
        before = len(found)
        uses = [one for one in statements if (mentioned(one) | bound(one)) & found]
        found |= {name for statement in uses for name in bound(statement)}
    return frozenset(found)


def only_imported(trees: list[ast.Module], names: set[str]) -> dict[str, Imported]:
    """What these names are, where the release's cells do nothing with them but import them from a library."""
    found: dict[str, Any] = {}
    origins: dict[str, tuple[str, str]] = {}
    statements = [statement for tree in trees for statement in tree.body]
    for name in names:
        binding = [statement for statement in statements if name in bound(statement)]
        if all(isinstance(one, ast.Import | ast.ImportFrom) for one in binding):
            module = ast.Module(binding, [])
            if name not in stateful_names(module):
                with contextlib.suppress(ImportError):  # then it is a module of the student's
                    exec(compile(module, "<release>", "exec"), found)  # noqa: S102 - the release's own imports
                    origins.update((name, origin(one, name)) for one in binding)
    return {name: Imported(found[name], *origins[name]) for name in names if name in found and name in origins}


def origin(statement: ast.stmt, name: str) -> tuple[str, str]:
    """From where an import takes what it binds to this name: the module, and the name in that."""
    if isinstance(statement, ast.ImportFrom):
        parts = {alias.asname or alias.name: alias.name for alias in statement.names}
        return statement.module or "", parts.get(name, name)
    modules = {alias.asname: alias.name for alias in statement.names} if isinstance(statement, ast.Import) else {}
    return modules.get(name, name), ""


Keys = dict[bool, dict[str, KeyRun | None]]
"""By whether what is given is taken from the box, and by test cell."""

NOT_RUN = types.SimpleNamespace(reason="no test needs this name")
