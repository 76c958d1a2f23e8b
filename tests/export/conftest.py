"""Results of a small class, and goldens that are read by eye."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

GOLDENS = Path(__file__).parent / "goldens"


@pytest.fixture
def golden():
    """Give a function that compares bytes with a golden; `make goldens` writes them anew."""

    def compare(name: str, content: bytes) -> None:
        path = GOLDENS / name
        if os.environ.get("UPDATE_GOLDENS"):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        assert content == path.read_bytes()

    return compare
