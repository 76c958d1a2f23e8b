"""What crosses between a test cell and a box, and what stands for it on either side."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FunctionType
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.judge.bounds import Bounds
from autograder.judge.exceptions import LIBRARIES, Exceptions, ExceptionStandIn
from autograder.judge.generators import MAKERS, Generators
from autograder.judge.lent import answerer, is_lendable
from autograder.judge.mirrors import Mirrors
from autograder.judge.rebuild import LookAlikes
from autograder.judge.remote import Remote, stand_in_for
from autograder.records import ExceptionClass, ExceptionValue, Handle, Lent, Named, NotPlain

if TYPE_CHECKING:
    from autograder.judge.link import Link


class Crossing:
    """Turns what arrives into what a test sees, and what a test gives into what can be sent."""

    def __init__(self, link: Link, bounds: Bounds) -> None:
        self.mirrors, self.exceptions = Mirrors(), Exceptions(link)
        self._link, self._bounds = link, bounds
        self._look_alikes, self._generators = LookAlikes(link), Generators(link)
        self._lent: dict[int, tuple[Any, Callable[..., Any]]] = {}
        self._originals: dict[int, Any] = {}
        self._remotes: dict[int, Remote] = {}

    def incoming(self, value: Any) -> Any:
        """What arrived, with stand-ins for handles and exceptions, and look-alikes for reduced subclasses."""
        kind = type(value)
        if kind in SCALARS:
            return value
        if kind is dict:
            return {self.incoming(key): self.incoming(item) for key, item in value.items()}
        if kind in (list, tuple, set, frozenset):
            return kind(self.incoming(item) for item in value)
        if kind is Handle:
            return self._remote(value)
        if kind is NotPlain:
            return self._look_alike(value)
        if kind is ExceptionClass:
            return self.exceptions.kind(value)
        if kind is ExceptionValue:
            return self.exceptions.value(value)
        return self._originals.get(id(value), value) if kind is FunctionType else value

    def _remote(self, handle: Handle) -> Any:
        """The stand-in for a handle, the same one each time."""
        if handle.type == "NotImplementedType":
            return NotImplemented
        if handle.number not in self._remotes:
            self._remotes[handle.number] = stand_in_for(self._link, handle)
        return self._remotes[handle.number]

    def _look_alike(self, value: NotPlain) -> Any:
        """What looks like a subclass; one that can change is kept in step with the box."""
        made = self._look_alikes.value(value, self.incoming(value.value))
        handle = handle_of(made)
        return self.mirrors.one(handle, made) if handle and isinstance(made, list | dict | set) else made

    def outgoing(self, value: Any) -> Any:
        """What is to be sent, with handles for stand-ins."""
        kind = type(value)  # not `isinstance`: it would ask a stand-in, and that would ask the box
        if kind in SCALARS:
            return value
        handle = handle_of(value)
        if handle:
            return handle
        if kind in (list, tuple, set, frozenset):
            return kind(self.outgoing(item) for item in value)
        if kind is dict:
            return {self.outgoing(key): self.outgoing(item) for key, item in value.items()}
        if issubclass(kind, np.ndarray):  # a look-alike goes back as what it holds
            return self.outgoing(value.tolist()) if value.dtype == object else np.asarray(value)
        if kind in MAKERS:
            return self._generators.there(value) or value
        if is_lendable(value):
            return Lent(self._lend(value, answerer(value)))
        return named(value) or self._lend(value, value) if callable(value) else value

    def _lend(self, value: Any, function: Callable[..., Any]) -> Callable[..., Any]:
        """What the box may call back, for something of the judge's; it is within the test's bounds then."""
        if id(value) not in self._lent:

            def called_back(*args: Any, **kwargs: Any) -> Any:
                with self._bounds.paused(False):
                    return self.outgoing(function(*map(self.incoming, args), **self.incoming(kwargs)))

            self._lent[id(value)] = value, called_back
            self._originals[id(called_back)] = value
        return self._lent[id(value)][1]


def handle_of(value: Any) -> Handle | None:
    """The handle of what stands for something in the box."""
    kind = type(value)
    if issubclass(kind, Remote) or kind is ExceptionStandIn:
        found: Handle = value._remote_handle  # noqa: SLF001 - a stand-in has no public attribute of its own
        return found
    own = value.__dict__ if issubclass(kind, PLAIN_OR_ERROR) and hasattr(value, "__dict__") else {}
    return own.get("_remote_handle")


SCALARS = frozenset({type(None), bool, int, float, str, bytes, complex})
PLAIN_OR_ERROR = (dict, list, tuple, str, int, float, complex, bytes, set, frozenset, BaseException)
"""Classes that a look-alike or an exception's stand-in derives from."""


def named(value: Any) -> Named | None:
    """The name under which the box has this function or class of a library, too."""
    name, own = getattr(value, "__name__", ""), getattr(value, "__module__", "") or ""
    for module in ("builtins", "math", "numpy", *([own] if own.partition(".")[0] in LIBRARIES else [])):
        if isinstance(name, str) and getattr(sys.modules.get(module), name, None) is value:
            return Named(module, name)
    return None
