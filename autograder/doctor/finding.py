"""What an examination found, for the terminal and as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: whether it is as it should be, what was seen, and what to type if it is not.

    A finding that is ok may still name what would make it better.
    """

    name: str
    ok: bool
    detail: str
    fix: str = ""


def render(findings: Iterable[Finding]) -> RenderableType:
    """Each finding as a line with a sign and a word, and the fix below it."""
    lines = []
    for finding in findings:
        sign, style = ("✓ ok     ", "green") if finding.ok else ("✗ problem", "bold red")
        lines.append(Text.assemble((sign, style), f"  {finding.name}: {finding.detail}"))
        if finding.fix:
            word = "better" if finding.ok else "fix"
            lines.append(Text.assemble((f"{word:>13}: ", "bold"), finding.fix))
    return Group(*lines)


def findings_to_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """The findings as plain data."""
    return [asdict(finding) for finding in findings]


def healthy(findings: Iterable[Finding]) -> bool:
    """Whether all is as it should be."""
    return all(finding.ok for finding in findings)
