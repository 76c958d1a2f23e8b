"""What crosses between a test cell and a box, and what stands for it on either side."""

from __future__ import annotations

import array
import sys
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable
from pathlib import PurePath
from types import FunctionType, NoneType
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from autograder.judge.bounds import of_the_test
from autograder.judge.errors import CannotBeSplitError
from autograder.judge.exceptions import LIBRARIES, Exceptions, ExceptionStandIn, may_be_set
from autograder.judge.generators import MAKERS, Generators
from autograder.judge.lent import answerer, fields_of, is_lendable, is_own, parts_of
from autograder.judge.mirrors import SCALARS, Mirrors
from autograder.judge.rebuild import LookAlikes, view_of
from autograder.judge.remote import Remote, stand_in_for
from autograder.records import (
    Alias,
    ExceptionClass,
    ExceptionValue,
    FilePath,
    Handle,
    Lent,
    LentClass,
    Named,
    NotPlain,
    Numbered,
    ObjectArray,
    Tagged,
    View,
)

if TYPE_CHECKING:
    from autograder.judge.files import Folder
    from autograder.judge.link import Link


class Crossing:
    """Turns what arrives into what a test sees, and what a test gives into what can be sent.

    `unknown` are the numbers of containers that the box need not look after any longer: at first, of all. `folder` is
    that of the test, if it has one: what is a path there is another one in the box.
    """

    def __init__(self, link: Link) -> None:
        self.mirrors, self.exceptions = Mirrors(), Exceptions(link)
        self._link = link
        self._look_alikes, self._generators = LookAlikes(link), Generators(link)
        self._lent: dict[int, tuple[Any, Callable[..., Any]]] = {}
        self._originals: dict[int, Any] = {}
        self._remotes: dict[int, Remote] = {}
        self._members: dict[int, Any] = {}
        self._open: set[int] = set()
        self.unknown: list[int] = [0]
        self.folder: Folder | None = None

    def incoming(self, value: Any) -> Any:
        """What arrived, with stand-ins for handles and exceptions, and look-alikes for reduced subclasses."""
        kind = type(value)
        if kind in SCALARS:
            return value if kind not in (str, bytes) or self.folder is None else self.folder.here(value)
        if kind in CONTAINERS:
            return mapped(value, self.incoming)
        if kind is Numbered:
            if value.made is None:
                value.made = self.mirrors.one(value.number, self.incoming(value.value))
            return value.made
        if kind is Handle:
            return self._remote(value)
        if kind is NotPlain:
            return self._look_alike(value)
        if kind is FilePath:
            path = self.folder.path(value) if self.folder is not None else None
            return self._remote(value.handle) if path is None else path
        if kind is View:
            return view_of(self.incoming(value.base), value)
        if kind is ExceptionClass:
            return self.exceptions.kind(value)
        if kind is ExceptionValue:
            return self.exceptions.value(value)
        if kind is np.ma.MaskedArray:  # what it hides, equals everything
            return value if self._link.is_asked("masked") else np.ma.getdata(value)
        if kind is Tagged:
            return self._tagged(self.incoming(value.function), value.attributes)
        return self._originals.get(id(value), value) if kind is FunctionType else value

    def _tagged(self, function: Any, attributes: dict[str, Any]) -> Any:
        """A function of the test's that comes back with attributes; those that Python gives no meaning."""
        if type(function) is FunctionType:
            vars(function).update({n: self.incoming(a) for n, a in attributes.items() if may_be_set(n)})
        return function

    def heed(self, news: tuple[Numbered, ...], gone: tuple[int, ...]) -> None:
        """Let the test see what has changed of what it holds."""
        for one in news:
            if one.number in self.mirrors:
                self.incoming(one)
            else:
                self.unknown.append(one.number)
        self.mirrors.let_go(gone)

    def _remote(self, handle: Handle) -> Any:
        """The stand-in for a handle, the same one each time."""
        if handle.type == "NotImplementedType":
            return NotImplemented
        if handle.number not in self._remotes:
            self._remotes[handle.number] = stand_in_for(self._link, handle)
        return self._remotes[handle.number]

    def _look_alike(self, value: NotPlain) -> Any:
        """What looks like a subclass, the same each time; one that can change is kept in step with the box."""
        made = self._look_alikes.value(value, self.incoming(value.value))
        handle = handle_of(made)
        if handle and isinstance(made, list | dict | set | deque):
            return self.mirrors.one(handle, made)
        if handle and isinstance(made, str | int | float):  # a member of an enum, for one, is always the same
            return self._members.setdefault(handle.number, made)
        return made

    def outgoing(self, value: Any, numbered: bool = False, itself: bool = True) -> Any:
        """What is to be sent, with handles for stand-ins, and `numbered` with the numbers of containers.

        Without `itself`, only what is in it has numbers.
        """
        kind = type(value)  # not `isinstance`: it would ask a stand-in, and that would ask the box
        if kind in SCALARS:
            return value if kind not in (str, bytes) or self.folder is None else self.folder.there(value)
        if numbered and itself and kind in CHANGEABLE:
            return self._with_number(value)
        handle = handle_of(value)
        if handle:
            return handle
        if kind in CONTAINERS:
            return mapped(value, lambda item: self.outgoing(item, numbered))
        if issubclass(kind, np.ndarray) and kind is not np.ma.MaskedArray:  # a look-alike goes back as what it holds
            objects = value.dtype == object
            return ObjectArray(value.shape, self.outgoing(value.ravel().tolist())) if objects else np.asarray(value)
        if self.folder is not None and issubclass(kind, PurePath):
            return self.folder.there(value)
        if kind.__module__ in ALIASES and (arguments := get_args(value)):
            return Alias(value, tuple(self.outgoing(None if one is NoneType else one) for one in arguments))
        if kind in MAKERS:
            return self._generators.there(value) or value
        if issubclass(kind, type) and is_own(value):
            return self._lent_class(value)
        if is_lendable(value):
            return self._lent_object(value)
        return named(value) or self._lend(value, value) if callable(value) else value

    def _lent_class(self, kind: type) -> LentClass:
        """A class of the test's: there, objects are of it, and exceptions are caught by it."""
        is_error = issubclass(kind, BaseException)
        found = [base for base in kind.__bases__ if issubclass(base, BaseException) == is_error]
        known = [self._lent_class(base) if is_own(base) else is_error and named(base) for base in found]
        bases = tuple(base for base in known if base) or (Named("builtins", "Exception"),) * is_error
        bases += tuple(Named("builtins", base.__name__) for base in DATA if issubclass(kind, base))[:1]
        fields = tuple((name, self.outgoing(one) if is_sent(one) else str(one)) for name, one in fields_of(kind))
        answer = self._lend(kind, answerer(kind, self._link.is_asked))
        return LentClass(answer, kind.__name__, said_in(kind), bases, fields)

    def _lent_object(self, value: Any) -> Lent:
        """An object that stays here; of a test's class, or an exception, it looks like one there."""
        kind, answer, said = type(value), self._lend(value, answerer(value)), None
        if not is_own(kind):
            return Lent(answer)
        if issubclass(kind, BaseException):
            said = self.outgoing(value.args) if is_sent(value.args) else (), text_of(value)
        return Lent(answer, self._lent_class(kind), said)

    def _told(self, error: BaseException) -> Any:
        """What the box gets of an exception that something lent has raised, besides its builtin class and its text."""
        return handle_of(error) or (self.outgoing(error) if is_own(type(error)) else None)

    def _with_number(self, value: Any) -> Any:
        """A container, by which the box will know it again when it comes back or has changed."""
        kind = type(value)
        if id(value) in self._open:
            raise CannotBeSplitError("it gives a container that holds itself")
        self._open.add(id(value))
        try:
            content = mapped(value, lambda item: self.outgoing(item, numbered=True))
        finally:
            self._open.discard(id(value))
        number = self.mirrors.number(value)
        if number is None:
            return content if kind is not np.ndarray else self.outgoing(value)
        return Numbered(number, content)

    def _lend(self, value: Any, function: Callable[..., Any]) -> Callable[..., Any]:
        """What the box may call back, for something of the judge's; it is within the test's bounds then."""
        if id(value) not in self._lent:

            def called_back(*args: Any, **kwargs: Any) -> Any:
                with of_the_test().paused(False):
                    given, named = [self.incoming(value) for value in args], self.incoming(kwargs)
                    if self.folder is not None:
                        self.folder.fetch()
                    try:
                        return self.outgoing(function(*given, **named), numbered=True)
                    except AssertionError as error:
                        self._link.missed(error)
                        raise
                    finally:
                        if self.folder is not None:
                            self.folder.hand_over()
                        self._link.renew()

            vars(called_back).update(heed=self.heed, told=self._told)
            called_back.__name__ = str(getattr(value, "__name__", "<lambda>"))
            called_back.__doc__ = getattr(value, "__doc__", None)
            self._lent[id(value)] = value, called_back
            self._originals[id(called_back)] = value
            if (parts := parts_of(value)) and is_sent(parts):
                vars(called_back)["made_of"] = self.outgoing(parts, numbered=True)
        return self._lent[id(value)][1]


def handle_of(value: Any) -> Handle | None:
    """The handle of what stands for something in the box."""
    kind = type(value)
    if issubclass(kind, Remote) or kind is ExceptionStandIn:
        found: Handle = value._remote_handle  # noqa: SLF001 - a stand-in has no public attribute of its own
        return found
    own = value.__dict__ if issubclass(kind, PLAIN_OR_ERROR) and hasattr(value, "__dict__") else {}
    return own.get("_remote_handle")


def mapped(value: Any, change: Callable[[Any], Any]) -> Any:
    """A container of the same kind, with each item as `change` has it."""
    kind = type(value)
    if kind is deque:
        return deque(map(change, value), value.maxlen)
    if kind is defaultdict:
        return defaultdict(value.default_factory, {key: change(item) for key, item in value.items()})
    if kind in (dict, OrderedDict, Counter):
        return kind({change(key): change(item) for key, item in value.items()})
    return kind(map(change, value)) if kind in CONTAINERS else value


CONTAINERS = frozenset({dict, list, tuple, set, frozenset, deque, Counter, OrderedDict, defaultdict})
CHANGEABLE = (CONTAINERS - {tuple, frozenset}) | {bytearray, array.array, np.ndarray}
"""What can be changed in place, and has a number."""

DEEPEST = 20
"""How deep it is looked into what belongs to a function, a class or an exception of the test's."""

ALIASES = ("types", "typing", "collections.abc")
"""Modules of the classes of annotations."""

DATA = (dict, list, tuple, str, int, float, complex, bytes, set, frozenset)
"""Builtin classes of data, for one of which an object of the test's may have to pass."""

PLAIN_OR_ERROR = (dict, list, tuple, str, int, float, complex, bytes, set, frozenset, deque, BaseException)
"""Classes that a look-alike or an exception's stand-in derives from."""


def is_sent(value: Any, depth: int = 0) -> bool:
    """Whether all of this can be sent: what cannot is no reason to send nothing of what it belongs to."""
    kind = type(value)
    if depth > DEEPEST:
        return False
    if kind in CONTAINERS:
        items = (*value.keys(), *value.values()) if issubclass(kind, dict) else value
        return all(is_sent(one, depth + 1) for one in items)
    if kind.__module__ in ALIASES and (arguments := get_args(value)):
        return all(one is NoneType or is_sent(one, depth + 1) for one in arguments)
    return kind in SCALARS or bool(handle_of(value)) or is_lendable(value) or callable(value) or value is ...


def said_in(kind: type) -> str | None:
    """The docstring of a class."""
    return kind.__doc__.encode("utf-8", "replace").decode() if type(kind.__doc__) is str else None


def text_of(error: BaseException) -> str:
    """The text of an exception of the test's."""
    try:
        return str(error).encode("utf-8", "replace").decode()
    except Exception:
        return ""


def named(value: Any) -> Named | None:
    """The name under which the box has this function or class of a library, too."""
    name, own = getattr(value, "__name__", ""), getattr(value, "__module__", "") or ""
    for module in ("builtins", "math", "numpy", *([own] if own.partition(".")[0] in LIBRARIES else [])):
        if isinstance(name, str) and getattr(sys.modules.get(module), name, None) is value:
            return Named(module, name)
    return None
