"""What stands in the box for an object of the judge's: a stub, a text stream. Every use of it is a question back."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

OPERATIONS = (
    *("len", "iter", "next", "str", "repr", "bool", "enter", "exit", "hash", "int", "float", "index", "neg", "abs"),
    *("format", "reversed", "round"),
    *("getitem", "setitem", "delitem", "contains", "eq", "ne", "lt", "le", "gt", "ge"),
    *("add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "floordiv", "mod", "pow"),
)
"""Methods of Python's own that it has, without their underscores, besides attributes and calls."""


class Lent:
    """An object of the judge's; `ask` puts the question."""

    __slots__ = ("_ask",)

    def __init__(self, ask: Callable[..., Any]) -> None:
        object.__setattr__(self, "_ask", ask)

    def __getattr__(self, name: str) -> Any:
        return self._ask("getattr", name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._ask("setattr", name, value)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it."""
        return self._ask("call", *args, **kwargs)

    def __await__(self) -> Any:
        return self._ask("await")
        yield  # what makes it a generator

    def __copy__(self) -> Any:
        return self._ask("copy")

    def __deepcopy__(self, memo: object) -> Any:
        return self._ask("deepcopy")


def _method(name: str) -> Callable[..., Any]:
    def method(self: Lent, *operands: Any) -> Any:
        if name == "exit":
            operands = (None, None, None)
        return self._ask(name, *operands)

    return method


for _name in OPERATIONS:
    setattr(Lent, f"__{_name}__", _method(_name))


class Kind(type):
    """The class of what stands for classes of the judge's: to make an instance is a question, too."""

    _asks: Callable[..., Any]

    def __new__(cls, name: str, bases: tuple[type, ...], members: dict[str, Any]) -> Any:
        """Make one; what a class statement of the student's makes would have to live on both sides."""
        if "_asks" not in members:
            next(base for base in bases if type(base) is Kind)._asks("derive")  # noqa: SLF001 - of this very class; it says that this cannot be split
        return super().__new__(cls, name, bases, members)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        """Have one made."""
        return cls._asks("call", *args, **kwargs)

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return cls._asks("getattr", name)

    @property  # type: ignore[misc]  # mypy takes it for an attribute of instances
    def __dict__(cls) -> Any:  # type: ignore[override]  # its own holds nothing of the original
        return cls._asks("getattr", "__dict__")

    def __setattr__(cls, name: str, value: Any) -> None:
        cls._asks("setattr", name, value)

    def __iter__(cls) -> Any:
        return cls._asks("iter")

    def __len__(cls) -> Any:
        return cls._asks("len")

    def __getitem__(cls, key: Any) -> Any:
        return cls._asks("getitem", key)

    def __contains__(cls, item: Any) -> Any:
        return cls._asks("contains", item)


def made_class(
    ask: Callable[..., Any], name: str, doc: str | None, kinds: tuple[type, ...], fields: tuple[Any, ...]
) -> Any:
    """What stands for a class; an exception's is one too, and a dataclass's has the same fields.

    `kinds` are its bases, and a builtin class of data whose instances its own are to pass for.
    """
    bases = tuple(kind for kind in kinds if type(kind) is Kind or issubclass(kind, BaseException))
    is_error = any(issubclass(base, BaseException) for base in bases)
    members: dict[str, Any] = {"__module__": "__main__", "__doc__": doc, "_asks": staticmethod(ask)}
    for kind in set(kinds).difference(bases):
        members["__class__"] = property(lambda _: kind)  # noqa: B023  there is but one
    if is_error:
        members |= {"__getattr__": _attribute, "__setattr__": _set_attribute, "__str__": _text}
    else:
        members["__slots__"] = ()
    if fields:
        members["__dataclass_fields__"] = vars(dataclasses.make_dataclass(name, fields))["__dataclass_fields__"]
        members["__match_args__"] = tuple(field for field, _ in fields)
    return Kind(name, bases or (Lent,), members)


def made(ask: Callable[..., Any], kind: Any = Lent, said: tuple[Any, ...] | None = None) -> Any:
    """What stands for an object of this class; of an exception, `said` are the arguments and the text."""
    if said is None:
        found = object.__new__(kind)
        object.__setattr__(found, "_ask", ask)
        return found
    args, text = said
    try:
        error = kind.__new__(kind, *args)
    except Exception:  # some of Python's own want to be made in their own way
        error = kind.__new__(kind)
    error.__dict__.update(_ask=ask, _said=text)
    error.args = args
    return error


def _attribute(self: BaseException, name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(name)
    return self.__dict__["_ask"]("getattr", name)


def _set_attribute(self: BaseException, name: str, value: Any) -> None:
    if name == "args" or name.startswith("_"):
        object.__setattr__(self, name, value)
    else:
        self.__dict__["_ask"]("setattr", name, value)


def _text(self: BaseException) -> str:
    return str(self.__dict__["_said"])
