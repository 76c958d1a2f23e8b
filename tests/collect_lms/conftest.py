"""Downloads as the platforms make them, built in code."""

from __future__ import annotations

import zipfile

import pytest


@pytest.fixture
def zipped(tmp_path):
    """Give a function that makes a zip of names and contents; a ZipInfo may stand for a name."""

    def make(name: str, files, method=zipfile.ZIP_STORED):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", method) as archive:
            for member, content in files:
                archive.writestr(member, content)
        return path

    return make


@pytest.fixture
def roster(tmp_path):
    """Give a function that writes a roster."""

    def make(text: str, encoding="utf-8"):
        path = tmp_path / "roster.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return make
