"""The mark that leaves the house: points of tests and of people, less a penalty; or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from autograder.records import Result

REASONS = {
    "held": "held: it could not be decided, through a fault of ours",
    "unreadable": "unreadable: the file is not a notebook",
    "missing": "missing: nothing was handed in",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One student's points, or None and the reason.

    `pending` says that a person still has to mark something; `penalty` is what was taken off for being late.
    """

    student: str
    points: Decimal | None
    maximum: Decimal
    reason: str = ""
    pending: bool = False
    penalty: Decimal = Decimal()

    @property
    def text(self) -> str:
        """The points as they are written; nothing where there are none."""
        return "" if self.points is None else two_decimals(self.points)

    def scaled(self, maximum: Decimal) -> Mark:
        """The same share of another maximum."""
        if self.points is None or not self.maximum:
            return self
        share = maximum / self.maximum
        return replace(self, points=self.points * share, maximum=maximum, penalty=self.penalty * share)


def mark_of(result: Result, penalties: Mapping[str, float] | None = None) -> Mark:
    """The mark of a result. Points that people gave count; those that they still have to give do not."""
    maximum = exact(result.max_score) + sum((exact(one.max_score) for one in result.manual), Decimal())
    if result.score is None:
        return Mark(result.student, None, maximum, REASONS[result.status])
    given = sum((exact(one.score) for one in result.manual if one.score is not None), Decimal())
    earned = exact(result.score) + given
    penalty = min(earned, exact((penalties or {}).get(result.student, 0.0)))
    pending = any(one.score is None for one in result.manual)
    return Mark(result.student, earned - penalty, maximum, pending=pending, penalty=penalty)


def exact(value: float) -> Decimal:
    """The decimal number that a float is written as, so that 0.125 rounds as people expect."""
    return Decimal(repr(float(value)))


def two_decimals(value: Decimal) -> str:
    """A number with two decimals, halves rounded up."""
    return str(value.quantize(Decimal("0.01"), ROUND_HALF_UP))
