"""`autograder doctor` and `audit`: whether this machine is ready, and whether the tests are good."""

from __future__ import annotations

import json
from typing import Any

import click
from rich.console import Console

from autograder.program import Project

MATRIX_WIDTH = 170
"""Columns that the matrix needs; a narrower terminal wraps or scrolls."""


def doctor_command(project: Project, gradebook: str | None, as_json: bool) -> int:
    """Look at all that grading needs; 3 if something is missing."""
    from autograder import doctor  # noqa: PLC0415 - starts a kernel and a box

    findings = doctor.examine(project.root, gradebook)
    if as_json:
        click.echo(json.dumps(doctor.findings_to_json(findings), ensure_ascii=False, indent=1))
    else:
        Console(highlight=False).print(doctor.render(findings))
    return 0 if doctor.healthy(findings) else 3


def audit_command(project: Project, assignment: str, boxes: int | None, level: Any, as_json: bool) -> int:
    """Try the tests on wrong and right answers; 1 if a wrong one lives or a right one is refused."""
    from autograder import audit  # noqa: PLC0415 - reads the release

    report = audit.audit(project.folder(assignment), boxes, level)
    if as_json:
        click.echo(json.dumps(audit.report_to_json(report), ensure_ascii=False, indent=1))
    else:
        console = Console(highlight=False)
        console.width = max(console.width, MATRIX_WIDTH)
        console.print(audit.render(report))
    return 0 if report.good else 1
