"""NumPy's random generators as arguments: the box gets one in the same state, and what it draws is drawn here too."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.records import Handle

if TYPE_CHECKING:
    from autograder.judge.link import Link

Generator = np.random.Generator | np.random.RandomState
MAKERS: dict[type, str] = {np.random.Generator: "default_rng", np.random.RandomState: "RandomState"}


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
        self._link.put("setattr", known[2], "state", plain(generator))
        return known[1]

    def _make(self, generator: Any) -> tuple[Any, Handle, Handle] | None:
        if type(core(generator)) not in (np.random.PCG64, np.random.MT19937):
            return None
        maker = self._link.put("getattr", sys.modules["numpy.random"], MAKERS[type(generator)]).value
        made = self._link.put("call", maker, (), {}).value
        inner = self._link.put("getattr", made, "_bit_generator").value
        if not (isinstance(made, Handle) and isinstance(inner, Handle)):
            return None
        if not self._known:
            self._link.after.append(self.fetch)
        self._known[id(generator)] = generator, made, inner
        return self._known[id(generator)]

    def fetch(self) -> None:
        """Let each go on from where the student's code has left its counterpart."""
        for generator, _, inner in self._known.values():
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
