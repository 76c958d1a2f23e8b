"""What a page says where there is no mark: why, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from autograder.records import Isolation, Status


@dataclass(frozen=True, slots=True)
class Situation:
    """Why a submission has no mark, in a headline and a sentence, and the next steps."""

    headline: str
    why: str
    steps: tuple[str, ...]


SITUATIONS: Mapping[Status, Situation] = {
    "unreadable": Situation(
        "Your file could not be read, so there is no mark yet",
        "This is not a zero. What arrived could not be opened as a Jupyter notebook.",
        (
            "Open your own copy in Jupyter. If it opens, save it there and look that the name ends in .ipynb.",
            "If it does not open, go back to an earlier copy, from a checkpoint, a backup or your downloads.",
            "Hand in the notebook itself, not a screenshot, a PDF or a shortcut, and tell your instructor.",
        ),
    ),
    "held": Situation(
        "Your mark is not decided yet",
        "Something on our side went wrong while your work was checked. This is not your doing, and not a zero.",
        (
            "You need to do nothing: your submission is kept, and will be graded again.",
            "What could be checked already is shown below. It will not be counted twice.",
        ),
    ),
    "missing": Situation(
        "No notebook was found, so there is no mark yet",
        "This is not a zero. We looked where you hand in, and there was no notebook for this assignment.",
        (
            "Check that you handed in for this assignment, and that the file's name ends in .ipynb.",
            "If you did hand it in, tell your instructor, with the time and the name of the file.",
        ),
    ),
}


UNREAD: Mapping[str, tuple[str, str]] = {
    "not-answered": (
        "not answered",
        "You left the place for your answer as it was given, so nobody had anything to read, and it earned 0 points.",
    ),
    "missing-notebook": (
        "not handed in",
        "The notebook with this question was not handed in with the others, so it earned 0 points.",
    ),
}
"""What is said of a question that earned nothing without a person having read it, in two words and in a sentence."""

IF_NOT = "If that is not so, tell your instructor, who can still give you the points."


def isolation_words(isolation: Isolation | None) -> str:
    """Say how the student's code was held while it ran."""
    if isolation is None:
        return "nothing was run"
    if isolation.level == "none":
        return "level none: the notebook ran in a process of its own, without a sandbox"
    layers = ", ".join(isolation.layers)
    return f"level {isolation.level}: the notebook ran in a sandbox" + (f" ({layers})" if layers else "")
