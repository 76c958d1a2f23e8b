"""Which tests may run at the same time, in several processes (pytest-xdist)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    from xdist.workermanage import WorkerController

BROWSER = ("tests/deliver/test_browser_pages.py", "tests/deliver/test_nbgrader_pages.py", "tests/nbgrader/")
"""They install the same browser modules on their first run."""

EXECUTE = ("tests/execute/",)
"""They share warm processes, and boxes of level B look whether a former one has left something in shared memory."""

EXAMPLE = tuple(
    f"tests/dropin/test_{name}.py" for name in ("equivalence", "several_notebooks", "beside", "nothing_lost", "desk")
)
"""They grade copies of nbgrader's example course, whose release takes longer than most of them."""

LONG = (
    *("tests/day/test_day.py", EXAMPLE[0], "tests/program/test_grade.py", "tests/test_bundle_works.py"),
    *("tests/program/test_new_and_regrade.py", "tests/program/test_recall.py", BROWSER[0]),
)
"""What takes minutes comes first: nobody waits for it at the end. The first of a group stands for the group."""

APART = "tests/hostile/test_submissions.py::test_it_wins_nothing["
"""What these leave behind has a name of their process's own: they can run anywhere, and fill the time at the end."""


GROUPS = (BROWSER, EXECUTE, EXAMPLE)


class SideBySide(LoadScopeScheduling):
    """Keeps the tests of a file together, for what they share, and those apart that would meet outside of it."""

    def _split_scope(self, nodeid: str) -> str:
        """What a test must not be parted from."""
        if nodeid.startswith(APART):
            return nodeid
        file = nodeid.partition("::")[0]
        return next((group[0] for group in GROUPS if file.startswith(group)), file)

    def _assign_work_unit(self, node: WorkerController) -> None:
        """Give a worker the longest that is left, or whatever has the most tests."""
        longest = next((scope for scope in LONG if scope in self.workqueue), None)
        if longest:
            self.workqueue.move_to_end(longest, last=False)
        super()._assign_work_unit(node)
