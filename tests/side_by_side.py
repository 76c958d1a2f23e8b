"""Which tests may run at the same time, in several processes (pytest-xdist)."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

BROWSER = ("tests/deliver/test_browser_pages.py", "tests/deliver/test_nbgrader_pages.py", "tests/nbgrader/")
"""They install the same browser modules on their first run."""

EXECUTE = ("tests/execute/",)
"""They share warm processes, and boxes of level B look whether a former one has left something in shared memory."""

APART = "tests/hostile/test_submissions.py::test_it_wins_nothing["
"""What these leave behind has a name of their process's own: they can run anywhere, and fill the time at the end."""


class SideBySide(LoadScopeScheduling):
    """Keeps the tests of a file together, for what they share, and those apart that would meet outside of it."""

    def _split_scope(self, nodeid: str) -> str:
        """What a test must not be parted from."""
        if nodeid.startswith(APART):
            return nodeid
        file = nodeid.partition("::")[0]
        return next((group[0] for group in (BROWSER, EXECUTE) if file.startswith(group)), file)
