"""Try which sandbox student code can be held in here."""

from __future__ import annotations

from autograder.doctor.finding import Finding
from autograder.execute import probe


def sandbox() -> Finding:
    """The best level of isolation, and what would raise it."""
    tried = [one for one in probe() if one.level in ("A", "B")]
    best = next((one for one in tried if one.available), None)
    if best is None:
        reasons = "; ".join(f"level {one.level}: {one.reason}" for one in tried)
        remedies = " ".join(dict.fromkeys(one.remedy for one in tried if one.remedy))
        return Finding("Sandbox", False, f"none ({reasons})", remedies)
    above = tried[: tried.index(best)]
    better = " ".join(f"Level {one.level} ({one.reason}): {one.remedy}" for one in above)
    return Finding("Sandbox", True, f"level {best.level} ({', '.join(best.layers)})", better)
