"""The judge's side of the codec: handles and reduced subclasses as records, callables as numbers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

from autograder.records import Handle, NotPlain, UnsendableError

from .inside.decode import Decoder
from .inside.encode import Encoder
from .inside.frames import ChannelError

MAX_NAME = 100
_BY_NAME = ("builtins", "math", "numpy")
_BASES: tuple[Any, ...] = (dict, list, tuple, str, bool, int, float, complex, set, frozenset)


class Values:
    """Encodes what the judge sends to one box, and decodes what comes back."""

    def __init__(self) -> None:
        self.callbacks: dict[int, Callable[..., Any]] = {}

    def encoder(self) -> Encoder:
        """An encoder for the operands of one question."""
        return Encoder(self._other)

    def decoder(self, buffers: list[memoryview]) -> Decoder:
        """A decoder for one reply."""
        return Decoder(buffers, {"h": _handle, "x": _not_plain})

    def add(self, callbacks: Mapping[int, Callable[..., Any]]) -> None:
        """Make callables known under numbers of the judge's choice."""
        self.callbacks.update(callbacks)

    def _other(self, encoder: Encoder, value: Any, depth: int) -> Any:
        if isinstance(value, Handle):
            return ["h", value.number]
        if isinstance(value, NotPlain):
            return encoder.tree(value.value, depth)
        named = _named(value)
        if named is not None:
            return named
        for base in _BASES:
            if isinstance(value, base):
                return encoder.tree(base(value), depth)
        if callable(value):
            return ["k", self._number(value)]
        raise UnsendableError(f"a value of type {type(value).__name__} cannot be sent to the box")

    def _number(self, value: Callable[..., Any]) -> int:
        for number, known in self.callbacks.items():
            if known is value:
                return number
        number = 1 + max(self.callbacks, default=0)
        self.callbacks[number] = value
        return number


def _named(value: Any) -> list[Any] | None:
    """A builtin, `math` or NumPy function or type goes by its name: the box has the same."""
    name = getattr(value, "__name__", None)
    if not isinstance(name, str):
        return None
    for module in _BY_NAME:
        if getattr(sys.modules.get(module), name, None) is value:
            return ["g", module, name]
    return None


def clean_name(text: Any) -> str:
    """A type's name as it may be shown; anything odd in it is gone."""
    if type(text) is not str:
        raise ChannelError("a name is not text")
    return "".join(letter for letter in text[:MAX_NAME] if letter.isprintable()) or "object"


def _handle(tree: list[Any]) -> Handle:
    _, number, name, is_callable = tree
    if type(number) is not int or not 0 <= number < 2**31 or type(is_callable) is not bool:
        raise ChannelError("not a handle")
    return Handle(number, clean_name(name), is_callable)


def _not_plain(tree: list[Any]) -> NotPlain:
    _, name, value = tree
    return NotPlain(value, clean_name(name))
