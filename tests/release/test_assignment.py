"""`assignment.toml`: read whole, and misspellings named."""

import pytest

from autograder.records import Limits
from autograder.release.assignment import read_assignment
from autograder.release.errors import ReleaseError


def test_what_is_not_set_keeps_its_default(doubling):
    """Limits and ranges may be left out one by one."""
    assignment = read_assignment(doubling)
    assert assignment.title == "Doubling"
    assert assignment.limits == Limits(cell_seconds=5.0)
    assert assignment.bundle.python == ">=3.9"
    assert assignment.bundle.requirements == ("numpy>=1.24",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("titel = 'x'", ["titel", "title, limits, bundle"]),
        ("[limits]\ncell_secons = 3", ["cell_secons", "[limits]", "cell_seconds"]),
        ("[limits]\nmemory_mb = 1.5", ["memory_mb", "whole number", "1.5"]),
        ("[limits]\ncell_seconds = true", ["cell_seconds", "number", "True"]),
        ("[limits]\ncall_seconds = -1", ["call_seconds", "positive", "-1"]),
        ("[limits]\ncall_seconds = inf", ["call_seconds", "positive", "inf"]),
        ("limits = 3", ["[limits]", "table"]),
        ("title = 3", ["title", "3"]),
        ("[bundle]\nrequirements = 'numpy'", ["requirements", "list"]),
        ("[bundle]\npython = 3.9", ["python", "3.9"]),
        ("title = ", ["assignment.toml"]),
    ],
)
def test_a_mistake_is_named_with_its_file_and_what_is_allowed(doubling, text, words):
    """An author finds the typo without a search."""
    (doubling / "assignment.toml").write_text(text)
    with pytest.raises(ReleaseError) as caught:
        read_assignment(doubling)
    for word in ["assignment.toml", *words]:
        assert word in str(caught.value)


def test_a_folder_without_settings_is_no_assignment(tmp_path):
    """A wrong name says which folder was looked into."""
    with pytest.raises(ReleaseError, match=r"no assignment in .*nothing"):
        read_assignment(tmp_path / "nothing")
