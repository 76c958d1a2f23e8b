"""Judge: the trusted side. Runs the test cells, asks the box, and decides every check."""

from autograder.judge.grade import Judged, judge
from autograder.judge.trusted import Trusted

__all__ = ["Judged", "Trusted", "judge"]
