"""Stand-ins, in the judge, for exceptions of the student's: real exceptions, which a test can catch by their class.

A class of the student's becomes a class here, with the same name and the bases that the judge knows; its instances ask
the box for whatever else they have. Nothing is gained by a lie about it: a student may raise what they like.
"""

from __future__ import annotations

import builtins
import contextlib
import sys
from types import FunctionType
from typing import TYPE_CHECKING, Any

from autograder.judge.errors import CannotBeSplitError
from autograder.records import ExceptionClass, ExceptionValue, Handle, Raised

if TYPE_CHECKING:
    from autograder.judge.link import Link

LIBRARIES = (sys.stdlib_module_names - {"unittest", "doctest", "bdb", "__main__"}) | {"numpy", "scipy", "sklearn"}
"""Modules whose exception classes are the judge's own. Not those by which a test runner tells a test apart."""

NEVER = (ExceptionGroup, BaseExceptionGroup, GeneratorExit, KeyboardInterrupt)
"""Builtin exceptions that cannot be made without their parts, or that mean something else to the judge."""


class ExceptionStandIn(type):
    """The class of classes that stand for the student's exception classes."""

    _remote_link: Link
    _remote_handle: Handle

    def __new__(cls, name: str, bases: tuple[type, ...], members: dict[str, Any]) -> Any:  # noqa: ARG004 - it only refuses
        """Refuse: this is a class statement of a test."""
        raise CannotBeSplitError("an exception class of the student's is subclassed")

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        """Make one in the box."""
        return cls._remote_link.call(cls, args, kwargs)

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return cls._remote_link.ask("getattr", cls, name)


class Exceptions:
    """The exception classes of one box."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._classes: dict[int, type] = {}

    def kind(self, described: ExceptionClass) -> type:
        """The class that stands for one of the student's; a class of a library's is itself."""
        return library_class(described) or self._stand_in(described)

    def _stand_in(self, described: ExceptionClass) -> type:
        """A class whose instances ask the box."""
        if described.number not in self._classes:
            known = library_class(described)
            bases = [known] if known else [self._base(base) for base in described.bases]
            exceptions = tuple(base for base in bases if base is not None) or (Exception,)
            handle = Handle(described.number, "type", callable=True)
            members = {
                "__module__": "__main__",
                "__getattr__": ask_attribute,
                "__str__": said,
                "_remote_link": self._link,
                "_remote_handle": handle,
            }
            try:
                made = type.__new__(ExceptionStandIn, described.name, exceptions, members)
            except TypeError:  # bases that do not go together, which Python would not have let a student write
                made = type.__new__(ExceptionStandIn, described.name, (Exception,), members)
            self._classes[described.number] = made
        return self._classes[described.number]

    def _base(self, base: Any) -> type | None:
        if type(base) is ExceptionClass:
            return self.kind(base)
        return base if type(base) is type and issubclass(base, BaseException) and base not in NEVER else None

    def _own(self, described: Any) -> BaseException | None:
        """An exception of the test's that comes back."""
        found = self._link.incoming(described) if type(described) is FunctionType else None
        return found if issubclass(type(found), BaseException) else None

    def value(self, described: ExceptionValue) -> BaseException:
        """The exception itself."""
        args, message = self._link.incoming(described.args), self._link.incoming(described.message)
        own = type(described.kind) is ExceptionClass and described.number is not None
        kind = self._stand_in(described.kind) if own else getattr(builtins, described.type)  # type: ignore[arg-type]  # `own` says it
        error = made(kind, args, f"{described.type}: {message}", message)
        if own:
            vars(error)["_remote_handle"] = Handle(described.number, kind.__name__)  # type: ignore[arg-type]  # see above
        for name, item in described.attributes.items():
            if may_be_set(name):
                vars(error)[name] = self._link.incoming(item)
        error.student_text = message  # type: ignore[attr-defined]  # for stand-ins' text, and for messages
        if described.cause is not None:
            known = type(described.cause) is ExceptionValue
            error.__cause__ = self.value(described.cause) if known else self._own(described.cause)  # type: ignore[arg-type]  # `known` says it
        return error

    def rebuilt(self, raised: Raised) -> BaseException:
        """What a question raised, with its line as `student_line`."""
        own = self._own(raised.error)
        if own is not None:
            vars(own)["student_line"] = raised.line
            return own
        described = raised.error if type(raised.error) is ExceptionValue else None
        described = described or ExceptionValue(None, BaseException, raised.type, raised.message, (raised.message,))
        error = self.value(described)
        error.student_line = raised.line  # type: ignore[attr-defined]  # told to whoever writes the message
        return error


def made(kind: type, args: tuple[Any, ...], named: str, message: str) -> BaseException:
    """An exception of this class, without running anything but what is builtin."""
    if kind in NEVER:
        return RuntimeError(named)
    builtin = builtin_class(kind)
    try:
        error: Any = builtin.__new__(kind, *args)
        builtin.__init__(error, *args)  # type: ignore[misc]  # of this very object
    except Exception:  # UnicodeError, for one, wants its parts
        error = builtin.__new__(kind)  # type: ignore[call-overload]  # see above
        with contextlib.suppress(Exception):
            error.args = (message,)
    found: BaseException = error
    return found


def builtin_class(kind: type) -> type:
    """The nearest of an exception's classes that is Python's own."""
    return next(one for one in kind.__mro__ if one.__module__ == "builtins")


def may_be_set(name: Any) -> bool:
    """Whether an exception's attribute of this name means nothing to Python or to us; notes are the one exception."""
    return type(name) is str and (name == "__notes__" or not name.startswith(("_", "student_", "results")))


def as_there(kind: type[BaseException], error: BaseException) -> tuple[type, BaseException]:
    """An exception and its class as the box has them: the student's, the test's, or the nearest builtin class."""
    if type(kind) is ExceptionStandIn or kind.__module__ == "__main__":
        return kind, error
    builtin = builtin_class(kind)
    return builtin, made(builtin, error.args, f"{kind.__name__}: {error}", str(error))


def ask_attribute(error: Any, name: str) -> Any:
    """An attribute that only the box knows."""
    if name.startswith("_") or not isinstance(handle := vars(error).get("_remote_handle"), Handle):
        raise AttributeError(name)
    return type(error)._remote_link.ask("getattr", handle, name)  # noqa: SLF001 - its class is of this module


def said(error: Any) -> str:
    """The text, as the box says it."""
    return str(vars(error).get("student_text", ""))


def library_class(described: ExceptionClass) -> Any:
    """The judge's own exception class of this name, if it comes from a library that both have."""
    if described.module.split(".")[0] not in LIBRARIES:
        return None
    found = getattr(sys.modules.get(described.module), described.name, None)
    return found if isinstance(found, type) and issubclass(found, Exception) else None
