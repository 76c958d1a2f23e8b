"""What a teacher can put right."""

from __future__ import annotations


class ExportError(Exception):
    """The export was not made; the text says why and what to type instead. Nothing was written."""
