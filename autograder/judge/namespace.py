"""The global names that a test cell runs with: trusted ones here, the student's through the link."""

from __future__ import annotations

from typing import Any

from autograder.judge.link import Link
from autograder.judge.remote import Remote


class TestNamespace(dict[str, Any]):
    """Globals of one test cell.

    A name is looked up among the trusted names and those that earlier test cells bound; if the release binds it in a
    cell of the student's, in the box. What the test sets or deletes of the latter is set or deleted in the box as
    well; every other name that a test binds stays in the judge, so that an expected value never crosses.
    """

    __test__ = False  # pytest would take it for a test class

    def __init__(self, trusted: dict[str, Any], remote: frozenset[str], link: Link) -> None:
        super().__init__({name: value for name, value in trusted.items() if name not in remote})
        self._remote, self._link = remote, link
        self._deleted: set[str] = set()
        self._cached: set[str] = set()
        link.called = self.forget

    def fetch(self, names: frozenset[str]) -> None:
        """Look up all of these names of the student's in one trip."""
        wanted = sorted(names & self._remote)
        if wanted:
            found = self._link.look_up(wanted)
            self._cached |= found.keys()
            self.update(found)

    def forget(self) -> None:
        """Ask anew for the student's data: something of theirs has run. What is called stays what it is."""
        for name in [one for one in self._cached if not issubclass(type(dict.get(self, one)), Remote)]:
            self._cached.discard(name)
            self.pop(name, None)

    def own(self) -> dict[str, Any]:
        """What remains in the judge after the cell, for later test cells."""
        return {name: value for name, value in self.items() if name not in self._remote}

    def __missing__(self, name: str) -> Any:
        if name in self._remote and name not in self._deleted:
            found = self._link.look_up([name])
            if name in found:
                self._cached.add(name)
                super().__setitem__(name, found[name])
                return found[name]
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
        super().__setitem__(name, value)
        if name in self._remote:
            self._link.ask("set", name, value)
            self._deleted.discard(name)
            self._cached.discard(name)

    def __delitem__(self, name: str) -> None:
        if name in self._remote and name not in self._deleted:
            self._link.ask("delete", name)
            self._deleted.add(name)
            self.pop(name, None)
        else:
            super().__delitem__(name)
