"""Who moves in a regrading: found by comparing results, and shown before anything is written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from autograder.commands.run import Run
from autograder.deliver.table import points, shown
from autograder.records import CheckResult, Release, Result


@dataclass(frozen=True, slots=True)
class Regraded:
    """What a run would hold by the present tests, and how that was found out."""

    run: Run
    release: Release
    results: list[Result]
    how: Counter[str]

    @property
    def moves(self) -> list[Move]:
        """Who moves."""
        return list(moved(self.run.results, self.results))


@dataclass(frozen=True, slots=True)
class Move:
    """One student whose marks change: the score before and after, and the checks that bring it about."""

    student: str
    before: float | None
    after: float | None
    checks: tuple[str, ...]


def moved(before: tuple[Result, ...], after: list[Result]) -> Iterator[Move]:
    """Who moves."""
    old = {result.student: result for result in before}
    for result in after:
        was = old[result.student]
        changed = tuple(changes(was, result))
        if changed or was.score != result.score:
            yield Move(result.student, was.score, result.score, changed)


def changes(before: Result, after: Result) -> Iterator[str]:
    """The checks that changed, each as a few words."""
    old, new = checks(before), checks(after)
    for place in sorted(old.keys() | new.keys()):
        was, now = old.get(place), new.get(place)
        if now is None or was is None or was.points != now.points or was.max_points != now.max_points:
            yield f"{place}: {said(was)} → {said(now)}"


def checks(result: Result) -> dict[str, CheckResult]:
    """Every check of a result by its cell and name."""
    pairs = [pair for exercise in result.exercises for pair in zip(exercise.checks, exercise.cells, strict=True)]
    return {f"{cell}/{check.name}": check for check, cell in pairs}


def said(check: CheckResult | None) -> str:
    """The points of a check, or that it is not there."""
    return "none" if check is None else f"{check.points:g} of {check.max_points:g}"


def show(again: list[Regraded], as_json: bool) -> None:
    """Print who moves, by how much and through which check."""
    for one in again:
        if one.how:
            said = f"{one.how['recalled']} decided from stored observations, {one.how['run']} run again"
            click.echo(named(one, said), err=True)
    if as_json:
        tables = {one.run.notebook: moves_to_json(one) for one in again}
        table = {"notebooks": tables} if len(again) > 1 else moves_to_json(again[0])
        click.echo(json.dumps(table, ensure_ascii=False, indent=1))
        return
    for one in again:
        show_moves(one)


def named(one: Regraded, said: str) -> str:
    """The sentence, after the name of the notebook that it is about where there may be others."""
    return f"{one.run.notebook}: {said}" if one.run.notebook else said


def moves_to_json(one: Regraded) -> dict[str, Any]:
    """Who moves, as plain data."""
    moves = [{"student": m.student, "before": m.before, "after": m.after, "checks": list(m.checks)} for m in one.moves]
    head = {"from": one.run.release_id, "to": one.release.id, "recalled": one.how["recalled"], "run": one.how["run"]}
    return {**head, "moves": moves}


def show_moves(one: Regraded) -> None:
    """Print the moves of one notebook as a table."""
    moves, releases = one.moves, f"from release {one.run.release_id[:12]} to {one.release.id[:12]}"
    console = Console(highlight=False)
    others = sum(move.before == move.after for move in moves)
    also = f", {others} more keep their score by other checks" if others else ""
    moving = f"{len(moves) - others} of {len(one.run.results)} move{also}"
    console.print(named(one, f"{moving}, {releases}"), soft_wrap=True)
    if moves:
        table = Table("student", "before", "after", "by", "through", show_edge=False, pad_edge=False)
        for move in moves:
            by = "–" if move.before is None or move.after is None else f"{move.after - move.before:+g}"
            table.add_row(shown(move.student), points(move.before), points(move.after), by, "\n".join(move.checks))
        console.print(table)
