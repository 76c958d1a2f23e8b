"""Zip files whose bytes depend on what is in them alone, and files that never replace another one unasked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from autograder.deliver.export.errors import ExportError

_DATE = (1980, 1, 1, 0, 0, 0)


def packed(files: Mapping[str, bytes], executable: Iterable[str] = ()) -> bytes:
    """Pack files, sorted and dated alike."""
    runnable = set(executable)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.create_system = 3  # Unix, whatever the machine, for the permissions
            entry.external_attr = (0o100755 if name in runnable else 0o100644) << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def refuse_to_overwrite(out: Path, force: bool) -> None:
    """Raise where a file would be replaced that nobody said may be."""
    if out.exists() and not force:
        raise ExportError(f"{out} exists already. Type --force to replace it, or name another file with --out.")


def written(out: Path, content: bytes, force: bool) -> None:
    """Write a file whole or not at all."""
    refuse_to_overwrite(out, force)
    out.parent.mkdir(parents=True, exist_ok=True)
    new = out.with_name(f".{out.name}.new")
    new.write_bytes(content)
    new.replace(out)
