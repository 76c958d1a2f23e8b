"""What stands in the box for a function of the test's: whoever looks at it finds the parameters of the original."""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any

ASK = "__seedbed_ask__"
"""Under which name it finds what asks the original."""


def alike(
    ask: Callable[..., Any],
    name: str,
    doc: str | None,
    qualified: str,
    variables: tuple[str, ...],
    counts: tuple[int, int, int],
    rest: tuple[bool, bool],
    defaults: tuple[Any, ...] | None,
    of_keywords: dict[str, Any] | None,
    annotations: dict[str, Any],
) -> FunctionType:
    """A function that calls `ask`, with what `judge/lent.py` tells of another one.

    `variables` are all of its own, parameters first; `counts` are how many of these are only positional, positional,
    and only keywords; `rest` says whether what is left has a name, first of the positional ones.
    """
    positional, keywords = variables[: counts[1]], variables[counts[1] : counts[1] + counts[2]]
    more = list(variables[counts[1] + counts[2] :][: sum(rest)])
    star = [f"*{more.pop(0)}"] if rest[0] else []
    stars = [f"**{more.pop(0)}"] if rest[1] else []
    slash = ["/"] if counts[0] else []
    parameters = [*positional[: counts[0]], *slash, *positional[counts[0] :], *(star or ["*"] * bool(keywords))]
    given = [*positional, *star, *(f"{one}={one}" for one in keywords), *stars]
    names: dict[str, Any] = {ASK: ask, "__name__": "__main__"}
    text = f"def made({', '.join([*parameters, *keywords, *stars])}): return {ASK}({', '.join(given)})"
    exec(text, names)  # noqa: S102  made of what are names of parameters elsewhere
    made: FunctionType = names["made"]
    made.__code__ = made.__code__.replace(co_varnames=variables, co_nlocals=len(variables), co_name=name)
    made.__name__, made.__qualname__, made.__doc__ = name, qualified, doc
    made.__defaults__, made.__kwdefaults__, made.__annotations__ = defaults, of_keywords, annotations
    return made
