"""Running strangers' code: one warm zygote, and boxes forked from it. `Zygote(...).box()` is the stage's verb."""

from .harden import harden
from .observations import Observations, program
from .packing import Unreadable, pack, unpack
from .probe import Probe, probe
from .questionnaire import Questionnaire
from .recalled import Memory, NotObservedError, RecalledBox
from .zygote import Zygote, best_level

__all__ = [
    "Memory",
    "NotObservedError",
    "Observations",
    "Probe",
    "Questionnaire",
    "RecalledBox",
    "Unreadable",
    "Zygote",
    "best_level",
    "harden",
    "pack",
    "probe",
    "program",
    "unpack",
]
