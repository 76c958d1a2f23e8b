"""The student process: serves one question after another until the judge hangs up.

Nothing that it says is trusted, so nothing here defends itself against the student's code; it only has to be right
for honest submissions, and cheap.
"""

from __future__ import annotations

import builtins
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from . import operations
from .capture import capture
from .channel import Channel, Gone, leave
from .encode import CONTAINERS, Encoder
from .faults import complete, describe
from .frames import Message, TooLarge
from .functions import alike
from .kept import refill
from .objects import Objects
from .shell import CELL, Shell

ENOUGH = 16_000_000
"""Bytes after which no more answers are put into one reply."""


LOOKS = frozenset({"get", "getattr", "getitem"})
"""Questions for something that goes on to exist: what the test does to it in place is to be done to it here."""
CHANGEABLE = (*CONTAINERS, tuple)
"""Arguments that may come back changed; a tuple may hold a list."""
_SIMPLE = frozenset({int, float, str, bool, type(None)})
"""What a list may hold to be compared as it is."""
ENDED = 33
"""How a copy exits that was told to end; any other way it was lost, `os._exit(0)` included."""


class Student:
    """One submission's process, or a fork of it."""

    def __init__(self, channel: Channel, shell: Shell, output_limit: int) -> None:
        self._channel = channel
        self._shell = shell
        self._objects = Objects()
        self._out, self._err = capture(output_limit)
        self._nonces: list[str] = []
        self._numbering = False

    def serve(self) -> None:
        """Answer questions until the channel closes."""
        try:
            while True:
                self._answer(self._channel.receive())
        except Gone:
            leave(0)

    def _answer(self, message: Message) -> None:
        """Answer one question, which may come while another one waits for a callback."""
        self._nonces.append(message.nonce)
        before = self._numbering
        try:
            self._dispatch(message)
        finally:
            self._nonces.pop()
            self._numbering = before

    def _dispatch(self, message: Message) -> None:
        operation, operands, *forget = message.payload
        self._numbering = bool(forget)
        if forget:
            self._objects.kept.begin(forget[0])
        if operation == "fork":
            return self._fork(message.nonce)
        if operation == "end":
            self._reply(message.nonce)
            leave(ENDED)
        decoder = self._objects.decoder(message.buffers, self._callback)
        try:
            operands = [decoder.value(operand) for operand in operands]
            self._objects.kept.look()
            if operation == "run":
                return self._run(message.nonce, *operands)
            if operation == "call":
                return self._call(message.nonce, *operands)
            if operation == "each":
                return self._each(message.nonce, *operands)
            if operation == "get_many":
                return self._get_many(message.nonce, *operands)
            if operation == "refill":
                return self._refill(message.nonce, *operands)
            value = operations.TABLE[operation](self._shell.user_ns, *operands)
        except Gone:
            raise
        except BaseException as error:  # whatever the student's objects raise is the answer
            return self._reply(message.nonce, error, raised=error)
        known = self._objects.lasting(value) if operation in LOOKS and not self._has_number(value) else None
        return self._reply(message.nonce, value, identity=known)

    # --- the questions that are more than one line ---

    def _run(self, nonce: str, source: str) -> None:
        """Run a cell; what it raised is in the reply."""
        result = self._shell.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]  # IPython's
        error = complete(result.error_before_exec or result.error_in_exec, source)
        self._reply(nonce, raised=error)

    def _call(self, nonce: str, target: Any, args: Any, kwargs: Any, state: Any = None) -> None:
        """Call something, and say which arguments it changed in place."""
        if state is not None:
            operations.set_random_state(self._shell.user_ns, state)
        value, error, changed = self._called(target, args, kwargs)
        self._reply(nonce, value, error, changed, self._known(value, args, kwargs))

    def _called(self, target: Any, args: Any, kwargs: Any) -> tuple[Any, BaseException | None, list[list[Any]]]:
        """What a call returned, what it raised instead, and the arguments that it changed in place."""
        before = self._pictures(args, kwargs)
        error, value = None, None
        try:
            value = target(*args, **kwargs)
        except Gone:
            raise
        except BaseException as raised:  # whatever the student's function raises is the answer
            error = value = raised
        after = self._pictures(args, kwargs)
        return value, error, [[p, self._argument(p, args, kwargs)] for p in before if before[p] != after[p]]

    def _each(self, nonce: str, target: Any, calls: list[tuple[tuple[Any, ...], int | None]]) -> None:
        """Answer many calls at once; those that would make the reply too large are left to be asked again."""
        payloads: list[Any] = []
        encoder = self._objects.encoder(once=True)  # answers repeat: the same bytes travel once
        size, counted = 0, 0
        for args, seed in calls:
            if seed is not None:
                np.random.seed(seed)  # noqa: NPY002  the judge's choice, as in `call`
            value, error, changed = self._called(target, args, {})
            payloads.append(self._payload(encoder, value, error, changed, self._known(value, args, {})))
            size += sum(map(len, encoder.buffers[counted:]))
            counted = len(encoder.buffers)
            if size > ENOUGH:
                break
        try:
            self._channel.send("reply", nonce, payloads, encoder.buffers)
        except TooLarge:
            self._channel.send("reply", nonce, [[self._objects.handle(None), None, ["", ""], [], None]], [])

    def _get_many(self, nonce: str, wanted: list[str], imports: dict[str, tuple[str, str]] | None = None) -> None:
        """The values of those of these names that are bound, each on its own: one too large spoils no other."""
        namespace, tree, encoder = self._shell.user_ns, list[Any](["d"]), self._encoder()
        for name in wanted:
            if name in namespace:
                known = None if self._has_number(namespace[name]) else self._objects.lasting(namespace[name])
                part = ["t", self._objects.tree(namespace[name], encoder), known]
                if imports and name in imports:
                    part.append(operations.is_import(namespace[name], *imports[name]))
                tree += [name, part]
        payload = [tree, None, [self._out.take(), self._err.take()], [], None, *self._news(encoder)]
        self._send(nonce, payload, encoder.buffers, None)

    def _refill(self, nonce: str, target: Any, value: Any) -> None:
        """Give a container, or that of a number, the content that the test has given to its picture in the judge."""
        refill(self._objects.container(target) if isinstance(target, int) else target, value)
        self._reply(nonce)

    def _known(self, value: Any, args: Any, kwargs: Any) -> Any:
        """`[place]` of the argument that was returned itself, else the number of a returned container, or None."""
        if self._has_number(value):
            return None
        if _mutable(value):
            for place, argument in (*enumerate(args), *kwargs.items()):
                if argument is value:
                    return [place]
        return self._objects.identity(value)

    def _fork(self, nonce: str) -> None:
        """Let a copy of this process talk on, and wait until it has ended."""
        try:
            pid = -1 if _threads() > 1 else os.fork()
        except OSError:  # no more processes are allowed
            pid = -1
        if pid < 0:
            return self._reply(nonce, value=False)
        if not pid:
            return self._reply(nonce, value=True)
        status = os.waitpid(pid, 0)[1]
        if os.waitstatus_to_exitcode(status) != ENDED:
            self._channel.send("lost", nonce, os.waitstatus_to_exitcode(status), [])
        return None

    # --- callables of the judge ---

    def _callback(
        self, number: int, name: str | None = None, doc: str | None = None, made_of: Any = None
    ) -> Callable[..., Any]:
        """What stands in the box for a callable of the judge; for a function, one with the same parameters."""

        def known(*args: Any, **kwargs: Any) -> Any:
            return self._ask_judge(number, args, kwargs)

        if made_of is not None:
            return alike(known, name or "<lambda>", doc, *made_of)
        known.__name__ = known.__qualname__ = name or "<lambda>"
        known.__module__, known.__doc__, known.__annotations__ = "__main__", doc, {}
        return known

    def _ask_judge(self, number: int, args: Any, kwargs: Any) -> Any:
        """Call back, and answer the judge's own questions until it answers."""
        encoder = self._encoder()
        trees = [encoder.tree(args), encoder.content(kwargs)]
        self._channel.send("call", self._nonces[-1], [number, *trees, *self._news(encoder)], encoder.buffers)
        while True:
            message = self._channel.receive()
            if message.kind == "answer":
                break
            self._answer(message)
        raised, tree = message.payload
        decoder = self._objects.decoder(message.buffers, self._callback)
        value = decoder.value(tree)
        self._objects.kept.look()
        if raised is not None:
            name, text, known = raised
            raise getattr(builtins, name)(text) if known is None else decoder.value(known)
        return value

    # --- replies ---

    def _pictures(self, args: Any, kwargs: Any) -> dict[int | str, Any]:
        """How each argument that can be changed in place looks."""
        places: dict[int | str, Any] = {**dict(enumerate(args)), **kwargs}
        number = self._objects.kept.number_of  # those that have one are looked after there
        return {p: self._picture(value) for p, value in places.items() if _mutable(value) and number(value) is None}

    def _picture(self, value: Any) -> Any:
        """What is another one if the value has been changed in place."""
        if type(value) is list and _SIMPLE.issuperset(map(type, value)):
            return value.copy()
        encoder = self._objects.encoder()
        return self._objects.tree(value, encoder), encoder.buffers

    def _argument(self, place: int | str, args: Any, kwargs: Any) -> Any:
        return args[place] if isinstance(place, int) else kwargs[place]

    def _reply(
        self,
        nonce: str,
        value: Any = None,
        raised: BaseException | None = None,
        changed: list[list[Any]] | None = None,
        identity: Any = None,
    ) -> None:
        encoder = self._encoder()
        payload = [*self._payload(encoder, value, raised, changed or [], identity), *self._news(encoder)]
        self._send(nonce, payload, encoder.buffers, value)

    def _encoder(self) -> Encoder:
        """An encoder for what goes to the judge, which numbers containers if the question was put so."""
        return self._objects.encoder(number=self._objects.kept.number if self._numbering else None)

    def _has_number(self, value: Any) -> bool:
        """Whether a value goes to the judge with a number."""
        return self._numbering and type(value) in CONTAINERS and self._objects.kept.number(value) is not None

    def _news(self, encoder: Encoder) -> list[Any]:
        """The containers that have changed and stand nowhere else in the message, and the numbers of those let go."""
        kept = self._objects.kept
        if not self._numbering:
            return []
        encoder.begin()
        trees = []
        for entry in kept.changed():
            if not encoder.is_written(entry.number):
                tree = self._objects.tree(entry.value, encoder)
                if tree[0] == "N":
                    trees.append(tree)
                else:
                    kept.begin([entry.number])
        return [[trees, kept.gone()]]

    def _payload(
        self, encoder: Encoder, value: Any, raised: BaseException | None, changed: list[list[Any]], identity: Any
    ) -> list[Any]:
        """One answer: the value's tree, what was raised, what was printed, the changed arguments, and the identity.

        Where something was raised, the value is the exception itself; its frames are let go.
        """
        error = None if raised is None else describe(raised, CELL)
        if raised is not None:
            raised.__traceback__ = None
        tree = self._objects.tree(value, encoder)
        places = [[place, self._objects.tree(argument, encoder)] for place, argument in changed]
        return [tree, error, [self._out.take(), self._err.take()], places, identity]

    def _send(self, nonce: str, payload: list[Any], buffers: list[bytes], value: Any) -> None:
        """Send one answer; a value that is too large stays here as a handle."""
        try:
            self._channel.send("reply", nonce, [payload], buffers)
        except TooLarge:
            self._channel.send("reply", nonce, [[self._objects.handle(value), *payload[1:3], [], None]], [])


def _threads() -> int:
    """How many threads this process has, those of C libraries included where the system tells.

    Each is a folder, and counts as a link; a copy of the box may look no closer at level B.
    """
    try:
        return Path("/proc/self/task").stat().st_nlink - 2
    except OSError:
        return threading.active_count()


def _mutable(value: Any) -> bool:
    return type(value) in CHANGEABLE
