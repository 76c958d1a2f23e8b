"""Rebuild, from plain data, what a test cell expects to see: exceptions, array subclasses, changed arguments."""

from __future__ import annotations

import builtins
import contextlib
import sys
import types
from typing import Any

import numpy as np

from autograder.records import Raised


def rebuilt(raised: Raised) -> Exception:
    """The exception of the student's side as the builtin one of that name, with its line as `student_line`.

    One that would end a process (SystemExit, KeyboardInterrupt), or that cannot be made without its parts
    (ExceptionGroup), becomes a RuntimeError that names it.
    """
    kind = getattr(builtins, raised.type, None)
    if not (isinstance(kind, type) and issubclass(kind, Exception)) or kind is ExceptionGroup:
        kind, message = RuntimeError, f"{raised.type}: {raised.message}"
    else:
        message = raised.message
    error: Exception = kind.__new__(kind)
    error.args = (message,)
    error.student_line = raised.line  # type: ignore[attr-defined]  # told to whoever writes the message
    return error


def look_alike(value: Any, type_name: str) -> Any:
    """An array that is not of type ndarray, for a reduced array subclass; other values stay plain."""
    if type_name == "ndarray of object" and isinstance(value, list):
        with contextlib.suppress(ValueError):  # arrays of several shapes inside
            return np.array(value, dtype=object)
    if isinstance(value, np.ndarray):
        return value.view(type(type_name, (np.ndarray,), {}))
    return value


def known_class(name: str) -> type | None:
    """The class of this full name, if the judge has its module loaded and it is no type of plain data."""
    module, dot, rest = name.rpartition(".")
    if module == "builtins":
        return CODE.get(rest)
    while dot:
        if module in sys.modules and module.split(".")[0] not in ("__main__", "numpy"):
            found: Any = sys.modules[module]
            for part in rest.split("."):
                found = getattr(found, part, None)
            return found if isinstance(found, type) and not issubclass(found, PLAIN) else None
        module, dot, more = module.rpartition(".")
        rest = f"{more}.{rest}"
    return None


_CODE = (types.FunctionType, types.GeneratorType, types.MethodType, types.ModuleType, type)
CODE = {kind.__name__: kind for kind in _CODE}
"""Builtin types that say what a thing is, not what it holds."""

PLAIN = (bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, np.ndarray, np.generic)


def change_in_place(given: Any, value: Any) -> None:
    """Give a list, dict, set or array that the box changed its new content here too."""
    if isinstance(given, list) and isinstance(value, list):
        given[:] = value
    elif (isinstance(given, dict) and isinstance(value, dict)) or (isinstance(given, set) and isinstance(value, set)):
        given.clear()
        given.update(value)
    elif isinstance(given, np.ndarray) and isinstance(value, np.ndarray) and given.shape == value.shape:
        given[...] = value
