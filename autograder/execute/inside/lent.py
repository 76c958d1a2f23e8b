"""What stands in the box for an object of the judge's: a stub, a text stream. Every use of it is a question back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

OPERATIONS = (
    *("len", "iter", "next", "str", "repr", "bool", "enter", "exit", "hash", "int", "float", "index", "neg", "abs"),
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


def _method(name: str) -> Callable[..., Any]:
    def method(self: Lent, *operands: Any) -> Any:
        if name == "exit":
            operands = (None, None, None)
        return self._ask(name, *operands)

    return method


for _name in OPERATIONS:
    setattr(Lent, f"__{_name}__", _method(_name))
