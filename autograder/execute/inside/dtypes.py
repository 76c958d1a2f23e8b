"""The table of array types that may cross. `np.dtype(text)` is never called on text from the other side."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

NUMERIC: dict[str, np.dtype[Any]] = {
    np.dtype(scalar).name: np.dtype(scalar)
    for scalar in (
        *(np.bool_, np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64),
        *(np.float16, np.float32, np.float64, np.complex64, np.complex128),
    )
}
UNITS = ("Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns", "generic")
_TYPES = NUMERIC | {
    np.dtype(f"{kind}[{unit}]").name: np.dtype(f"{kind}[{unit}]") for kind in ("M8", "m8") for unit in UNITS
}
_NAMES = {dtype: name for name, dtype in _TYPES.items()}
TEXT = re.compile(r"U([1-9][0-9]{0,3})\Z")


MAX_FIELDS, MAX_NAME = 64, 100

Name = str | list[list[str]]
"""Of a type; where it has fields, their names and types."""


def name_of(dtype: np.dtype[Any]) -> Name | None:
    """The name under which arrays of this type cross, or None if they do not (foreign bytes, objects, gaps)."""
    name = _NAMES.get(dtype)
    if name is None and dtype.kind == "U" and dtype.isnative:
        text = f"U{dtype.itemsize // 4}"
        return text if TEXT.match(text) else None
    if name is None and dtype.names:
        fields = [[field, name_of(dtype[field])] for field in dtype.names]
        made = named(fields)
        return fields if made is not None and made == dtype else None  # type: ignore[return-value]  # it is one then
    return name


def named(name: Any) -> np.dtype[Any] | None:
    """The type of this name, or None."""
    if type(name) is list:
        return _with_fields(name)
    if type(name) is not str:
        return None
    known = _TYPES.get(name)
    text = TEXT.match(name) if known is None else None
    return np.dtype((np.str_, int(text[1]))) if text else known


def _with_fields(fields: list[Any]) -> np.dtype[Any] | None:
    if not 1 <= len(fields) <= MAX_FIELDS or not all(type(one) is list and len(one) == 2 for one in fields):
        return None
    names = [name for name, _ in fields]
    if not all(type(name) is str and 1 <= len(name) <= MAX_NAME and name.isprintable() for name in names):
        return None
    kinds = [named(kind) if type(kind) is str else None for _, kind in fields]
    if len({*names}) < len(names) or any(kind is None for kind in kinds):  # `==` takes None for float64
        return None
    return np.dtype(list(zip(names, kinds, strict=True)))
