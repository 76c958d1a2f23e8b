"""Rebuild, from plain data, what a test cell expects to see: subclasses, changed arguments, classes known by name."""

from __future__ import annotations

import array
import contextlib
import sys
import types
from collections import Counter, OrderedDict, defaultdict, deque
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.judge.errors import CannotBeSplitError, StudentStoppedError
from autograder.judge.lent import ITERATORS
from autograder.judge.remote import OPERATORS
from autograder.records import Handle, NotPlain, View

if TYPE_CHECKING:
    from autograder.judge.link import Link

MAX_LOOKS = 1_000
"""How many classes of look-alikes one test may bring about."""

MAX_TEXT = 100_000
"""How long a text of them may be; of a longer one, the box tells only the beginning."""


class LookAlikes:
    """Values of the base types that are named like the student's subclass of it.

    What they hold is what arrived, and compares by the base's own methods; what only the subclass has (a field of a
    named tuple, the name of an enum's member) is asked of the box.
    """

    def __init__(self, link: Link) -> None:
        self._link = link
        self._classes: dict[tuple[str, type, tuple[str, ...]], type] = {}

    def value(self, reduced: NotPlain, plain: Any) -> Any:
        """What stands for a reduced subclass; `plain` is its value as the test should see it."""
        if reduced.type == "ndarray of object" and isinstance(plain, list):
            with contextlib.suppress(ValueError):  # arrays of several shapes inside
                plain = np.array(plain, dtype=object)
        base = type(plain)
        if base not in BASES or (reduced.number is None and type(plain) is not np.ndarray):
            return plain
        key = (reduced.type, type(plain), reduced.own)
        if key not in self._classes and len(self._classes) >= MAX_LOOKS:
            return plain
        kind = self._classes.setdefault(key, self._classes.get(key) or self._class(*key))
        if type(plain) is np.ndarray:
            seen: Any = plain.view(kind)
            if reduced.number is not None:
                vars(seen)["_remote_handle"] = Handle(reduced.number, reduced.type)
            return seen
        more = (plain.default_factory,) if base is defaultdict else ()
        made = kind(*more, plain, plain.maxlen) if base is deque else kind(*more, plain)
        vars(made)["_remote_handle"] = Handle(reduced.number or 0, reduced.type)
        return made

    def _class(self, name: str, base: type, own: tuple[str, ...]) -> type:
        link = self._link
        if base is np.ndarray:

            def ask_original(self: Any, attribute: str) -> Any:
                is_there = not attribute.startswith("__") and "_remote_handle" in vars(self)
                if not is_there or not link.is_meant("getattr"):
                    raise AttributeError(attribute)
                return link.ask("getattr", vars(self)["_remote_handle"], attribute)

            return type(name, (np.ndarray,), {"__getattr__": ask_original})

        def ask(self: Any, attribute: str) -> Any:
            if attribute.startswith("__") or "_remote_handle" not in vars(self) or not link.is_meant("getattr"):
                raise AttributeError(attribute)
            return link.ask("getattr", self, attribute)

        def change(self: Any, attribute: str, value: Any) -> None:
            if "_remote_handle" not in vars(self):
                raise AttributeError(attribute)
            link.ask("setattr", self, attribute, value)

        def shown(how: str) -> Any:
            def show(self: Any, *spec: str) -> str:
                text = link.ask(how, self, *spec) if "_remote_handle" in vars(self) else None
                if type(text) is str and len(text) < MAX_TEXT:
                    return text
                return str(getattr(base, f"__{how}__")(self, *spec))

            return show

        members: dict[str, Any] = {f"__{how}__": shown(how) for how in ("repr", "str", "format")}
        plain = str.__str__ if base is str else base  # `str` would ask
        members |= {"__getattr__": ask, "__setattr__": change, "__reduce_ex__": lambda self, _: (base, (plain(self),))}
        if base is dict:
            members["__missing__"] = lambda self, key: link.ask("getitem", self, key)
        if link.meets_key and issubclass(base, MUTABLE):
            members |= noted(base, link)
        members |= {one: asked(one, base, link) for one in own if may_be_asked(one, base)}
        return type(name, (base,), members)


def noted(base: Any, link: Link) -> dict[str, Any]:
    """What takes note of the methods of a container of the key's: a student's class need not derive from one."""

    def look(self: Any, name: str) -> Any:
        if not name.startswith("_"):
            link.note("getattr")
        return base.__getattribute__(self, name)

    def contains(self: Any, item: Any) -> bool:
        return bool(link.is_asked("contains", item) and base.__contains__(self, item))

    return {"__getattribute__": look, "__contains__": contains}


def may_be_asked(name: str, base: type) -> bool:
    """Whether a look-alike can have this method from the box."""
    return name in ASKED or (not name.startswith("_") and callable(getattr(base, name, None)))


def asked(name: str, base: type, link: Link) -> Any:
    """A method that the student's class has of its own; where the key's is not asked for it, it is that of the base."""
    plain, question = getattr(base, name, None), ASKED.get(name, "getattr")

    def found(self: Any) -> Any:
        is_there = "_remote_handle" in vars(self) and link.is_asked("getattr")
        return link.ask("getattr", self, name) if is_there else getattr(super(type(self), self), name)

    def method(self: Any, *given: Any, **more: Any) -> Any:
        is_there = "_remote_handle" in vars(self)
        if is_there and (question is None or link.is_asked(question, *given)):
            return link.call(link.ask("getattr", self, name), given, more)
        return NotImplemented if plain is None else plain(self, *given, **more)

    return property(found) if question == "getattr" else method  # what is asked has its place where Python looks it up


ASKED: dict[str, str | None] = {
    **dict.fromkeys(OPERATORS - {"__getattribute__", "__getattr__"}, "binary"),
    **{f"__{name}__": "compare" for name in ("eq", "ne", "lt", "le", "gt", "ge")},
    "__contains__": "contains",
    **dict.fromkeys(("__len__", "__iter__", "__reversed__"), "count"),
    **dict.fromkeys(("__bool__", "__next__", "__getitem__", "__hash__")),
    **dict.fromkeys(("__setitem__", "__delitem__", "__call__", "__enter__", "__round__")),
    **dict.fromkeys(("__neg__", "__pos__", "__abs__", "__invert__", "__int__", "__float__", "__index__")),
}
"""Methods of Python's own that a look-alike may have from the box, and the question that has to be allowed, if any."""

BASES = (
    *(dict, list, tuple, str, int, float, complex, bytes, set, frozenset, np.ndarray),
    *(Counter, OrderedDict, defaultdict, deque),
)
"""Types that a look-alike may be of."""


MUTABLE = (list, dict, set, deque)
"""Those that a class is derived from for what can be done with it: other data are derived from for their looks."""


def known_class(name: str) -> type | None:
    """The class of this full name, if the judge has its module loaded and it is no type of plain data."""
    module, dot, rest = name.rpartition(".")
    if module == "builtins":
        return CODE.get(name)
    while dot:
        if module in sys.modules and module.split(".")[0] not in ("__main__", "numpy"):
            found: Any = sys.modules[module]
            for part in rest.split("."):
                found = getattr(found, part, None)
            return found if isinstance(found, type) and not issubclass(found, PLAIN) else None
        module, dot, more = module.rpartition(".")
        rest = f"{more}.{rest}"
    return None


_CODE = (
    *(types.FunctionType, types.GeneratorType, types.MethodType, types.ModuleType, type),
    *(types.CoroutineType, types.AsyncGeneratorType, types.CodeType, property, staticmethod, classmethod),
    *ITERATORS,
)
CODE = {f"{kind.__module__}.{kind.__name__}": kind for kind in _CODE}
"""Builtin types that say what a thing is, not what it holds: a function, a generator, a `map`."""

PLAIN = (
    bool,
    int,
    float,
    complex,
    str,
    bytes,
    bytearray,
    list,
    tuple,
    dict,
    set,
    frozenset,
    deque,
    np.ndarray,
    np.generic,
)


def view_of(base: np.ndarray[Any, Any], view: View) -> np.ndarray[Any, Any]:
    """An array in the memory of another one, as the box says; NumPy sees to it that it lies there as a whole.

    Raises
    ------
    StudentStoppedError
        If it does not.
    CannotBeSplitError
        If the test's own array does not lie in memory as that of the box does.
    """
    try:
        if base.flags.forc:
            memory = base if base.flags.c_contiguous else base.T
            return np.ndarray(view.shape, view.dtype, memory, view.offset, view.strides)
        found = every_so_often(base, view)
    except (ValueError, TypeError):
        raise StudentStoppedError("What your code returned is not what it was.", "protocol") from None
    if found is None:
        raise CannotBeSplitError("an array of the test's that does not lie in one piece is shared")
    return found


def every_so_often(base: np.ndarray[Any, Any], view: View) -> np.ndarray[Any, Any] | None:
    """A part of an array of one axis that does not lie in one piece here, as it does in the box; None of any other."""
    size = base.itemsize
    whole = not any(number % size for number in (view.offset, *view.strides))
    if not (base.ndim == len(view.shape) == 1 and view.dtype == base.dtype and whole):
        return None
    strides = [step // size * 8 for step in view.strides]
    places = np.ndarray(view.shape, np.int64, np.arange(base.size), view.offset // size * 8, strides)
    step = int(places[1] - places[0]) if len(places) > 1 else 1
    last = int(places[-1]) + (1 if step > 0 else -1)
    return base[int(places[0]) : last if last >= 0 else None : step]


def change_in_place(given: Any, value: Any) -> None:
    """Give a container or an array that the box changed its new content here too."""
    if isinstance(given, np.ndarray) and isinstance(value, np.ndarray):
        if given.shape == value.shape:
            given[...] = value
    elif isinstance(given, array.array) and isinstance(value, array.array):
        if given.typecode == value.typecode:
            given[:] = value
    elif isinstance(given, list | bytearray) and isinstance(value, list | bytearray):
        builtin_kind(given).__setitem__(given, slice(None), held(value))
    elif isinstance(given, dict | set | deque) and isinstance(value, dict | set | deque):
        kind: Any = builtin_kind(given)
        kind.clear(given)
        (kind.extend if isinstance(given, deque) else kind.update)(given, held(value))


def builtin_kind(value: Any) -> Any:
    """The class of a container that is Python's own: a look-alike's methods may ask the box."""
    return next(kind for kind in type(value).__mro__ if kind.__module__ in ("builtins", "collections", "array"))


def held(value: Any) -> Any:
    """What a container holds, by Python's own methods alone."""
    kind = builtin_kind(value)
    return dict(kind.items(value)) if issubclass(kind, dict) else list(kind.__iter__(value))
