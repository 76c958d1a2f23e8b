"""The judge's handle on one box. Whatever the student's side does, it answers with a `Stop`."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import FunctionType
from typing import Any, Protocol

from autograder.records import (
    BoxFault,
    CellRun,
    ExceptionValue,
    Isolation,
    Limits,
    Numbered,
    Reply,
    Stop,
    UnsendableError,
)

from .inside import frames
from .inside.frames import ChannelError, Message
from .minutes import Minutes
from .observations import Heard, content, with_nonce
from .questionnaire import Place, Question, Questionnaire, fingerprint
from .sentences import cut, stop
from .values import Values, raised
from .wire import Closed, Late, Lost

_SURROGATE = re.compile("[\ud800-\udfff]")
MAX_CALLBACKS = 100_000
"""How often one question may call back."""


EXIT_SECONDS = 1.0
"""How long a box that has hung up may take to end, before it is ended."""


Answers = list[tuple[Reply, str]]
"""Each answer of a reply, with what was printed on stderr."""


class Process(Protocol):
    """The processes of one box, seen from outside; `orphaned` says that nobody could tell how they had ended."""

    orphaned: bool

    def kill(self, grace: float = 0.0) -> int | None:
        """End them all; the signal that had ended the student's process before, if one had."""
        ...


class OverMemory(Exception):  # noqa: N818  what the other side did, not an error of ours
    """The box holds more memory than it may."""


class TooManyProcesses(Exception):  # noqa: N818  what the other side did, not an error of ours
    """The box runs more processes than it may."""


class Ended(Exception):  # noqa: N818  what the other side did, not an error of ours
    """The box is known to have stopped here."""

    def __init__(self, stop: Stop) -> None:
        super().__init__(stop.code)
        self.stop = stop


class Talk(Protocol):
    """The judge's end of a channel: a `Wire`, or what stands for one. See there."""

    history: bytes

    def ask(self, frame: bytes, nonce: str, deadline: float) -> None:
        """Put a question."""
        ...

    def hear(self, nonce: str, deadline: float) -> Heard | Message:
        """Wait for what the box says to it; not yet read, where it is written as usual."""
        ...

    def answer(self, frame: bytes, nonce: str, deadline: float) -> None:
        """Answer what the box has called back."""
        ...

    def ended(self, stop: Stop | None) -> None:
        """Take note of an end."""
        ...

    def close(self) -> None:
        """Hang up."""
        ...


class LiveBox:
    """A `Box` over a channel and the processes behind it."""

    def __init__(self, wire: Talk, process: Process, limits: Limits, isolation: Isolation) -> None:
        self._wire = wire
        self._process = process
        self._limits = limits
        self._isolation = isolation
        self._values = Values()
        self._stop: Stop | None = None
        self._spent = 0.0
        self._depth = 0
        self._output_left = limits.output_bytes
        self._closed = False
        self._minutes = Minutes()
        self._before: tuple[int, int] | None = None

    @property
    def isolation(self) -> Isolation:
        """How this box is held."""
        return self._isolation

    def furnish(self, files: Sequence[tuple[str, bytes]]) -> None:
        """Lay these files beside the notebook, before anything of the student's runs: a failure is a fault of ours."""
        for name, data in files:
            reply = self.ask("write_file", name, data)
            if reply.raised or reply.stop:
                raise BoxFault(f"a file could not be laid beside the notebook: {reply.raised or reply.stop}")

    def run_cell(self, source: str) -> CellRun:
        """Run one cell as IPython would."""
        start = time.monotonic()
        ((reply, stderr),) = self._put("run", (source,), "time/cell", self._limits.cell_seconds)
        return CellRun(reply.raised, reply.stop, reply.stdout, stderr, time.monotonic() - start)

    def ask(
        self,
        operation: str,
        *operands: Any,
        callbacks: Mapping[int, Callable[..., Any]] | None = None,
        forget: Sequence[int] | None = None,
    ) -> Reply:
        """Put one question; see operations.md."""
        if callbacks:
            self._values.add(callbacks)
        ((reply, _),) = self._put(operation, operands, "time/call", self._limits.call_seconds, forget=forget)
        return reply

    def call_each(self, target: Any, calls: Sequence[tuple[tuple[Any, ...], int | None]]) -> list[Reply]:
        """Put many calls in one question; a call is its arguments and what to seed NumPy's generator with, or None.

        Returns
        -------
        list of Reply
            One for each call, from the first on; fewer where more would be too large, and after a stop.
        """
        seconds = min(len(calls) * self._limits.call_seconds, self._limits.cell_seconds)
        return [reply for reply, _ in self._put("each", (target, list(calls)), "time/call", seconds, len(calls))]

    @contextmanager
    def fork(self) -> Iterator[bool]:
        """Talk to a copy of the box inside the `with`."""
        before = self._wire.history
        forked = self.ask("fork").value is True
        try:
            yield forked
        finally:
            if forked:
                self._end_fork()
                self._wire.history = before

    @contextmanager
    def waiting(self) -> Iterator[str | None]:
        """Let a copy take the place of the box inside the `with`.

        It goes on as if nothing had been asked, so that what it says is known also where no box waited.
        """
        before = self._wire.history
        shared = self.ask("shared").value
        forked = type(shared) is str and self.ask("fork").value is True
        apart, self._wire.history = self._wire.history, before
        try:
            yield shared if forked else None
        finally:
            if forked:
                self._end_fork()
            self._wire.history = apart

    def _end_fork(self) -> None:
        """Let the copy end. If only the copy was lost, the box itself goes on."""
        if self._stop is None:
            self.ask("end")
        if self._stop is not None and self._stop.code == "exited" and not self._closed:
            self._stop = None

    def close(self) -> None:
        """End every process of the box."""
        if not self._closed:
            self._closed = True
            self._wire.close()
            self._process.kill()

    # --- what a test is known to ask ---

    def foresee(self, questionnaire: Questionnaire) -> Any:
        """Put the questions of a test as long as it is known what it asks next.

        Returns
        -------
        What the test finds, where the box answers all of them as another one did. Otherwise None: the test is to be
        run. What the box has been asked already, it is not asked again then; the same answers are read.
        """
        here: Place | None = questionnaire.start
        while here and here.question and self._stop is None:
            answer = self._answer_to(here.question)
            here = here.onward.get(fingerprint(answer)) if isinstance(answer, Heard) else None
        if here and here.found is not None:
            self._minutes.ahead.clear()
            return here.found
        return None

    def _answer_to(self, question: Question) -> Heard | Message | None:
        """Put a question that is known, and keep the answer for the test; None where the box has stopped."""
        nonce, answer = secrets.token_hex(16), None
        with self._exchange(question.code, question.seconds) as deadline:
            self._wire.ask(with_nonce(question.content, nonce), nonce, deadline)
            answer = self._wire.hear(nonce, deadline)
            self._minutes.ahead.append((question, answer))
        return answer

    def listen(self) -> None:
        """Take down what is asked from now on, and what is said."""
        self._before = self._state()
        self._minutes.begin()

    def heard(self) -> list[tuple[Question, Heard]] | None:
        """What was asked since `listen`, and said; None if it was more than a few plain questions and answers.

        Raises
        ------
        OutOfStepError
            If not all was asked that had been foreseen.
        """
        found = self._minutes.end()
        return found if self._stop is None and self._before == self._state() else None

    def _state(self) -> tuple[int, int]:
        """What a talk can change on this side: what may still be printed, and how many callables are known."""
        return self._output_left, len(self._values.callbacks)

    # --- one exchange ---

    def _put(
        self,
        operation: str,
        operands: tuple[Any, ...],
        code: str,
        seconds: float,
        answers: int = 1,
        forget: Sequence[int] | None = None,
    ) -> Answers:
        """Put a question and wait for its reply; everything that can go wrong on the other side is a stop."""
        if self._stop is not None and not self._minutes.ahead:
            return [(Reply(stop=self._stop), "")]
        encoder = self._values.encoder()
        nonce = secrets.token_hex(16)
        try:
            asked = [operation, [encoder.tree(part) for part in operands], *([] if forget is None else [[*forget]])]
            frame = frames.pack("ask", nonce, asked, encoder.buffers)
        except frames.TooLarge as error:
            raise UnsendableError(f"a question is too large to be sent: {error}") from None
        question = Question(content(frame, nonce), code, seconds, answers)
        found: Answers | None = None
        with self._exchange(code, seconds) as deadline:
            found = self._converse(question, frame, nonce, deadline)
        return [(Reply(stop=self._stop), "")] if found is None else found

    @contextmanager
    def _exchange(self, code: str, seconds: float) -> Iterator[float]:
        """Give the deadline of an exchange; what goes wrong on the other side inside the `with` is a stop."""
        if self._closed and self._stop is None:
            raise BoxFault("this box is closed")
        left = self._limits.submission_seconds - self._spent
        if left < seconds:
            code, seconds = "time/submission", left
        start = time.monotonic()
        self._depth += 1
        try:
            yield start + seconds
        except Late:
            self._halt(code)
        except OverMemory:
            self._halt("memory")
        except TooManyProcesses:
            self._halt("killed", f", because it started more than {self._limits.processes} processes")
        except ChannelError:
            self._halt("protocol")
        except Closed:
            self._halt("exited")
        except Ended as end:
            self._over(end.stop)
        except Lost:
            self._wire.ended(None)
            self._stop = stop("exited", self._limits)
        finally:
            self._depth -= 1
            if not self._depth:
                self._spent += time.monotonic() - start

    def _converse(self, question: Question, frame: bytes, nonce: str, deadline: float) -> Answers:
        """Send the question, serve what the box calls back, and read the reply that carries the question's nonce."""
        heard = self._minutes.known(question)
        if heard is None:
            self._wire.ask(frame, nonce, deadline)
            heard = self._wire.hear(nonce, deadline)
        for _ in range(MAX_CALLBACKS):
            message = heard.message(nonce) if isinstance(heard, Heard) else heard
            if message.kind == "reply":
                self._minutes.add(question, heard)
                return self._read(message, question.answers)
            if message.kind != "call":
                raise ChannelError("not an answer")
            self._minutes.spoil()
            deadline += self._serve(message, nonce, deadline)
            heard = self._wire.hear(nonce, deadline)
        raise ChannelError("too many calls back")

    def _read(self, message: Message, answers: int) -> Answers:
        """The answers of a reply: as many as were asked for, or from the first on as many as fitted."""
        if type(message.payload) is not list or not 1 <= len(message.payload) <= answers:
            raise ChannelError("not the right number of answers")
        decoder = self._values.decoder(message.buffers)
        return [self._record(payload, decoder) for payload in message.payload]

    def _record(self, payload: Any, decoder: Any) -> tuple[Reply, str]:
        """One answer as the record, and what was printed on stderr."""
        more_news = payload[5:] if type(payload) is list and len(payload) == 6 else []
        tree, error, texts, changes, known = _list(payload[:5] if more_news else payload, 5)
        same = _place(_list(known, 1)[0]) if type(known) is list else None
        identity = None if type(known) is list else known
        if identity is not None and (type(identity) is not int or not 0 < identity < 2**31):
            raise ChannelError("not an identity")
        out, err = (self._text(text) for text in _list(texts, 2))
        value, changed = decoder.value(tree), self._changes(decoder, changes)
        news, gone = _news(decoder, more_news[0]) if more_news else ((), ())
        reply = Reply(stdout=out, changed=changed, stderr=err, news=news, gone=gone)
        if error is not None:
            more = value if type(value) in (ExceptionValue, FunctionType) else None
            return replace(reply, raised=replace(raised(error), error=more)), err
        return replace(reply, value=value, identity=identity, same=same), err

    def _changes(self, decoder: Any, changes: Any) -> dict[int | str, Any]:
        if type(changes) is not list or len(changes) > 1000:
            raise ChannelError("not a list of changes")
        result = {}
        for change in changes:
            place, tree = _list(change, 2)
            result[_place(place)] = decoder.value(tree)
        return result

    def _text(self, text: Any) -> str:
        """Printed text, counted here and cut at what the submission may print in all."""
        if type(text) is not str or _SURROGATE.search(text):
            raise ChannelError("not text")
        kept = cut(text, max(0, self._output_left))
        self._output_left -= len(text)
        return kept

    # --- what the box calls back ---

    def _serve(self, message: Message, nonce: str, deadline: float) -> float:
        """Run a callable of the judge for the box; the seconds that it took are the judge's own."""
        more_news = message.payload[3:] if type(message.payload) is list and len(message.payload) == 4 else []
        number, args_tree, kwargs_tree = _list(message.payload[:3] if more_news else message.payload, 3)
        decoder = self._values.decoder(message.buffers)
        args, kwargs = decoder.value(args_tree), decoder.value(kwargs_tree)
        news = _news(decoder, more_news[0]) if more_news else ((), ())
        function = self._values.callbacks.get(number) if type(number) is int else None
        if function is None or type(args) is not tuple or type(kwargs) is not dict or not all(map(_is_str, kwargs)):
            raise ChannelError("not a call of something known")
        start = time.monotonic()
        encoder, problem, tree = self._values.encoder(), None, None
        try:
            if heed := getattr(function, "heed", None):
                heed(*news)
            tree = encoder.tree(function(*args, **kwargs))
        except (BoxFault, UnsendableError):
            raise
        except Exception as error:  # the judge's callable may raise on purpose
            told = getattr(function, "told", None)  # what is no builtin exception goes there as what it is
            known = told(error) if told else getattr(error, "_remote_handle", None)
            problem = [_builtin_name(error), str(error)[:2000], None if known is None else encoder.tree(known)]
        took = time.monotonic() - start
        self._wire.answer(frames.pack("answer", nonce, [problem, tree], encoder.buffers), nonce, deadline + took)
        return took

    # --- ends ---

    def _halt(self, code: str, detail: str = "") -> None:
        """End the box for good; from now on every question is answered by this stop.

        Raises
        ------
        BoxFault
            If it was not the student's code that ended it.
        """
        self._over(stop(code, self._limits, detail))  # at once: what interrupts the rest must not make it our fault
        fatal = self._process.kill(EXIT_SECONDS if code == "exited" else 0.0)
        if code == "exited" and self._process.orphaned:
            raise BoxFault("the warm process has died, and the box with it")
        if code == "exited" and fatal is not None:
            self._stop = stop("killed", self._limits, f" ({_SIGNALS.get(fatal, f'signal {fatal}')})")
        self._wire.ended(self._stop)

    def _over(self, why: Stop) -> None:
        self._stop = why
        self._closed = True
        self._wire.close()


_SIGNALS = {6: "it aborted", 9: "out of memory or time", 11: "it crashed", 24: "out of time"}


def _is_str(value: Any) -> bool:
    return type(value) is str


def _list(value: Any, length: int) -> list[Any]:
    """A list of this length, and nothing else."""
    if type(value) is not list or len(value) != length:
        raise ChannelError("not a list of the right length")
    return value


def _news(decoder: Any, parts: Any) -> tuple[tuple[Numbered, ...], tuple[int, ...]]:
    """What has changed, and the numbers of what is gone."""
    trees, gone = _list(parts, 2)
    if type(trees) is not list or type(gone) is not list or set(map(type, gone)) - {int}:
        raise ChannelError("not news")
    news = tuple(decoder.value(tree) for tree in trees)
    if not all(type(one) is Numbered for one in news):
        raise ChannelError("not a container that has a number")
    return news, tuple(gone)


def _place(place: Any) -> int | str:
    """Which argument: its position or its keyword."""
    if type(place) is int or type(place) is str:
        return place
    raise ChannelError("not a place")


def _builtin_name(error: Exception) -> str:
    for kind in type(error).__mro__:
        if kind.__module__ == "builtins":
            return kind.__name__
    return "Exception"
