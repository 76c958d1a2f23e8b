"""Judge: the trusted side. Runs the test cells, asks the box, and decides every check."""

from autograder.judge.grade import Judged, judge
from autograder.judge.trusted import Trusted
from autograder.judge.unseen import could_be_seen

__all__ = ["Judged", "Trusted", "could_be_seen", "judge"]
