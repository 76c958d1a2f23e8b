"""Random generators as arguments: the box gets one in the same state, and what it draws is drawn here too."""

from __future__ import annotations

import contextlib
import random
import sys
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.records import Handle

if TYPE_CHECKING:
    from autograder.judge.link import Link

MAKERS: dict[type, tuple[str, str]] = {
    np.random.Generator: ("numpy.random", "default_rng"),
    np.random.RandomState: ("numpy.random", "RandomState"),
    random.Random: ("random", "Random"),
}
"""The kinds of generators, and what makes one."""


class Generators:
    """The generators that a test has given to the student's code."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._known: dict[int, tuple[Any, Handle, Handle]] = {}

    def there(self, generator: Any) -> Handle | None:
        """The one in the box that stands for this one, in its state; None where there is no such kind."""
        known = self._known.get(id(generator)) or self._make(generator)
        if known is None:
            return None
        _, made, inner = known
        if type(generator) is random.Random:
            self._link.put("call", self._link.put("getattr", made, "setstate").value, (generator.getstate(),), {})
        else:
            self._link.put("setattr", inner, "state", plain(generator))
        return made

    def _make(self, generator: Any) -> tuple[Any, Handle, Handle] | None:
        of_python = type(generator) is random.Random
        if not of_python and type(core(generator)) not in (np.random.PCG64, np.random.MT19937):
            return None
        module, name = MAKERS[type(generator)]
        made = self._link.put("call", self._link.put("getattr", sys.modules[module], name).value, (), {}).value
        inner = made if of_python else self._link.put("getattr", made, "_bit_generator").value
        if not (isinstance(made, Handle) and isinstance(inner, Handle)):
            return None
        if not self._known:
            self._link.after.append(self.fetch)
        self._known[id(generator)] = generator, made, inner
        return self._known[id(generator)]

    def fetch(self) -> None:
        """Let each go on from where the student's code has left its counterpart."""
        for generator, made, inner in self._known.values():
            if type(generator) is random.Random:
                found = self._link.put("call", self._link.put("getattr", made, "getstate").value, (), {}).value
                if is_pythons(found):
                    generator.setstate(found)
                continue
            state = self._link.put("getattr", inner, "state").value
            if isinstance(state, dict) and is_sound(state):
                with contextlib.suppress(TypeError, ValueError, KeyError, OverflowError):
                    core(generator).state = state


def core(generator: Any) -> Any:
    """What the generator draws from."""
    return generator.bit_generator if isinstance(generator, np.random.Generator) else generator._bit_generator  # noqa: SLF001 - it has no other name


def plain(generator: Any) -> dict[str, Any]:
    """The state, as plain data."""
    state: dict[str, Any] = core(generator).state
    return state


def is_sound(state: dict[str, Any]) -> bool:
    """Whether NumPy may be given this state: it does not look at a position before it reads there."""
    inner = state.get("state")
    if state.get("bit_generator") == "PCG64":
        return isinstance(inner, dict) and all(type(number) is int for number in inner.values())
    if state.get("bit_generator") != "MT19937" or not isinstance(inner, dict):
        return False
    key, position = inner.get("key"), inner.get("pos")
    whole = isinstance(key, np.ndarray) and key.shape == (624,) and key.dtype == np.uint32
    return whole and type(position) is int and 0 <= position <= 624


def is_pythons(state: Any) -> bool:
    """Whether this is a state of Python's own generator: 624 words, a place among them, and half of a pair of draws."""
    if type(state) is not tuple or len(state) != 3 or state[0] != 3 or type(state[1]) is not tuple:
        return False
    version, words, half = state
    whole = len(words) == 625 and {*map(type, words)} == {int} and all(0 <= word < 2**32 for word in words)
    return type(version) is int and whole and words[-1] <= 624 and type(half) in (float, type(None))
