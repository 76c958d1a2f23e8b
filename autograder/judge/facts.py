"""What a test asks about a thing of the student's where Python would look at the stand-in: its kind, its `__len__`.

A stand-in has every method that Python itself gives a meaning. Whether the student's thing has it, and what it is, the
box knows. No answer makes a thing pass for plain data.
"""

from __future__ import annotations

from collections.abc import Callable
from types import UnionType
from typing import (  # type: ignore[attr-defined]  # there is no public way to a protocol's names
    TYPE_CHECKING,
    Any,
    Protocol,
    Union,
    _get_protocol_attrs,
    get_args,
    get_origin,
)

from autograder.judge.crossing import handle_of, named
from autograder.judge.exceptions import ExceptionStandIn
from autograder.judge.rebuild import CODE, known_class
from autograder.judge.remote import ADDRESSES, OPERATORS, Remote

if TYPE_CHECKING:
    from autograder.judge.link import Link

ABSTRACT = ("abc", "collections.abc", "contextlib", "numbers", "typing")
"""Modules whose classes say what can be done with a thing, not what it holds: the box says whether it is of one."""

OF_CLASSES = ("__name__", "__qualname__", "__module__", "__mro__", "__bases__", "__base__", "__subclasses__")
"""What the judge's own class for an exception class of the student's has right."""

OF_INSTANCES = ("__class__", "__dict__", "__slots__", "__doc__", "__annotations__")
"""What a look-alike of plain data, or an exception, has otherwise than the student's."""

BUILTIN = {
    "wrapper_descriptor": "__objclass__",
    "method_descriptor": "__objclass__",
    "builtin_function_or_method": "__self__",
}
"""Types of methods of builtin classes, and where they say of which class they are."""


class Pattern(type):
    """The class of what stands in a pattern for a class of the student's."""

    of: tuple[Facts, Any]

    def __instancecheck__(cls, instance: Any) -> bool:
        facts, kind = cls.of
        return facts.is_instance(instance, kind)


class Facts:
    """Answers by asking a box, where it has to be asked; elsewhere as the builtins do."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def kind(self, value: Any) -> Any:
        """The class of a value; for what stays in the box, what stands for its class, which is never one of data."""
        if not issubclass(type(value), Remote) and "_remote_handle" not in getattr(value, "__dict__", {}):
            return type(value)
        found = self._link.ask("class", value)
        if issubclass(type(value), Remote) and (known := self._link.class_of(value)) in CODE.values():
            own = next(iter(self._link.bases_of(value)), "")  # it may be of a class that derives from this
            return known if known_class(own) is known else found
        return found if issubclass(type(found), Remote) else type(value)

    def attribute(self, value: Any, name: Any, *default: Any) -> Any:
        """`getattr`; a method that the student's thing has from a builtin class is that of the judge's."""
        try:
            return self._as_here(self.method(value, name), name)
        except AttributeError:
            if default:
                return default[0]
            raise

    def method(self, value: Any, name: Any) -> Any:
        """`getattr`, of what is then called: a method stays where its object is."""
        if not (is_pythons(name) and handle_of(value) and is_asked(value, name)):
            return getattr(value, name)
        if name == "__class__":
            return self.kind(value)
        is_remote = issubclass(type(value), Remote)
        if name in ADDRESSES or (is_remote and name in OPERATORS and not self._link.may("getattr", value)):
            raise AttributeError(name)
        return self._link.ask("getattr", value, name)

    def _as_here(self, found: Any, name: Any) -> Any:
        """A builtin class's own method of this name, if that is what was found; a test may compare it by `is`."""
        if not issubclass(type(found), Remote) or found._remote_handle.type not in BUILTIN:  # noqa: SLF001 - see `handle_of`
            return found
        kind = self._link.ask("getattr", found, BUILTIN[found._remote_handle.type])  # noqa: SLF001 - see above
        return vars(kind).get(name, found) if type(kind) is type else found

    def has(self, value: Any, name: Any) -> bool:
        """`hasattr`."""
        if not (is_pythons(name) and handle_of(value)):
            return hasattr(value, name)
        return name not in ADDRESSES and bool(self._link.ask("hasattr", value, name))

    def is_instance(self, value: Any, kind: Any) -> bool:
        """`isinstance`."""
        if not issubclass(type(value), Remote):
            return isinstance(value, kind)
        return self._any(isinstance, value, kind, is_abstract)

    def is_subclass(self, value: Any, kind: Any) -> bool:
        """`issubclass`."""
        if not issubclass(type(value), Remote):
            return issubclass(value, kind)
        return self._any(issubclass, value, kind, is_library)

    def pattern(self, kind: Any) -> Any:
        """What a pattern of `match` can have for a class: Python wants a real one there."""
        if not issubclass(type(kind), Remote):
            return kind
        names = self.attribute(kind, "__match_args__", ())
        return Pattern("Pattern", (), {"of": (self, kind), "__match_args__": names if type(names) is tuple else ()})

    def _any(self, question: Callable[..., bool], value: Any, kind: Any, is_there: Callable[[Any], bool]) -> bool:
        """Whether it is of one of these kinds; where the box has the same one, as it says."""
        if type(kind) is tuple or get_origin(kind) in (Union, UnionType):
            parts = kind if type(kind) is tuple else get_args(kind)
            return any(self._any(question, value, one, is_there) for one in parts)
        if is_there(kind):
            return bool(self._link.ask("call", question, (value, kind), {}))
        if type(kind) is type(Protocol) and getattr(kind, "_is_protocol", False):
            return all(self.has(value, name) for name in _get_protocol_attrs(kind))
        return question(value, kind)


def is_instance(value: Any, kind: Any) -> bool:
    """`isinstance`, for a library that asks it on behalf of a test."""
    if not issubclass(type(value), Remote):
        return isinstance(value, kind)
    return Facts(value._remote_link).is_instance(value, kind)  # noqa: SLF001 - a stand-in has no public attribute


def is_pythons(name: Any) -> bool:
    """Whether it is a name that Python gives a meaning."""
    return type(name) is str and name.startswith("__") and name.endswith("__")


def is_asked(value: Any, name: str) -> bool:
    """Whether the box knows better than what the judge has of a thing of the student's."""
    if issubclass(type(value), Remote):
        return True
    if type(value) is ExceptionStandIn:
        return name not in OF_CLASSES
    return name in OF_INSTANCES or not hasattr(type(value), name)


def is_abstract(kind: Any) -> bool:
    """Whether a class says what can be done with a thing, and the box has the same one."""
    meant = get_origin(kind) or kind  # `typing.List` is a list
    return is_library(kind) and getattr(meant, "__module__", "") in ABSTRACT


def is_library(kind: Any) -> bool:
    """Whether the box has the same class."""
    return not issubclass(type(kind), Remote) and callable(kind) and named(kind) is not None
