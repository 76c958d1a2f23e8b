"""Which levels of isolation this machine can do, found by trying, and what would raise them."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from autograder.records import BoxFault

from .zygote import LEVELS, trial

_APPARMOR = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
_CLONE = Path("/proc/sys/kernel/unprivileged_userns_clone")
_LANDLOCK = "Level B needs Linux 5.13 or later with Landlock enabled (boot with lsm=landlock,... where it is not)."
_ELSEWHERE = (
    "Grade on Linux: on Windows inside WSL 2, on macOS inside a Linux container or virtual machine. "
    "Or, at your own risk, run students' code with no sandbox: --unsafe-no-sandbox."
)


@dataclass(frozen=True, slots=True)
class Probe:
    """One level: whether a box could be entered, the layers it has, or why not and what would help."""

    level: Literal["A", "B"]
    available: bool
    layers: tuple[str, ...] = ()
    reason: str = ""
    remedy: str = ""


def probe() -> tuple[Probe, ...]:
    """Try every level, the best first."""
    return tuple(_try(level) for level in LEVELS)


def _try(level: Literal["A", "B"]) -> Probe:
    if sys.platform != "linux":
        return Probe(level, available=False, reason=f"{sys.platform} has no such sandbox", remedy=_ELSEWHERE)
    try:
        return Probe(level, available=True, layers=trial(level).layers)
    except (BoxFault, OSError) as fault:
        return Probe(level, available=False, reason=str(fault), remedy=_remedy(level, str(fault)))


def _remedy(level: str, reason: str) -> str:
    """What to do about it; the most likely cause first."""
    if "libseccomp" in reason:
        return "Install libseccomp (Debian, Ubuntu: apt install libseccomp2; Fedora: dnf install libseccomp)."
    if level == "B":
        return f"{_LANDLOCK} {_ELSEWHERE}"
    if _reads(_APPARMOR, "1"):
        return "Let programs make user namespaces: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 (as root)."
    if _reads(_CLONE, "0"):
        return "Let users make user namespaces: sysctl -w kernel.unprivileged_userns_clone=1 (as root)."
    if Path("/.dockerenv").exists() or Path("/run/.containerenv").exists():
        return "In a container: start it with --security-opt seccomp=unconfined --security-opt apparmor=unconfined."
    return "Level A needs Linux 5.13 or later where this user may make user namespaces."


def _reads(path: Path, text: str) -> bool:
    try:
        return path.read_text().strip() == text
    except OSError:
        return False
