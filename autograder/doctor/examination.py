"""The examination: one finding after the other, none of which can stop the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from autograder.doctor.finding import Finding


def examine(root: Path, gradebook_url: str | None = None) -> tuple[Finding, ...]:
    """Look at all that grading needs.

    Parameters
    ----------
    root
        The repository; `build/` in it is where things are written.
    gradebook_url
        The gradebook; by default the one that the course's settings name.

    Returns
    -------
    tuple of Finding
        In the order in which a problem is best put right.
    """
    return tuple(guarded(name, look) for name, look in examinations(root, gradebook_url))


def examinations(root: Path, url: str | None) -> Iterator[tuple[str, Callable[[], Finding]]]:
    """Each examination and its name; what one needs is imported by it alone, and may be missing."""
    from autograder.doctor import places, python, settings  # noqa: PLC0415 - light, but see above

    build, course = root / "build", root / "build" / "course"
    yield "Python", python.python
    yield "Packages", lambda: python.packages(root / "requirements.txt")
    yield "Random numbers", python.first_draw
    yield "Kernel", _kernel
    yield "Sandbox", _sandbox
    yield "nbgrader", lambda: settings.settings(root, course)
    yield "Gradebook", lambda: _gradebook(url or settings.gradebook_url(root, course))
    yield "Folders", lambda: places.writable((build, course))
    yield "Disk", lambda: places.disk(build)


def _kernel() -> Finding:
    from autograder.doctor.kernel import kernel  # noqa: PLC0415 - jupyter_client may be missing

    return kernel()


def _sandbox() -> Finding:
    from autograder.doctor.sandbox import sandbox  # noqa: PLC0415 - starts processes

    return sandbox()


def _gradebook(url: str) -> Finding:
    from autograder.doctor.gradebook import gradebook  # noqa: PLC0415 - nbgrader may be missing

    return gradebook(url)


def guarded(name: str, look: Callable[[], Finding]) -> Finding:
    """One finding; an examination that fails is a problem found, not an end of the others."""
    try:
        return look()
    except Exception as error:  # a broken installation may raise anything, and is what we are here to find
        detail = f"it could not be examined ({type(error).__name__}: {error})"
        return Finding(name, False, detail, "make setup")
