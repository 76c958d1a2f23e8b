"""Running strangers' code: one warm zygote, and boxes forked from it. `Zygote(...).box()` is the stage's verb."""

from .box import LiveBox
from .harden import harden
from .minutes import OutOfStepError
from .observations import Observations, program
from .packing import Unreadable, pack, unpack
from .probe import Probe, probe
from .questionnaire import Questionnaire
from .recalled import Memory, NotObservedError
from .zygote import Zygote, best_level

__all__ = [
    "LiveBox",
    "Memory",
    "NotObservedError",
    "Observations",
    "OutOfStepError",
    "Probe",
    "Questionnaire",
    "Unreadable",
    "Zygote",
    "best_level",
    "harden",
    "pack",
    "probe",
    "program",
    "unpack",
]
