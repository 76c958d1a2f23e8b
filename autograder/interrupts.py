"""Ctrl-C counts whenever it comes, and so do the other ways of asking a program to end.

Python forgets one that interrupts a destructor or a weak reference's callback, and now and then one that interrupts C
code which clears all errors.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import Any

SOON = 0.05
"""Seconds until it is said again; the callback has ended by then."""

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""What asks a program to end."""

_asked: list[int] = []


def keep_interrupts() -> None:
    """From now on, remember an interrupt, and say one again that would be forgotten.

    Whoever closes the terminal or shuts the machine down interrupts as well: otherwise nothing would be put away.
    """
    _asked.clear()
    for number in ENDING:
        # what runs in the background of a script ignores Ctrl-C, and `nohup` the end of the terminal
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, interrupted)
    sys.unraisablehook = say_again


def interrupted(number: int, frame: Any) -> None:
    """What a signal does: be remembered, and raise as always."""
    _asked.append(number)
    signal.default_int_handler(number, frame)


def stop_if_interrupted() -> None:
    """Raise, once, where an interrupt has come and whatever it met has gone on.

    Raises
    ------
    KeyboardInterrupt
        If one has come.
    """
    if _asked:
        _asked.clear()
        raise KeyboardInterrupt


def say_again(forgotten: Any) -> None:
    """Python's hook for exceptions that nobody can catch."""
    if forgotten.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(forgotten)
        return
    timer = threading.Timer(SOON, os.kill, (os.getpid(), signal.SIGINT))
    timer.daemon = True
    timer.start()
