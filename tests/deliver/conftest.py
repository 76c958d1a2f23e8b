"""A browser, and expected files that one variable refreshes."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.deliver.browser import Browser

GOLDENS = Path(__file__).parent / "goldens"


@pytest.fixture(scope="session")
def browser() -> Browser:
    """Give a headless Chromium with axe-core."""
    return Browser()


@pytest.fixture
def golden():
    """Give a function that compares a text with an expected file, or writes that file if UPDATE_GOLDENS is set."""

    def compare(name: str, text: str) -> None:
        path = GOLDENS / name
        settled = settle(text)
        if os.environ.get("UPDATE_GOLDENS"):
            path.write_text(settled, encoding="utf-8")
        assert settled == path.read_text(encoding="utf-8"), f"{name} differs; refresh with UPDATE_GOLDENS=1 and review"

    return compare


def settle(text: str) -> str:
    """Leave out what differs between machines: versions, the style sheet (it is a file of its own) and pixels."""
    text = re.sub(r"python \d[^<\n]*", "python and packages", text)
    text = re.sub(r"(?s)<style>.*?</style>", "<style></style>", text)
    return re.sub(r"base64,[A-Za-z0-9+/=]+", "base64,pixels", text)
