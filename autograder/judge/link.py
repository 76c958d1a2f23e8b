"""The judge's end of the talk with a box: puts questions, and turns replies into what a test cell should see."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any

from autograder.judge.ahead import Ahead
from autograder.judge.bounds import Bounds
from autograder.judge.crossing import Crossing, handle_of
from autograder.judge.errors import CannotBeSplitError, FaultInTestError, StudentStoppedError
from autograder.judge.manners import Manners
from autograder.judge.randomness import SEEDED, states
from autograder.judge.rebuild import change_in_place, known_class
from autograder.judge.remote import Remote
from autograder.judge.replaced import Replaced
from autograder.judge.source import standing
from autograder.judge.warned import Warned
from autograder.records import Box, BoxFault, Handle, Reply, Stop, UnsendableError

SILENT = frozenset(
    {"get", "names", "get_many", "set", "delete", "is", "isinstance", "type", "class", "super", "source", "signature"}
)
"""Questions that run nothing of the student's."""
LOOKS = frozenset({"len", "iterator", "next", "getitem", "bool", "hash", "str", "repr", "format", "compare"})
"""Questions that only look at something."""
OF_PARTS = frozenset({"call", "get_many", "names", "subclass"})
"""Questions whose operands are no containers of the test's, though these may be in them."""


class Link:
    """Talks with one box on behalf of one test cell.

    Attributes
    ----------
    stop : Stop or None
        Why the box could answer no longer, once it could not.
    before, after
        Are told of each question that runs code: it may need files, and may have changed the values of names.
    around
        What surrounds such a question in the judge, and has to surround it in the box.
    has_read : bool
        Whether the test has looked at the texts of the student's cells.
    found_wrong : AssertionError or None
        The first thing that was found wrong in what the box called back, which its code may have swallowed.
    fault : BoxFault or None
        The first fault of ours, also where the test has swallowed it.
    over : bool
        Whether the test cell has ended. What a later one still holds of it may belong to a box that is gone.
    """

    def __init__(self, box: Box, bounds: Bounds, manners: Manners | None = None, written: tuple[str, ...] = ()) -> None:
        self.stop: Stop | None = None
        self.fault: BoxFault | None = None
        self.found_wrong: AssertionError | None = None
        self._written, self.has_read, self.over = written, False, False
        self.before: list[Callable[[], None]] = []
        self.after: list[Callable[[], None]] = []
        self.crossing, self.ahead = Crossing(self), Ahead(self)
        self._box, self._bounds = box, bounds
        self._classes: dict[int, type] = {}
        self._stderr = sys.stderr
        self._seeded = dict(SEEDED)
        self._manners, self.replaced = manners or Manners(), Replaced(self)
        self.around: list[Callable[[], AbstractContextManager[None]]] = [self.replaced.there, Warned(self).heard]

    def ask(self, operation: str, *operands: Any) -> Any:
        """Put one question and return its answer as the test cell should see it.

        Raises
        ------
        BaseException
            What the student's code raised, with the line as `student_line`.
        StudentStoppedError
            If the box is gone.
        CannotBeSplitError
            If an operand cannot be sent.
        """
        silent = operation in SILENT
        return self._answer((self._numbered if silent else self._run)(operation, *operands))

    def call(self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call something in the box, under the judge's random state if that was seeded since the last call."""
        return self._settled(self._run("call", target, args, kwargs), args, kwargs)

    def _run(self, operation: str, *operands: Any) -> Reply:
        """Put a question that may run code of the student's, with all around it that the test has made ready."""
        if operation not in LOOKS:
            self.ahead.recount()
        for prepare in self.before:
            prepare()
        if self._seeded != SEEDED:
            seeded, self._seeded = states(self._seeded), dict(SEEDED)
            if operation == "call":
                operands = (*operands, seeded)
            else:
                self.put("set_random_state", seeded)
        with contextlib.ExitStack() as stack:
            for there in self.around:
                stack.enter_context(there())
            reply = self._numbered(operation, *operands)
        self._look_again()
        return reply

    def call_each(self, target: Remote, calls: Sequence[tuple[tuple[Any, ...], int | None]]) -> Iterator[Any]:
        """Call something many times in one trip; a call is its arguments and what to seed NumPy's generator with.

        Yields
        ------
        (value, error)
            For each call what it returned, or None and what it raised. A dictionary that is returned again changes
            only when its next call is looked at, as if the calls came one after the other.
        """
        done, returned = 0, dict[int, Any]()
        while done < len(calls):
            rest = calls[done:]
            self.renew()
            sent = [(self.crossing.outgoing(args), seed) for args, seed in rest]
            replies = self._trip(lambda: self._box.call_each(self.crossing.outgoing(target), sent))  # noqa: B023 - at once
            self._look_again()
            if self.crossing.mirrors:
                self._numbered("renew")
            done += len(replies)
            for (args, _), reply in zip(rest, replies, strict=False):
                outcome: tuple[Any, BaseException | None]
                try:
                    outcome = (self._settled(reply, args, {}, returned), None)
                except StudentStoppedError as error:
                    outcome = (None, error)
                except BaseException as error:
                    if not hasattr(error, "student_line"):
                        raise
                    outcome = (None, error)
                yield outcome

    def _settled(
        self, reply: Reply, args: tuple[Any, ...], kwargs: dict[str, Any], returned: dict[int, Any] | None = None
    ) -> Any:
        """What a call returned or raised, with the arguments that it changed in place."""

        def given(place: int | str) -> Any:
            return args[place] if isinstance(place, int) else kwargs[place]

        for place, value in reply.changed.items():
            change_in_place(given(place), self.incoming(value))
        if reply.same is not None and not reply.raised:
            self._answer(reply)
            return given(reply.same)
        if returned is None:
            return self._answer(reply)
        value = self._answer(reply, watched=False)
        known = value if reply.identity is None else returned.setdefault(reply.identity, value)
        if known is not value:
            change_in_place(known, value)
        return known

    def _look_again(self) -> None:
        """Something of the student's has run: what the test holds of theirs may have changed."""
        for look in self.after:
            look()
        for handle in self.crossing.mirrors.of_students():
            reply = self._numbered("plain", handle)
            if not (reply.stop or reply.raised):
                self.crossing.mirrors.one(handle, self.incoming(reply.value))

    def put(self, operation: str, *operands: Any) -> Reply:
        """Put a question, after what the test has changed in place since the last one."""
        self.renew()
        sent = [self.crossing.outgoing(operand) for operand in operands]
        reply: Reply = self._trip(lambda: self._box.ask(operation, *sent))
        return reply

    def _numbered(self, operation: str, *operands: Any) -> Reply:
        """As `put`, with numbers for the containers that go there and come back."""
        self.renew()
        return self._put(operation, *operands)

    def renew(self) -> None:
        """Tell the box what the test has changed in place since the last question."""
        containers = []
        for address, value in self.crossing.mirrors.changed():
            if isinstance(address, Handle):
                self._put("refill", address, value)
            else:
                containers.append(value)
        if containers:
            self._put("renew", *containers)

    def _put(self, operation: str, *operands: Any) -> Reply:
        crossing = self.crossing
        sent = [crossing.outgoing(operand, True, operation not in OF_PARTS) for operand in operands]
        forget, crossing.unknown = crossing.unknown, []
        reply: Reply = self._trip(lambda: self._box.ask(operation, *sent, forget=forget))
        crossing.heed(reply.news, reply.gone)
        return reply

    def _trip(self, question: Callable[[], Any]) -> Any:
        """Talk to the box; a fault of ours passes through whatever a test catches."""
        try:
            with self._bounds.paused():
                return question()
        except UnsendableError as error:
            raise CannotBeSplitError(str(error)) from error
        except BoxFault as fault:
            if self.over:
                raise StudentStoppedError("This comes from a process that has ended since.") from fault
            self.fault = self.fault or fault
            raise FaultInTestError(fault) from fault

    def class_of(self, remote: Remote) -> type:
        """What `isinstance` of a test should see: the nearest class that the judge knows by the same name.

        Never one of data: what is a list or an array arrives as such, and nothing else may pass for it.
        """
        number = remote._remote_handle.number  # noqa: SLF001 - see `Crossing.outgoing`
        if number not in self._classes:
            known = map(known_class, self.bases_of(remote))
            self._classes[number] = next((kind for kind in known if kind), type(remote))
        return self._classes[number]

    def bases_of(self, remote: Remote) -> list[str]:
        """The full names of its class and of the bases of that, as the box says."""
        reply = self.put("type", remote)
        names = reply.value[1] if isinstance(reply.value, list) and len(reply.value) == 2 else []
        return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []

    def missed(self, error: AssertionError) -> None:
        """What the test has given was called, and found something wrong; with the key's call, it may be meant to."""
        if not self._manners.is_meant("raise"):
            self.found_wrong = self.found_wrong or error

    def may(self, question: str, remote: Remote, *given: Any) -> bool:
        """Whether the test may put this question to an object of the student's, and give it that along."""
        return self._manners.may(with_given(question, given), lambda: self.bases_of(remote))

    def is_asked(self, question: str, *given: Any) -> bool:
        """Whether the test asks the key's object this: what is plain data besides is asked nothing else."""
        return self._manners.is_asked(with_given(question, given))

    def is_meant(self, question: str) -> bool:
        """As `is_asked`, or nothing is known of the key."""
        return self._manners.is_meant(question)

    @property
    def meets_key(self) -> bool:
        """Whether this is the box of the answer key."""
        return self._manners.meets_key

    def note(self, question: str) -> None:
        """Take note that this is asked, where the test meets the key."""
        self._manners.note(question)

    def may_swallow(self) -> bool:
        """Whether a `with` statement of the student's may end an error of the test's: where the key's gets one, too."""
        return self._manners.may("exit", tuple)

    def source(self, remote: Remote) -> str:
        """The text of a function or a class, as it stands in the student's notebook."""
        return standing(self.ask("source", remote), self.written())

    def written(self) -> tuple[str, ...]:
        """The texts of the student's cells."""
        self.has_read = True
        return self._written

    def look_up(self, names: list[str], imports: dict[str, tuple[str, str]]) -> tuple[dict[str, Any], set[str]]:
        """The values of those of these names that the student's notebook has bound, and which are what is imported.

        `imports` is, for some of the names, from where that is: a module, and the name in it or "".
        """
        reply = self._numbered("get_many", names, *([imports] if imports else []))
        if reply.stop:
            self.stop = reply.stop
            return {}, set()
        found = reply.value if isinstance(reply.value, dict) else {}
        known = {name: one for name, one in found.items() if name in names and isinstance(one, tuple)}
        values = {name: self.incoming(*one[:2]) for name, one in known.items() if len(one) in (2, 3)}
        return values, {name for name, one in known.items() if name in imports and one[2:] == (True,)}

    def _answer(self, reply: Reply, watched: bool = True) -> Any:
        """The value of a reply, or its exception."""
        if reply.stdout:
            sys.stdout.write(self.incoming(reply.stdout))
        if reply.stderr and sys.stderr is not self._stderr:  # a test listens
            sys.stderr.write(self.incoming(reply.stderr))
        if reply.stop:
            self.stop = reply.stop
            raise StudentStoppedError(reply.stop.message)
        if reply.raised:
            raise self.crossing.exceptions.rebuilt(reply.raised)
        return self.incoming(reply.value, reply.identity if watched else None)

    def incoming(self, value: Any, identity: Any = None) -> Any:
        """What arrived, as the test should see it; a container that has a number is the one of that number."""
        found = self.crossing.incoming(value)
        return self.crossing.mirrors.one(identity, found) if type(identity) is int else found


def with_given(question: str, given: tuple[Any, ...]) -> str:
    """A question that is given something: one object may be compared with another where data is compared with data."""
    return f"{question} {'theirs' if any(map(handle_of, given)) else 'ours'}" if given else question
