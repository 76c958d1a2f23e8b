"""The judge's end of the talk with a box: turns replies into values, and values into what can be sent."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from autograder.judge.errors import CannotBeSplitError, StudentStoppedError
from autograder.judge.rebuild import change_in_place, look_alike, rebuilt
from autograder.judge.remote import Remote, RemoteCallable
from autograder.records import Box, Handle, NotPlain, Reply, Stop, UnsendableError

RandomState = dict[str, Any]


class Link:
    """Talks with one box on behalf of one test cell.

    Attributes
    ----------
    stop : Stop or None
        Why the box could answer no longer, once it could not.
    """

    def __init__(self, box: Box) -> None:
        self.stop: Stop | None = None
        self._box = box
        self._remotes: dict[int, Remote] = {}
        self._sent: RandomState = {}

    def random_state_is_known(self) -> None:
        """Count the judge's present random state as sent: only what the test itself seeds crosses."""
        self._sent = random_state()

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
        try:
            reply = self._box.ask(operation, *(self.outgoing(operand) for operand in operands))
        except UnsendableError as error:
            raise CannotBeSplitError(str(error)) from error
        return self._answer(reply)

    def call(self, target: Remote, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call something in the box, under the judge's random state if that was changed since the last call."""
        operands = [target, args, kwargs]
        state = random_state()
        if state != self._sent:
            self._sent = state
            operands.append(state)
        try:
            reply = self._box.ask("call", *(self.outgoing(operand) for operand in operands))
        except UnsendableError as error:
            raise CannotBeSplitError(str(error)) from error
        for place, value in reply.changed.items():
            given = args[place] if isinstance(place, int) else kwargs[place]
            change_in_place(given, self.incoming(value))
        return self._answer(reply)

    def look_up(self, names: list[str]) -> dict[str, Any]:
        """The values of those of these names that the student's notebook has bound."""
        reply = self._box.ask("get_many", names)
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
        if isinstance(value, type):
            return value
        kind = type(value)
        if issubclass(kind, Remote):
            handle: Handle = value._remote_handle  # noqa: SLF001 - a stand-in has no public attribute of its own
            return handle
        if kind in (list, tuple, set, frozenset):
            return kind(self.outgoing(item) for item in value)
        if kind is dict:
            return {self.outgoing(key): self.outgoing(item) for key, item in value.items()}
        return value


def random_state() -> RandomState:
    """The state of NumPy's legacy generator, in the form in which it travels."""
    state = np.random.get_state(legacy=False)  # noqa: NPY002 - the state that notebooks seed
    inner = state["state"]
    return {"numpy": (inner["pos"], inner["key"].tobytes(), state["has_gauss"], state["gauss"])}
