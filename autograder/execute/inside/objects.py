"""What stays in the box: numbered handles, and how anything is described that is not plain data."""

from __future__ import annotations

import builtins
import importlib
import sys
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable
from types import FunctionType
from typing import Any

import numpy as np

from . import aliases, faults, lent, library
from .decode import Decoder
from .encode import CONTAINERS, Encoder
from .frames import TooLarge
from .kept import Kept

_BASES: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (Counter, lambda value: Counter(dict(dict.items(value)))),
    (OrderedDict, lambda value: OrderedDict(OrderedDict.items(value))),
    (defaultdict, lambda value: defaultdict(value.default_factory, dict.items(value))),
    (deque, lambda value: deque(deque.__iter__(value), value.maxlen)),
    (dict, lambda value: dict(dict.items(value))),
    (list, lambda value: list(list.__iter__(value))),
    (tuple, lambda value: tuple(tuple.__iter__(value))),
    (str, str.__str__),
    (int, int.__int__),
    (float, float.__float__),
    (complex, complex.__complex__),
    (bytes, lambda value: bytes.join(b"", (value,))),
    (set, lambda value: set(set.__iter__(value))),
    (frozenset, lambda value: frozenset(frozenset.__iter__(value))),
    (np.ndarray, lambda value: np.ndarray.view(value, np.ndarray)),
)
"""Each base type, and how a subclass is reduced to it by the base's own methods alone."""


KNOWN = 256
"""How many returned containers are remembered."""
MARKED = 1_000
"""How many reduced subclasses of one answer keep a handle to what they were."""


def type_name(value: Any) -> str:
    """The name of the value's type, whatever its metaclass says."""
    return str(type.__dict__["__name__"].__get__(type(value)))


def tags_of(function: FunctionType) -> dict[str, Any]:
    """The public attributes that a function has been given."""
    return {name: value for name, value in vars(function).items() if not name.startswith("_")}


def of_objects(shape: tuple[int, ...], items: list[Any]) -> np.ndarray[Any, Any]:
    """An array of objects."""
    made = np.empty(len(items), object)
    for place, item in enumerate(items):
        made[place] = item
    return made.reshape(shape)


def own_methods(kind: type, base: type) -> tuple[str, ...]:
    """The methods that a class of the notebook's has otherwise than the builtin class from which it derives."""
    found: set[str] = set()
    for one in type.__dict__["__mro__"].__get__(kind):
        if one is base:
            break
        if one.__module__.partition(".")[0] not in sys.stdlib_module_names - {"__main__"}:
            members = vars(one).items()
            found |= {name for name, member in members if isinstance(member, FunctionType) or name == "__hash__"}
    return tuple(sorted(found))


class Objects:
    """The handles of one box; the same object always has the same number."""

    def __init__(self) -> None:
        self._objects: list[Any] = []
        self._numbers: dict[int, int] = {}
        self._returned: dict[int, tuple[int, Any]] = {}
        self.kept = Kept(lambda number: self.encoder(number=number, shallow=True))
        self._lent: dict[int, Any] = {}
        self._numbers_of_lent: dict[int, int] = {}

    def handle(self, value: Any) -> list[Any]:
        """The tree of a handle to this object."""
        return ["h", self._number(value), type_name(value), callable(value)]

    def _number(self, value: Any) -> int:
        number = self._numbers.get(id(value))
        if number is None:
            number = self._numbers[id(value)] = len(self._objects)
            self._objects.append(value)
        return number

    def identity(self, value: Any) -> int | None:
        """A number that a container keeps, so that the judge knows it when it comes back again."""
        if type(value) not in CONTAINERS or type(value) is np.ndarray:
            return None
        return self._remembered(value)

    def lasting(self, value: Any) -> int | None:
        """As `identity`, for arrays too: what a name or an attribute holds is kept alive by it."""
        return self._remembered(value) if type(value) is np.ndarray else self.identity(value)

    def _remembered(self, value: Any) -> int:
        known = self._returned.get(id(value))
        if known is None:
            known = self._returned[id(value)] = (
                self.kept.next(),
                value,
            )  # kept alive, so that its id is not used again
            if len(self._returned) > KNOWN:
                del self._returned[next(iter(self._returned))]
        return known[0]

    def container(self, identity: int) -> Any:
        """The container of this number, as long as it is remembered."""
        return next(value for number, value in self._returned.values() if number == identity)

    def __getitem__(self, number: int) -> Any:
        return self._objects[number]

    def encoder(
        self, once: bool = False, number: Callable[[Any], int | None] | None = None, shallow: bool = False
    ) -> Encoder:
        """An encoder that reduces subclasses of plain types, and keeps everything else as a handle."""
        return Encoder(self._other, once, number, shallow, None if number is None or shallow else self.kept.base)

    def _other(self, encoder: Encoder, value: Any, depth: int) -> Any:
        kind = type(value)
        if id(value) in self._numbers_of_lent:
            number = self._numbers_of_lent[id(value)]
            tags = tags_of(value) if kind is FunctionType else None
            return ["F", number, encoder.content(tags, depth)] if tags else ["k", number]
        if (alias := aliases.parts(value)) and aliases.is_plain(alias[0], alias[1] or ()):
            return ["A", alias[0], None if alias[1] is None else self._arguments(encoder, "t", alias[1], depth)]
        if issubclass(kind, type):
            return self._class(encoder, value, depth)
        if library.PATHS.get(kind.__name__) is kind:
            return ["P", kind.__name__, str(value), self._number(value)]
        if issubclass(kind, BaseException):
            return self._exception(encoder, value, depth)
        for base, reduce in _BASES:
            if isinstance(value, base) and issubclass(kind, base):
                own = own_methods(kind, base)
                names = [encoder.tree(own)] if own else []
                mark = self._mark(encoder, value) if own or base is not np.ndarray else None
                return ["x", type_name(value), encoder.tree(reduce(value), depth), mark, *names]
        return self.handle(value)

    def _arguments(self, encoder: Encoder, tag: str, arguments: Any, depth: int) -> list[Any]:
        """What stands in an annotation's brackets; a list there, of a callable's parameters, has no number."""
        parts = [
            self._arguments(encoder, "l", one, depth) if type(one) is list else encoder.tree(one, depth)
            for one in arguments
        ]
        return [tag, *parts]

    def _mark(self, encoder: Encoder, value: Any) -> int | None:
        """The handle's number of what a subclass was; nothing for the many of a large answer."""
        encoder.marked += 1
        return None if encoder.marked > MARKED else self._number(value)

    def _class(self, encoder: Encoder, value: type, depth: int) -> Any:
        if library.is_known(value):
            return ["g", "builtins", value.__name__]
        if not issubclass(value, BaseException):
            return self.handle(value)
        bases = encoder.tree(value.__bases__, depth)
        return ["E", self._number(value), str(value.__module__), value.__name__, bases]

    def _exception(self, encoder: Encoder, value: BaseException, depth: int) -> Any:
        own = type(value).__module__ != "builtins"
        kind = self._class(encoder, type(value), depth)
        said = encoder.tree(faults.arguments(value), depth)
        cause = None if value.__cause__ is None else self._other(encoder, value.__cause__, depth + 1)
        more = {} if own else {name: item for name, item in vars(value).items() if type(name) is str}
        number, attributes = self._number(value) if own else None, encoder.content(more, depth)
        return ["X", number, kind, *faults.told(value), said, cause, attributes]

    def tree(self, value: Any, encoder: Encoder) -> Any:
        """The tree of one value; what is too large or cannot be read stays here as a handle."""
        encoder.begin()
        try:
            return encoder.tree(value)
        except (TooLarge, Exception):  # a student's object may do anything when it is looked at
            encoder.undo()
            return self.handle(value)

    def lent(self, number: int, make: Callable[[], Any]) -> Any:
        """What stands here for something of the judge's, the same one each time."""
        if number not in self._lent:
            self._lent[number] = made = make()
            self._numbers_of_lent[id(made)] = number
        return self._lent[number]

    def decoder(self, buffers: list[memoryview], callback: Callable[[int], Any]) -> Decoder:
        """A decoder for what the judge sends."""
        return Decoder(
            buffers,
            {
                "h": lambda parts: self._objects[parts[0]],
                "x": lambda parts: parts[1],
                "N": lambda parts: self.kept.given(*parts),
                "k": lambda parts: self.lent(parts[0], lambda: callback(*parts)),
                "K": lambda parts: self.lent(parts[0], lambda: lent.made(callback(parts[0]), *parts[1:])),
                "C": lambda parts: self.lent(parts[0], lambda: lent.made_class(callback(parts[0]), *parts[1:])),
                "g": lambda parts: getattr(importlib.import_module(parts[0]), parts[1]),
                "m": lambda parts: importlib.import_module(parts[0]),
                "B": lambda parts: getattr(builtins, parts[0])(*parts[1]),
                "P": lambda parts: library.PATHS[parts[0]](parts[1]),
                "R": lambda parts: library.ONLY_GIVEN[parts[0]](*parts[1]),
                "O": lambda parts: of_objects(*parts),
                "A": lambda parts: aliases.alias(*parts),
            },
        )
