"""Ctrl-C counts whenever it comes. Python forgets one that interrupts a destructor or a weak reference's callback."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import Any

SOON = 0.05
"""Seconds until it is said again; the callback has ended by then."""


def keep_interrupts() -> None:
    """From now on, say an interrupt again that would be forgotten."""
    sys.unraisablehook = say_again


def say_again(forgotten: Any) -> None:
    """Python's hook for exceptions that nobody can catch."""
    if forgotten.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(forgotten)
        return
    timer = threading.Timer(SOON, os.kill, (os.getpid(), signal.SIGINT))
    timer.daemon = True
    timer.start()
