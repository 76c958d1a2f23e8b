"""The global names that a test cell runs with: trusted ones here, the student's through the link."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, KeysView
from typing import Any

from autograder.judge.crossing import handle_of
from autograder.judge.errors import CannotBeSplitError
from autograder.judge.link import Link
from autograder.judge.mirrors import SCALARS
from autograder.judge.reading import read_later
from autograder.judge.remote import RemoteCallable
from autograder.judge.rewritten import display
from autograder.judge.there import THERE, Import
from autograder.judge.trusted import BUILTINS, Names

SHADOWS = "__seedbed_shadows__"
"""Under which name later tests find which builtins an earlier one has put something before."""


class TestNamespace(dict[str, Any]):
    """Globals of one test cell.

    A name is looked up among the trusted names and those that earlier test cells bound; if the release binds it in a
    cell of the student's, in the box. What the test sets or deletes of the latter is set or deleted in the box as
    well; every other name that a test binds stays in the judge, so that an expected value never crosses. What the
    release only imports in a cell of the student's is the judge's own, once the student has imported that too.
    """

    __test__ = False  # pytest would take it for a test class

    def __init__(self, names: Names, link: Link, ours: dict[str, Any]) -> None:
        super().__init__(display=display)
        here = {name: value for name, value in names.here.items() if name not in names.remote}
        self._kept = {name: value for name, value in here.items() if type(value) is Import}
        self.update({name: value for name, value in here.items() if name not in self._kept})
        self.update(ours)
        self._remote, self._imported, self._ours, self._link = names.remote, names.imported, {*ours, THERE}, link
        super().__setitem__(THERE, self.there)
        self._there: list[tuple[Any, Import]] = []
        self._deleted: set[str] = set()
        self._cached: set[str] = set()
        self._same: set[str] = set()
        self._known: dict[str, Any] = {}
        self._shadows: set[str] = set(names.here.get(SHADOWS, ()))
        link.before.append(self.settle)
        link.around.append(self.shadowed)
        link.after.append(self.forget)

    def fetch(self, names: frozenset[str]) -> None:
        """Look up all of these names of the student's in one trip."""
        if wanted := sorted(names & self._remote):
            self._look_up(wanted)

    def _look_up(self, names: list[str]) -> None:
        """Look names up, and keep what they are until something of the student's has run.

        Raises
        ------
        CannotBeSplitError
            If the release imports a function or a module by that name, and the student has another one: it may be as
            good, and it may be made to say yes to everything. (An object in a module's place is asked nothing; see
            manners.py.)
        """
        imports = {name: (one.module, one.name) for name in names if (one := self._imported.get(name))}
        found, same = self._link.look_up(names, imports)
        for name, value in found.items():
            if name in imports and name not in same and (is_module(value) or (imports[name][1] and callable(value))):
                raise CannotBeSplitError(f"{name} is not what is imported; a person has to look at it")
        self._cached |= found.keys()
        self._same |= same
        self._keep({name: self._imported[name].value if name in same else value for name, value in found.items()})

    def _keep(self, values: dict[str, Any]) -> None:
        """Hold what the box holds by these names, too."""
        self.update(values)
        self._known |= values

    def settle(self) -> None:
        """Bind in the box what `global K; K = 1` and `globals().update` have bound: Python does not tell of these."""
        for name in self._known.keys() - dict.keys(self):
            self.delete_there(name)
        for name in self._remote & dict.keys(self):
            value = super().__getitem__(name)
            if self._known.get(name, self) is not value:
                self.set_there(name, value)

    @contextlib.contextmanager
    def shadowed(self) -> Iterator[None]:
        """Let the student's code meet what the test has put before a builtin: `def print(*what): ...`."""
        saved = {}
        for name in self._shadows & dict.keys(self):
            saved[name] = self._link.put("get", name)
            self._link.put("set", name, super().__getitem__(name))
        yield
        for name, before in saved.items():
            self._link.put(*(("delete", name) if before.raised else ("set", name, before.value)))

    def forget(self) -> None:
        """Ask anew for the student's data and objects: something of theirs has run. What is called stays what it is."""
        for name in [one for one in self._cached if not self._lasts(one)]:
            self._cached.discard(name)
            self._known.pop(name, None)
            self.pop(name, None)

    def _lasts(self, name: str) -> bool:
        value = dict.get(self, name)
        return name in self._same or issubclass(type(value), RemoteCallable) or is_module(value)

    def own(self) -> dict[str, Any]:
        """What remains in the judge after the cell, for later test cells."""
        kept = {name: value for name, value in self.items() if name not in self._remote and name not in self._ours}
        imported = {id(made): found for made, found in self._there}
        shadows = {SHADOWS: frozenset(self._shadows)} if self._shadows else {}
        return shadows | self._kept | {name: imported.get(id(value), value) for name, value in kept.items()}

    def there(self, module: str, what: str) -> Any:
        """What a test imports of a module that holds what the student's code has done."""
        found = Import(module, what)
        self._there.append((found.there(self._link), found))
        return self._there[-1][0]

    def __missing__(self, name: str) -> Any:
        if name in self._kept:
            found = self._kept.pop(name)
            super().__setitem__(name, self.there(found.module, found.what))
            return super().__getitem__(name)
        if name in self._remote and name not in self._deleted:
            self._look_up([name])
            if super().__contains__(name):
                return super().__getitem__(name)
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or (isinstance(name, str) and self.get(name, self) is not self)

    def get(self, name: str, default: Any = None) -> Any:
        """As `dict.get`, for names of the student's too: a test may ask `globals()`."""
        try:
            return self[name]
        except KeyError:
            return default

    def __setitem__(self, name: str, value: Any) -> None:
        if name in self._remote:
            self.set_there(name, value)
        else:
            super().__setitem__(name, value)
            if name in BUILTINS and callable(value):
                self._shadows.add(name)

    def set_there(self, name: str, value: Any) -> None:
        """Bind a name in the box as well.

        An open file cannot be sent, for instance. It stays here if none of the student's functions would look for it.

        Raises
        ------
        CannotBeSplitError
            If one would.
        """
        self._keep({name: value})
        try:
            self._link.ask("set", name, value)
        except CannotBeSplitError:
            if any(name in read_later(cell) for cell in self._link.written()):
                raise
        self._deleted.discard(name)
        (self._cached.add if type(value) in SCALARS else self._cached.discard)(name)  # the student may set it again

    def __delitem__(self, name: str) -> None:
        if name in self._remote and name not in self._deleted:
            self.delete_there(name)
        else:
            super().__delitem__(name)

    def delete_there(self, name: str) -> None:
        """Unbind a name in the box as well."""
        self._link.ask("delete", name)
        self._deleted.add(name)
        self._known.pop(name, None)
        self.pop(name, None)

    def keys(self) -> KeysView[str]:  # type: ignore[override]  # a view of a dict, which is made for it
        """As of a dict, with the student's names: a test may look for one in `dir()`."""
        there = self._link.ask("names", sorted(self._remote - self._deleted))
        found = [name for name in there if name in self._remote] if isinstance(there, list) else []
        return dict.fromkeys([*super().keys(), *self._kept, *found]).keys()

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())


def is_module(value: Any) -> bool:
    """Whether it stands for a module of the box."""
    handle = handle_of(value)
    return handle is not None and handle.type == "module"
