"""How an exception of the student's side is described: nearest builtin type, text, line in the cell."""

from __future__ import annotations

from types import TracebackType
from typing import Any

MAX_MESSAGE = 2_000


def describe(error: BaseException, cell_prefix: str) -> list[Any]:
    """`[type, message, line or None]` of an exception; `cell_prefix` begins the file names of cells."""
    return [*told(error), _line(error, cell_prefix)]


def told(error: BaseException) -> list[str]:
    """The name of the nearest builtin class, and the text."""
    return [_builtin_name(error), _text(error)]


def arguments(error: BaseException) -> tuple[Any, ...]:
    """What the exception was made of, a file's name included."""
    made: tuple[Any, ...] = BaseException.__dict__["args"].__get__(error)
    if isinstance(error, OSError) and len(made) == 2 and error.filename is not None:
        return (*made, error.filename)
    return made


def complete(error: BaseException | None, source: str) -> BaseException | None:
    """IPython says no more than "incomplete input" where Python says what was never closed."""
    if isinstance(error, SyntaxError) and error.msg == "incomplete input":
        try:
            compile(source, error.filename or "", "exec")
        except SyntaxError as plain:
            return plain
    return error


def _builtin_name(error: BaseException) -> str:
    for kind in type(error).__mro__:
        if kind.__module__ == "builtins" and issubclass(kind, BaseException):
            return kind.__name__
    return "Exception"


def _text(error: BaseException) -> str:
    try:
        said = error.msg if isinstance(error, SyntaxError) else str(error)
        text = str(said)[:MAX_MESSAGE]
        return text.encode("utf-8", "replace").decode("utf-8")
    except Exception:  # a student's exception may fail to say what it is
        return ""


def _line(error: BaseException, cell_prefix: str) -> int | None:
    if isinstance(error, SyntaxError) and (error.filename or "").startswith(cell_prefix):
        return error.lineno
    line, step = None, error.__traceback__
    while isinstance(step, TracebackType):
        if step.tb_frame.f_code.co_filename.startswith(cell_prefix):
            line = step.tb_lineno
        step = step.tb_next
    return line
