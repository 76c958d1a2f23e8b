"""Show an audit: the matrix of answers and checks, and what is not as it should be; or the same as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from autograder.audit.report import AuditReport, Trial


def render(report: AuditReport, every: bool = True) -> RenderableType:
    """Everything as tables and lines for a terminal.

    Parameters
    ----------
    report
        What the audit found.
    every
        Show the whole matrix, not only what is not as it should be.
    """
    shown = report.trials if every else (*report.alive, *report.refused, *report.misnamed, *report.misfiled)
    bank = [trial for trial in shown if trial.entry.kind != "mutant"]
    tables = [matrix(exercise, list(group)) for exercise, group in groupby(sorted(bank, key=by), key=by)]
    return Group(*tables, *(Text(line) for line in summary(report)))


def by(trial: Trial) -> str:
    """The exercise that a trial is about."""
    return trial.entry.exercise


def matrix(exercise: str, trials: Iterable[Trial]) -> Table:
    """One row for each answer, one column for each check."""
    table = Table(title=exercise, title_justify="left", expand=False)
    rows = list(trials)
    table.add_column("answer", max_width=44)
    table.add_column("is")
    for check in (*rows[0].visible, *rows[0].hidden):
        hidden = check in rows[0].hidden
        table.add_column(f"{'hidden' if hidden else 'public'}\n{check.name}", justify="center")
    table.add_column("diagnosis")
    for trial in rows:
        marks = ("·" if check.outcome == "passed" else "✗ no" for check in (*trial.visible, *trial.hidden))
        fate = verdict(trial)
        table.add_row(trial.entry.name, fate, *marks, diagnosis(trial), style="" if trial.as_it_should else "bold red")
    return table


def verdict(trial: Trial) -> str:
    """One word for what became of an answer."""
    if trial.entry.kind == "right":
        return "accepted" if not trial.refused_by else "REFUSED"
    return "killed" if trial.refused_by else "ALIVE"


def diagnosis(trial: Trial) -> str:
    """The code that a student reads, and the one that was expected, where it is another."""
    return trial.code + (f" (expected {trial.entry.code})" if trial.named in ("no", "wrong") else "")


def summary(report: AuditReport) -> Iterable[str]:
    """What an author wants to know, line by line."""
    wrong, right, mutants = (report.count(kind) for kind in ("wrong", "right", "mutant"))
    alive = [trial for trial in report.alive if trial.entry.kind == "wrong"]
    survivors = [trial for trial in report.alive if trial.entry.kind == "mutant"]
    labelled = [trial for trial in report.trials if trial.named]
    named = [trial for trial in labelled if trial.named == "yes"]
    public = sum(any(c.outcome != "passed" for c in t.visible) for t in report.trials if t.entry.kind == "wrong")
    yield f"{report.assignment}: audit of the tests, {report.seconds:.1f} s"
    yield f"  wrong answers   {wrong - len(alive)} of {wrong} killed, {public} of them by the public tests"
    yield f"  right answers   {right - len(report.refused)} of {right} accepted"
    killed, equivalent = mutants - len(report.equivalent) - len(survivors), len(report.equivalent)
    yield f"  mutants         {killed} of {mutants} killed, {equivalent} equivalent, {len(survivors)} alive"
    yield f"  diagnoses       {len(named)} of {len(labelled)} labelled ones recognised, {len(report.codes())} different"
    yield f"  box and judge   {report.boxed} tried, {len(report.differences)} checks marked otherwise"
    yield from findings(report)
    yield "  The tests can be trusted." if report.good else "  NOT GOOD: see above."


def findings(report: AuditReport) -> Iterable[str]:
    """One line for each thing that is not as it should be, or worth knowing."""
    for trial in report.alive:
        yield f"  ALIVE       {trial.entry.exercise}: {trial.entry.name} ({trial.entry.says})"
    for trial in report.refused:
        checks = ", ".join(f"{check.name} {check.code}" for check in trial.refused_by)
        yield f"  REFUSED     {trial.entry.exercise}: {trial.entry.name} by {checks}"
    for trial in report.misfiled:
        told = "right" if trial.filed_right else "wrong"
        yield f"  MISFILED    {trial.entry.exercise}: {trial.entry.name}; the oracle says that it is {told}"
    for trial in report.misnamed:
        yield f"  misnamed    {trial.entry.exercise}: {trial.entry.name}: {diagnosis(trial)}"
    for trial in report.equivalent:
        yield f"  equivalent  {trial.entry.exercise}: {trial.entry.says}; {trial.equivalent}"
    for one in report.differences:
        yield f"  DIFFERENT   {one.exercise}: {one.name}, {one.check}: plain {one.plain}, in the box {one.boxed}"
    for cell in report.unsplittable:
        yield f"  UNSPLIT     {cell.cell}, line {cell.line}: {cell.reason}"


def report_to_json(report: AuditReport) -> dict[str, Any]:
    """The report as plain data."""
    return {
        "schema_version": 1,
        "assignment": report.assignment,
        "good": report.good,
        "seconds": round(report.seconds, 2),
        "counts": {
            "wrong": report.count("wrong"),
            "right": report.count("right"),
            "mutants": report.count("mutant"),
            "alive": len(report.alive),
            "refused": len(report.refused),
            "equivalent": len(report.equivalent),
            "misnamed": len(report.misnamed),
            "misfiled": len(report.misfiled),
            "boxed": report.boxed,
        },
        "trials": [trial_to_json(trial) for trial in report.trials],
        "differences": [
            {"exercise": d.exercise, "name": d.name, "check": d.check, "plain": d.plain, "boxed": d.boxed}
            for d in report.differences
        ],
        "unsplittable": [{"cell": u.cell, "line": u.line, "reason": u.reason} for u in report.unsplittable],
    }


def trial_to_json(trial: Trial) -> dict[str, Any]:
    """One trial as plain data."""
    return {
        "kind": trial.entry.kind,
        "exercise": trial.entry.exercise,
        "name": trial.entry.name,
        "says": trial.entry.says,
        "expected_code": trial.entry.code,
        "code": trial.code,
        "as_it_should": trial.as_it_should,
        "equivalent": trial.equivalent,
        "refused_by": [f"{check.name}" for check in trial.refused_by],
    }
