"""What stays in the box: numbered handles, and how anything is described that is not plain data."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import numpy as np

from .decode import Decoder
from .encode import Encoder
from .frames import TooLarge

_BASES: tuple[tuple[type, Callable[[Any], Any]], ...] = (
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


def type_name(value: Any) -> str:
    """The name of the value's type, whatever its metaclass says."""
    return str(type.__dict__["__name__"].__get__(type(value)))


class Objects:
    """The handles of one box; the same object always has the same number."""

    def __init__(self) -> None:
        self._objects: list[Any] = []
        self._numbers: dict[int, int] = {}
        self._returned: dict[int, tuple[int, Any]] = {}
        self._count = 0

    def handle(self, value: Any) -> list[Any]:
        """The tree of a handle to this object."""
        number = self._numbers.get(id(value))
        if number is None:
            number = self._numbers[id(value)] = len(self._objects)
            self._objects.append(value)
        return ["h", number, type_name(value), callable(value)]

    def identity(self, value: Any) -> int | None:
        """A number that a returned dict, list or set keeps, so that the judge knows it when it comes back again."""
        if type(value) not in (dict, list, set):
            return None
        known = self._returned.get(id(value))
        if known is None:
            self._count += 1
            known = self._returned[id(value)] = (self._count, value)  # kept alive, so that its id is not used again
            if len(self._returned) > KNOWN:
                del self._returned[next(iter(self._returned))]
        return known[0]

    def __getitem__(self, number: int) -> Any:
        return self._objects[number]

    def encoder(self) -> Encoder:
        """An encoder that reduces subclasses of plain types, and keeps everything else as a handle."""
        return Encoder(self._other)

    def _other(self, encoder: Encoder, value: Any, depth: int) -> Any:
        for base, reduce in _BASES:
            if isinstance(value, base) and issubclass(type(value), base):
                return ["x", type_name(value), encoder.tree(reduce(value), depth)]
        return self.handle(value)

    def tree(self, value: Any) -> tuple[Any, list[bytes]]:
        """The tree of one value with its buffers; what is too large or cannot be read stays here as a handle."""
        encoder = self.encoder()
        try:
            return encoder.tree(value), encoder.buffers
        except (TooLarge, Exception):  # a student's object may do anything when it is looked at
            return self.handle(value), []

    def decoder(self, buffers: list[memoryview], callback: Callable[[int], Any]) -> Decoder:
        """A decoder for what the judge sends."""
        return Decoder(
            buffers,
            {
                "h": lambda tree: self._objects[tree[1]],
                "x": lambda tree: tree[2],
                "k": lambda tree: callback(tree[1]),
                "g": lambda tree: getattr(importlib.import_module(tree[1]), tree[2]),
            },
        )
