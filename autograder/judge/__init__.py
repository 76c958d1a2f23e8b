"""Judge: the trusted side. Runs the test cells, asks the box, and decides every check."""

from autograder.judge.alone import standing_alone
from autograder.judge.bounds import end_where_no_alarm_is_heard
from autograder.judge.cell import Setting, Verdict, out_of_time, run_test
from autograder.judge.grade import Judged, judge
from autograder.judge.session import OpenBox, RunTest
from autograder.judge.trusted import Trusted
from autograder.judge.unseen import could_be_seen

__all__ = [
    "Judged",
    "OpenBox",
    "RunTest",
    "Setting",
    "Trusted",
    "Verdict",
    "could_be_seen",
    "end_where_no_alarm_is_heard",
    "judge",
    "out_of_time",
    "run_test",
    "standing_alone",
]
