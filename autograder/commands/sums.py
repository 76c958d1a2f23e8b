"""The runs of an assignment's notebooks, put together in the folder above theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder import deliver
from autograder.commands.by_hand import with_hand_given
from autograder.commands.run import Run, load_run, with_notebook
from autograder.gradebook.reader import ByHand, by_hand
from autograder.records import Release, Result
from autograder.several import combined, shown_together, together


@dataclass(frozen=True, slots=True)
class Sums:
    """The runs of all notebooks: `whole` is their releases together, `found` holds each student's result in each."""

    folder: Path
    whole: Release
    parts: dict[str, Release]
    ids: dict[str, str]
    found: dict[str, dict[str, Result]]

    def results(self) -> list[Result]:
        """One result for each student."""
        return [combined(list(self.parts.values()), own) for own in self.found.values()]


def added_up(folder: Path, releases: Sequence[Release]) -> Sums:
    """Read the runs below a folder, and put together what belongs to the same student.

    Raises
    ------
    RunError
        If one of the runs is not there.
    """
    runs = {release.notebook: load_run(folder / release.notebook) for release in releases}
    ids = {name: run.release_id for name, run in runs.items()}
    tables = {name: {one.student: one for one in run.results} for name, run in runs.items()}
    first, *others = tables.values()
    students = [student for student in first if all(student in table for table in others)]
    found = {student: {name: table[student] for name, table in tables.items()} for student in students}
    return Sums(folder, together(releases, ids.values()), {one.notebook: one for one in releases}, ids, found)


def put_together(sums: Sums, url: str) -> list[Result]:
    """Write the sums, and a page for each student."""
    results = sums.results()
    deliver.write_results(sums.folder / "results.json", sums.whole, results, sums.ids)
    write_pages(sums, results, url)
    return results


def write_pages(sums: Sums, results: Sequence[Result], url: str) -> None:
    """Write pages about all notebooks together, with what was given by hand, each by its result in the sums."""
    hand = by_hand(url, sums.whole.assignment, several=True)
    for result in results:
        own, parts = hand.get(result.student, ByHand()), sums.found.get(result.student, {})
        pairs = {name: with_notebook(one, sums.parts[name]) for name, one in parts.items()}
        page = shown_together(with_hand_given(result, own), {name: graded for name, (graded, _) in pairs.items()})
        data = {name: data for name, (_, data) in pairs.items() if data is not None}
        deliver.write_feedback(sums.folder / "feedback", sums.whole, page, data, own.comments)


def above(run: Run) -> Run | None:
    """The run that holds the sums over this one and others, or None."""
    folder = run.folder.resolve().parent
    if not run.notebook or run.folder.resolve().name != run.notebook or not (folder / "results.json").exists():
        return None
    sums = load_run(folder)
    return sums if run.notebook in sums.notebooks and sums.assignment == run.assignment else None
