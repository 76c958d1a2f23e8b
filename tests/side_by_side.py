"""Which tests may run at the same time, in several processes (pytest-xdist)."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

BROWSER = ("tests/deliver/test_browser_pages.py", "tests/deliver/test_nbgrader_pages.py", "tests/nbgrader/")
"""They install the same browser modules on their first run."""

LEVEL_B = ("tests/execute/", "tests/hostile/")
"""Boxes of level B see the same shared memory, and look whether a former one has left something there."""

APART = "tests/hostile/test_submissions.py::test_it_wins_nothing[A-"
"""Boxes of level A see nothing of each other: these can run anywhere, and fill the time in which others still run."""


class SideBySide(LoadScopeScheduling):
    """Keeps the tests of a file together, for what they share, and those apart that would meet outside of it."""

    def _split_scope(self, nodeid: str) -> str:
        """What a test must not be parted from."""
        if nodeid.startswith(APART):
            return nodeid
        file = nodeid.partition("::")[0]
        return next((group[0] for group in (BROWSER, LEVEL_B) if file.startswith(group)), file)
