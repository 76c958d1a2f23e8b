"""Try which sandbox student code can be held in here."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.doctor.finding import Finding
from autograder.execute import Probe, probe


def sandbox() -> Finding:
    """The best level of isolation, and what would raise it."""
    return judged([one for one in probe() if one.level in ("A", "B")])


def judged(tried: Sequence[Probe]) -> Finding:
    """What the levels that were tried, the best first, come to."""
    best = next((one for one in tried if one.available), None)
    if best is None:
        reasons = "; ".join(f"level {one.level}: {one.reason}" for one in tried)
        remedies = " ".join(dict.fromkeys(one.remedy for one in tried if one.remedy))
        return Finding("Sandbox", False, f"none ({reasons})", remedies)
    above = tried[: tried.index(best)]
    better = " ".join(f"Level {one.level} ({one.reason}): {one.remedy}" for one in above)
    return Finding("Sandbox", True, f"level {best.level} ({', '.join(best.layers)})", better)
