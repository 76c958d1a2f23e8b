"""`autograder audit`: try the tests of an assignment on answers that are known to be wrong or right."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from autograder.audit.bank import read_bank
from autograder.audit.boxed import try_in_boxes
from autograder.audit.mutants import mutants
from autograder.audit.plain import try_plainly
from autograder.audit.report import AuditReport, Difference
from autograder.audit.unsplittable import unsplittable
from autograder.release.read import read_release


def audit(folder: Path, boxes: int | None = 24, level: Any = None) -> AuditReport:
    """Try every answer of the bank, and every mutant of the answer key.

    Parameters
    ----------
    folder
        `notebooks/<slug>`; its `bank` folder holds the answers, and `bank/oracle.py` says by itself what is right.
    boxes
        How many answers to try in the real box and judge as well; None for all of them.
    level
        The isolation of those boxes: "A", "B", "none", or None for the best that this machine offers.

    Returns
    -------
    AuditReport
        Nothing is written, and the release need not have been made.
    """
    started = time.monotonic()
    release = read_release(folder)
    bank = folder / "bank"
    entries = (*read_bank(bank, release), *mutants(release))
    trials = try_plainly(release, entries, bank / "oracle.py")
    in_boxes: tuple[int, tuple[Difference, ...]] = (0, ())
    if boxes != 0:
        in_boxes = try_in_boxes(release, trials, boxes, level)
    return AuditReport(release.assignment, trials, *in_boxes, unsplittable(release), seconds=time.monotonic() - started)
