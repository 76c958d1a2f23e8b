"""Running strangers' code: one warm zygote, and boxes forked from it. `Zygote(...).box()` is the stage's verb."""

from .harden import harden
from .probe import Probe, probe
from .zygote import Zygote, best_level

__all__ = ["Probe", "Zygote", "best_level", "harden", "probe"]
