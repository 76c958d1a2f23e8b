"""Classes and annotations that cross as what they are: `list[int]`, `Optional[str]`, `Iterable`, `np.ndarray`.

Only what is made of builtin classes of data, of abstract classes and of these forms themselves: none of it does
anything when a test calls it, but for making a piece of data.
"""

from __future__ import annotations

import collections
import collections.abc
import functools
import operator
import types
import typing
from typing import Any

import numpy as np

from . import dtypes, library

_OF_TYPING = (
    *("Any", "Union", "Optional", "Literal", "Callable", "Type", "ClassVar", "Final", "NoReturn", "Never"),
    *("List", "Dict", "Tuple", "Set", "FrozenSet", "DefaultDict", "OrderedDict", "Counter", "Deque"),
    *("Iterable", "Iterator", "Generator", "Sequence", "MutableSequence", "Mapping", "MutableMapping", "Collection"),
    *("Container", "Hashable", "Sized", "Reversible", "AbstractSet", "Awaitable", "Coroutine", "AsyncIterator"),
)
_OF_NUMPY: tuple[type, ...] = (np.ndarray, np.dtype, *(one.type for one in dtypes.NUMERIC.values()))
_COLLECTIONS = (collections.deque, collections.Counter, collections.OrderedDict, collections.defaultdict)
FORMS: dict[str, Any] = {
    **{kind.__name__: kind for kind in (list, tuple, dict, set, frozenset, type)},
    **{f"collections.{kind.__name__}": kind for kind in _COLLECTIONS},
    **{f"collections.abc.{name}": getattr(collections.abc, name) for name in collections.abc.__all__},
    **{f"typing.{name}": getattr(typing, name) for name in _OF_TYPING if hasattr(typing, name)},
    **{f"numpy.{kind.__name__}": kind for kind in _OF_NUMPY},
    "None": type(None),
}
"""By name: what stands alone, or before square brackets."""

UNION = "|"
_BUILTIN = (list, tuple, dict, set, frozenset)
_ALONE = {id(form): name for name, form in FORMS.items() if form not in (*_BUILTIN, type, np.dtype)}
_ORIGINS = {id(form): name for name, form in FORMS.items()}
_MODULES = ("types", "typing", "collections.abc", "_collections_abc")
"""Where the classes of aliases are."""
MAX_ARGUMENTS = 50


def parts(value: Any) -> tuple[str, Any] | None:
    """The name of the form, and what stands in square brackets, None for nothing; None for what is no alias."""
    if id(value) in _ALONE:
        return _ALONE[id(value)], None
    if type(value).__module__ not in _MODULES or not (found := typing.get_args(value)):
        return None
    arguments = tuple(None if one is type(None) else one for one in found)
    if type(value) is types.UnionType:
        return UNION, arguments
    origin = typing.get_origin(value)
    name = _ORIGINS.get(id(origin))
    if type(value).__module__ == "typing" and origin not in (typing.Union, typing.Literal):
        name = f"typing.{getattr(value, '_name', None)}"
    return (name, arguments) if name in FORMS else None


def is_plain(form: Any, arguments: Any) -> bool:
    """Whether these are builtin classes and aliases of such; texts only as literals, since `typing` compiles others."""
    return all(_is_plain(form, argument) for argument in arguments)


def _is_plain(form: Any, argument: Any) -> bool:
    if form == "typing.Literal":
        return type(argument) in (str, int, bool, bytes, type(None))
    if type(argument) in (type(None), type(...)) or _is_class(argument):
        return True
    if type(argument) is list:  # the parameters of a callable
        return is_plain(form, argument)
    found = parts(argument)
    return found is not None and is_plain(found[0], found[1] or ())


def _is_class(argument: Any) -> bool:
    return type(argument) is type and library.is_known(argument)


def alias(name: Any, arguments: Any) -> Any:
    """Make one of the name of its form and its arguments.

    Raises
    ------
    ValueError
        If there is no such alias.
    """
    if type(name) is not str or not (name in FORMS or (name == UNION and arguments)):
        raise ValueError("not an alias")
    if arguments is None:
        return FORMS[name]
    if type(arguments) is not tuple or not len(arguments) <= MAX_ARGUMENTS:
        raise ValueError("not arguments")
    try:
        if name == UNION:
            return functools.reduce(operator.or_, arguments)
        return FORMS[name][arguments if len(arguments) != 1 else arguments[0]]
    except Exception as error:
        raise ValueError("not an alias") from error
