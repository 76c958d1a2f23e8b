"""Collect what learning platforms hand out: zips and folders of strangers' files, into one nbgrader tree."""

from autograder.collect.lms.carry_out import Collected, carry_out
from autograder.collect.lms.plan import plan
from autograder.collect.lms.planned import ArchiveLimits, CollectError, CollectPlan
from autograder.collect.lms.record import read_late, read_people
from autograder.collect.lms.roster import read_roster
from autograder.collect.lms.show import plan_to_json, render

__all__ = [
    "ArchiveLimits",
    "CollectError",
    "CollectPlan",
    "Collected",
    "carry_out",
    "plan",
    "plan_to_json",
    "read_late",
    "read_people",
    "read_roster",
    "render",
]
