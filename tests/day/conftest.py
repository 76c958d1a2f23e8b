"""The instructor's machine, and the day on it: every platform's class, collected, graded, given back and regraded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from tests.day.downloads import FORMS
from tests.day.notebooks import SLUG, handed_in
from tests.day.play import Day, in_the_afternoon, until_noon

GOLDENS = Path(__file__).parent / "goldens"
AT_ONCE = 2
"""Days played side by side: starting a command is half of its time, and of that most is waiting for the disk."""

PENALTY = """
from nbgrader.plugins import LateSubmissionPlugin


class TwoPoints(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 2.0


c.AssignLatePenalties.plugin_class = TwoPoints
"""
CHANGES = {
    "for_every_list(shapes, 1.0)": "for_every_list(shapes, 1.5)",
    "for_every_list(weights, 3.5)": "for_every_list(weights, 3.0)",
}
"""What the instructor changes of the hidden checks at noon."""


@pytest.fixture(scope="session")
def machine(kit, tmp_path_factory) -> Path:
    """A repository of its own, with a due date and a penalty."""
    root = tmp_path_factory.mktemp("day") / "seedbed"
    shutil.copytree(kit, root)
    for folder in (root, root / "build" / "course"):
        with (folder / "nbgrader_config.py").open("a", encoding="utf-8") as settings:
            settings.write(PENALTY)
    with Gradebook(f"sqlite:///{root / 'build' / 'course' / 'gradebook.db'}") as gradebook:
        gradebook.update_or_create_assignment(SLUG, duedate="2026-03-01 22:00:00 UTC")
    return root


@pytest.fixture(scope="session")
def days(machine) -> dict[str, tuple[Day, list[str]]]:
    """Play every day until the evening; give what was said."""
    notebooks = handed_in(machine)
    played = [day_of(form, machine, notebooks) for form in FORMS]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        mornings = list(pool.map(until_noon, played))
        change_a_check(machine)
        played[0].type("release", SLUG, "--no-audit", expect=0)
        afternoons = list(pool.map(in_the_afternoon, played))
    return {day.form: (day, one + two) for day, one, two in zip(played, mornings, afternoons, strict=True)}


def day_of(form: str, machine: Path, notebooks: dict[str, bytes]) -> Day:
    """Put a platform's downloads on the machine, beside a gradebook of their own."""
    folder = machine.parent / form
    folder.mkdir()
    shutil.copy(machine / "build" / "course" / "gradebook.db", folder)
    return Day(form, machine, folder, FORMS[form](folder, notebooks))


def change_a_check(machine: Path) -> None:
    """Let shapes count more and weights less."""
    path = machine / "notebooks" / SLUG / "hidden_checks.py"
    text = path.read_text(encoding="utf-8")
    for old, new in CHANGES.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def golden() -> Callable[[str, bytes], None]:
    """Give a function that compares bytes with a golden; `make goldens` writes them anew."""

    def compare(name: str, content: bytes) -> None:
        path = GOLDENS / name
        if os.environ.get("UPDATE_GOLDENS"):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        assert content == path.read_bytes(), f"{name} differs; refresh with UPDATE_GOLDENS=1 and read it"

    return compare
