"""Look at Python, at the packages, and at NumPy's frozen random numbers."""

from __future__ import annotations

import platform
import re
import sys
from importlib import metadata
from pathlib import Path

from autograder.doctor.finding import Finding

OLDEST = (3, 11)
FIRST_DRAW = 1.788628473430
"""`np.random.seed(3); np.random.randn()`: every expected value of the course rests on this stream."""


def python() -> Finding:
    """Whether this Python is new enough."""
    version = platform.python_version()
    if sys.version_info >= OLDEST:
        return Finding("Python", True, f"{version} at {sys.executable}")
    wanted = ".".join(map(str, OLDEST))
    return Finding("Python", False, f"{version} is older than {wanted}", "make setup PYTHON=python3.12")


def packages(requirements: Path) -> Finding:
    """Whether what is installed is what `requirements.txt` pins."""
    try:
        pins = pins_of(requirements.read_text(encoding="utf-8"))
    except OSError as error:
        return Finding(
            "Packages", False, f"{requirements} cannot be read ({error.strerror})", "Run it in the repository."
        )
    wrong = [difference for name, version in pins.items() if (difference := compare(name, version))]
    if not wrong:
        return Finding("Packages", True, f"{len(pins)} packages as pinned")
    listed = "; ".join(wrong[:6]) + (f"; and {len(wrong) - 6} more" if len(wrong) > 6 else "")
    return Finding("Packages", False, listed, f"{sys.executable} -m pip install --requirement {requirements}")


def pins_of(text: str) -> dict[str, str]:
    """The pinned version of each package that this platform needs."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    found = (re.fullmatch(r"([\w.-]+)==([^\s;]+)", line) for line in lines)
    return {one[1]: one[2] for one in found if one}


def compare(name: str, version: str) -> str:
    """What is wrong with one package, or ""."""
    try:
        installed = metadata.version(name)
    except metadata.PackageNotFoundError:
        return f"{name} is missing"
    return "" if installed == version else f"{name} is {installed}, not {version}"


def first_draw() -> Finding:
    """Whether NumPy's legacy generator draws what it always drew."""
    import numpy as np  # noqa: PLC0415 - takes a tenth of a second

    state = np.random.get_state()  # noqa: NPY002 - the legacy generator is what is examined
    try:
        np.random.seed(3)  # noqa: NPY002 - the same
        drawn = float(np.random.randn())  # noqa: NPY002 - the same
    finally:
        np.random.set_state(state)  # noqa: NPY002 - the same
    detail = f"seed 3 draws {drawn:.12f}"
    if abs(drawn - FIRST_DRAW) < 1e-12:
        return Finding("Random numbers", True, detail)
    fix = "Install the pinned numpy: every expected value rests on this stream."
    return Finding("Random numbers", False, f"{detail}, not {FIRST_DRAW:.12f}", fix)
