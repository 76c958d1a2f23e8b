"""Notice when a test seeds a random generator, so that the student's code meets the same state.

In one process, a test's `np.random.seed(5)` decides what the student's function draws next. Here the two have a
generator each: after a test has seeded its own, the state travels along with the next call.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import numpy as np

SEEDED = {"numpy": 0, "python": 0}
"""How often each generator has been seeded in this process."""


def watched(function: Callable[..., Any], generator: str) -> Callable[..., Any]:
    """A seeding function that also counts."""

    def counting(*args: Any, **kwargs: Any) -> Any:
        SEEDED[generator] += 1
        return function(*args, **kwargs)

    counting.watched = True  # type: ignore[attr-defined]  # so that it is not wrapped twice
    counting.__name__, counting.__doc__ = getattr(function, "__name__", "seed"), function.__doc__
    return counting


def watch() -> None:
    """Count from now on; again is the same as once."""
    if not hasattr(np.random.seed, "watched"):
        np.random.seed = watched(np.random.seed, "numpy")
        np.random.set_state = watched(np.random.set_state, "numpy")
        random.seed = watched(random.seed, "python")
        random.setstate = watched(random.setstate, "python")


def states(since: dict[str, int]) -> dict[str, Any]:
    """The states of the generators that were seeded since then, in the form in which they travel."""
    found: dict[str, Any] = {}
    if SEEDED["numpy"] != since["numpy"]:
        state = np.random.get_state(legacy=False)  # noqa: NPY002 - see above
        inner: dict[str, Any] = state["state"]
        found["numpy"] = (inner["pos"], inner["key"].tobytes(), state["has_gauss"], state["gauss"])
    if SEEDED["python"] != since["python"]:
        version, words, gauss = random.getstate()
        found["python"] = (version, list(words), gauss)
    return found
