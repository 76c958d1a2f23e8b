"""The runs of an assignment's notebooks, put together in the folder above theirs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from autograder import deliver
from autograder.commands.by_hand import with_hand_given
from autograder.commands.run import load_run, with_notebook
from autograder.gradebook.reader import ByHand, by_hand
from autograder.program import Project
from autograder.records import Release, Result
from autograder.several import combined, shown_together, together


def put_together(project: Project, folder: Path, releases: Sequence[Release], url: str) -> tuple[Release, list[Result]]:
    """Write the sums and a page for each student.

    Returns
    -------
    Release
        That of all notebooks.
    list of Result
        One for each student, in the order of the names.
    """
    whole, parts = together(releases), {release.notebook: release for release in releases}
    runs = {name: {one.student: one for one in load_run(folder / name).results} for name in parts}
    students = list(runs[releases[0].notebook])
    found = {student: {name: results[student] for name, results in runs.items()} for student in students}
    results = [combined(releases, found[student]) for student in students]
    write_what_is_missing(project, parts, found, url)
    deliver.write_results(folder / "results.json", whole, results, parts)
    hand = by_hand(url, whole.assignment, several=True)
    for result in results:
        own = hand.get(result.student, ByHand())
        graded = {name: with_notebook(found[result.student][name], release)[0] for name, release in parts.items()}
        page = shown_together(with_hand_given(result, own), graded)
        deliver.write_feedback(folder / "feedback", whole, page, comments=own.comments)
    return whole, results


def write_what_is_missing(
    project: Project, parts: dict[str, Release], found: dict[str, dict[str, Result]], url: str
) -> None:
    """Let the gradebook know of the notebooks that are missing where another one was handed in."""
    from autograder.gradebook.writer import GradebookWriter  # noqa: PLC0415 - takes nbgrader's two seconds

    for name, release in parts.items():
        lacking = [
            student
            for student, own in found.items()
            if own[name].status == "missing" and any(one.status != "missing" for one in own.values())
        ]
        if lacking:
            with GradebookWriter(url, release.assignment, name, course=project.course) as writer:
                for student in lacking:
                    writer.write_nothing(student)
