"""Classes that a test derives from a class of the student's: they are made in the box, of methods that call back."""

from __future__ import annotations

from typing import Any

from autograder.judge.errors import CannotBeSplitError

OF_PYTHON = (
    "__module__",
    "__annotations__",
    "__annotate__",
    "__annotate_func__",
    "__firstlineno__",
    "__static_attributes__",
)
"""What Python writes into the body of a class for itself."""


class DerivedMaker(type):
    """Makes a class in the box where a test derives one."""

    def __new__(cls, name: str, bases: tuple[type, ...], members: dict[str, Any], /, **keywords: Any) -> Any:
        """Make the class, or, for `Derived` itself, an ordinary one."""
        originals = members.pop("__orig_bases__", None)
        if originals is None:
            return super().__new__(cls, name, bases, members, **keywords)
        cell = members.pop("__classcell__", None)
        made = derived(
            name, originals, {key: value for key, value in members.items() if key not in OF_PYTHON}, keywords
        )
        if cell is not None:
            cell.cell_contents = made
        return made


class Derived(metaclass=DerivedMaker):
    """Stands among the bases of a test's class for a class of the student's."""


def derived(name: str, bases: tuple[Any, ...], members: dict[str, Any], keywords: dict[str, Any]) -> Any:
    """A class in the box that derives from these."""
    links = [base._remote_link for base in bases if hasattr(type(base), "_remote_link")]  # noqa: SLF001 - a stand-in's
    if len(links) != len(bases):
        raise CannotBeSplitError(f"class {name} derives from a class of the student's and from one of the test's")
    link = links[0]
    there = {key: as_there(link, value) for key, value in members.items()}
    return link.ask("subclass", name, list(bases), there, *([keywords] if keywords else []))


def as_there(link: Any, member: Any) -> Any:
    """A member of a class's body as the box can have it."""
    if isinstance(member, staticmethod | classmethod):
        return link.ask("call", type(member), (member.__func__,), {})
    if isinstance(member, property):
        return link.ask("call", property, (member.fget, member.fset, member.fdel), {})
    return member


def parent(kind: Any, instance: Any) -> Any:
    """What `super()` is in a method, in the box where the class is."""
    if hasattr(type(kind), "_remote_link"):
        return kind._remote_link.ask("super", kind, instance)  # noqa: SLF001 - a stand-in's
    return super(kind, instance)
