"""The judge's end of the talk with a box: turns replies into values, and values into what can be sent."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from autograder.judge.bounds import Bounds
from autograder.judge.errors import CannotBeSplitError, FaultInTestError, StudentStoppedError
from autograder.judge.randomness import SEEDED, states
from autograder.judge.rebuild import change_in_place, known_class, look_alike, rebuilt
from autograder.judge.remote import Remote, RemoteCallable
from autograder.records import Box, BoxFault, Handle, NotPlain, Reply, Stop, UnsendableError

OWN = {"input": builtins.input, "print": builtins.print}
"""Builtins that a test may replace by its own, so that it can answer or listen."""


class Link:
    """Talks with one box on behalf of one test cell.

    Attributes
    ----------
    stop : Stop or None
        Why the box could answer no longer, once it could not.
    called
        Is told of each call: it may have changed the values of names.
    """

    def __init__(self, box: Box, bounds: Bounds) -> None:
        self.stop: Stop | None = None
        self.called: Callable[[], None] = lambda: None
        self._box, self._bounds = box, bounds
        self._lent: dict[int, tuple[Any, Callable[..., Any]]] = {}
        self._remotes: dict[int, Remote] = {}
        self._returned: dict[int, Any] = {}
        self._classes: dict[int, type] = {}
        self._seeded = dict(SEEDED)

    def ask(self, operation: str, *operands: Any) -> Any:
        """Put one question and return its answer as the test cell should see it.

        Raises
        ------
        Exception
            What the student's code raised, as the nearest builtin exception, with the line as `student_line`.
        StudentStoppedError
            If the box is gone.
        CannotBeSplitError
            If an operand cannot be sent.
        """
        return self._answer(self._put(operation, operands))

    def call(self, target: Remote, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call something in the box, under the judge's random state if that was seeded since the last call."""
        operands: list[Any] = [target, args, kwargs]
        replaced = self._replaced()
        if self._seeded != SEEDED:
            operands.append(states(self._seeded))
            self._seeded = dict(SEEDED)
        for name, value in replaced.items():
            self._put("set", (name, value))
        reply = self._put("call", operands)
        self.called()
        for name in replaced:
            self._put("delete", (name,))
        return self._settled(reply, args, kwargs)

    def call_each(self, target: Remote, calls: Sequence[tuple[tuple[Any, ...], int | None]]) -> Iterator[Any]:
        """Call something many times in one trip; a call is its arguments and what to seed NumPy's generator with.

        Yields
        ------
        (value, error)
            For each call what it returned, or None and what it raised. A dictionary that is returned again changes
            only when its next call is looked at, as if the calls came one after the other.
        """
        done = 0
        while done < len(calls):
            rest = calls[done:]
            sent = [(self.outgoing(args), seed) for args, seed in rest]
            try:
                with self._bounds.paused():
                    replies = self._box.call_each(self.outgoing(target), sent)
            except UnsendableError as error:
                raise CannotBeSplitError(str(error)) from error
            except BoxFault as fault:
                raise FaultInTestError(fault) from fault
            self.called()
            done += len(replies)
            for (args, _), reply in zip(rest, replies, strict=False):
                outcome: tuple[Any, Exception | None]
                try:
                    outcome = (self._settled(reply, args, {}), None)
                except Exception as error:
                    outcome = (None, error)
                yield outcome

    def _settled(self, reply: Reply, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """What a call returned or raised, with the arguments that it changed in place."""
        for place, value in reply.changed.items():
            given = args[place] if isinstance(place, int) else kwargs[place]
            change_in_place(given, self.incoming(value))
        value = self._answer(reply)
        if reply.identity is None:
            return value
        known = self._returned.setdefault(reply.identity, value)
        if known is not value:
            change_in_place(known, value)
        return known

    def _put(self, operation: str, operands: Sequence[Any]) -> Reply:
        """Put a question; a fault of ours passes through whatever a test catches."""
        sent = [self.outgoing(operand) for operand in operands]
        try:
            with self._bounds.paused():
                return self._box.ask(operation, *sent)
        except UnsendableError as error:
            raise CannotBeSplitError(str(error)) from error
        except BoxFault as fault:
            raise FaultInTestError(fault) from fault

    def _replaced(self) -> dict[str, Any]:
        """What a test has put in the place of `input` or `print`, where the student's code uses the builtin one."""
        found = {name: value for name, own in OWN.items() if (value := getattr(builtins, name)) is not own}
        bound = self._put("names", (sorted(found),)).value if found else []
        return {name: value for name, value in found.items() if name not in (bound or [])}

    def class_of(self, remote: Remote) -> type:
        """What `isinstance` of a test should see: the nearest class that the judge knows by the same name.

        Never one of data: what is a list or an array arrives as such, and nothing else may pass for it.
        """
        number = remote._remote_handle.number  # noqa: SLF001 - see `outgoing`
        if number not in self._classes:
            reply = self._put("type", (remote,))
            names = reply.value[1] if isinstance(reply.value, list) and reply.value else []
            known = (known_class(name) for name in names if isinstance(name, str))
            self._classes[number] = next((kind for kind in known if kind), type(remote))
        return self._classes[number]

    def look_up(self, names: list[str]) -> dict[str, Any]:
        """The values of those of these names that the student's notebook has bound."""
        reply = self._put("get_many", (names,))
        if reply.stop:
            self.stop = reply.stop
            return {}
        found = reply.value if isinstance(reply.value, dict) else {}
        return {name: self.incoming(value) for name, value in found.items() if name in names}

    def _answer(self, reply: Reply) -> Any:
        """The value of a reply, or its exception."""
        if reply.stdout:
            sys.stdout.write(reply.stdout)
        if reply.stop:
            self.stop = reply.stop
            raise StudentStoppedError(reply.stop.message)
        if reply.raised:
            raise rebuilt(reply.raised)
        return self.incoming(reply.value)

    def incoming(self, value: Any) -> Any:
        """What arrived, with stand-ins for handles and look-alikes for reduced subclasses."""
        kind = type(value)
        if kind is Handle:
            return self._remote(value)
        if kind is NotPlain:
            return look_alike(self.incoming(value.value), value.type)
        if kind is dict:
            return {self.incoming(key): self.incoming(item) for key, item in value.items()}
        if kind in (list, tuple, set, frozenset):
            return kind(self.incoming(item) for item in value)
        return value

    def _remote(self, handle: Handle) -> Remote:
        """The stand-in for a handle, the same one each time."""
        if handle.number not in self._remotes:
            kind = RemoteCallable if handle.callable else Remote
            self._remotes[handle.number] = kind(self, handle)
        return self._remotes[handle.number]

    def outgoing(self, value: Any) -> Any:
        """What is to be sent, with handles for stand-ins."""
        kind = type(value)  # not `isinstance`: it would ask a stand-in, and that would ask the box
        if issubclass(kind, type):
            return value
        if issubclass(kind, Remote):
            handle: Handle = value._remote_handle  # noqa: SLF001 - a stand-in has no public attribute of its own
            return handle
        if kind in (list, tuple, set, frozenset):
            return kind(self.outgoing(item) for item in value)
        if kind is dict:
            return {self.outgoing(key): self.outgoing(item) for key, item in value.items()}
        if issubclass(kind, np.ndarray):  # a look-alike goes back as what it holds
            return self.outgoing(value.tolist()) if value.dtype == object else np.asarray(value)
        return self._lend(value) if callable(value) and not goes_by_name(value) else value

    def _lend(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """A function of the judge's as the box may call it back: what it does then is within the test's bounds."""
        if id(function) not in self._lent:

            def called_back(*args: Any, **kwargs: Any) -> Any:
                with self._bounds.paused(False):
                    return function(*args, **kwargs)

            self._lent[id(function)] = function, called_back
        return self._lent[id(function)][1]


def goes_by_name(value: Any) -> bool:
    """Whether the box has this function too, so that only its name is sent."""
    name = getattr(value, "__name__", "")
    return any(getattr(sys.modules.get(module), name, None) is value for module in ("builtins", "math", "numpy"))
