"""What a class costs when a tolerance of its tests changes: judged by stored observations, and run again.

    python benchmarks/regrading.py [--count 120]

The class is made of copies of the sample class: three right, eight with a typical mistake, one untouched. Both are
measured in one run on one machine, with one worker: compare rows, not runs. The marks must be the same.
"""

from __future__ import annotations

import argparse
import itertools
import os
import platform
import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from autograder import program
from autograder.batch import Settings
from autograder.program import Project
from autograder.records import Submission
from autograder.sample import write_sample

ROOT = Path(__file__).parent.parent
SLUG = "initialization"


def write_class(folder, count):
    """So many submissions; every file is another one."""
    texts = ROOT / "notebooks" / SLUG
    write_sample(texts, texts / f"{SLUG}.ipynb", folder / "sample")
    sources = itertools.cycle(sorted(folder.glob(f"sample/*/{SLUG}/{SLUG}.ipynb")))
    submissions = []
    for number, source in zip(range(count), sources, strict=False):
        path = folder / f"student{number:05}.ipynb"
        path.write_bytes(source.read_bytes() + b" " * number)
        submissions.append(Submission(path.stem, path))
    return tuple(submissions)


def softened(release):
    """The release with another tolerance in its tests."""
    old, new = b"RTOL, ATOL = 1e-6", b"RTOL, ATOL = 1e-5"
    files = tuple((name, content.replace(old, new)) for name, content in release.files)
    if files == release.files:
        sys.exit("There is no tolerance to change.")
    return replace(release, id="0" * 64, files=files)


def cpu():
    """CPU seconds of this process and of all that have ended below it."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def measured(release, submissions, out, settings):
    """CPU and wall seconds, the scores, and how many were not run."""
    out.mkdir()
    recalled = []
    start, used = time.perf_counter(), cpu()
    found = program.grade(
        release, submissions, out, settings, lambda graded: recalled.append(graded.recalled), lambda _: None
    )
    scores = [result.score for result in found]
    return cpu() - used, time.perf_counter() - start, scores, sum(recalled)


def main():
    """Measure and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--count", type=int, default=120, help="submissions in the class")
    count = arguments.parse_args().count
    release = program.current_release(Project(ROOT), SLUG)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        submissions, kept = write_class(work, count), work / "observations"
        settings = Settings(seed="7", observations=kept)
        measured(release, submissions, work / "first", settings)
        stored = sum(path.stat().st_size for path in kept.rglob("*") if path.is_file())
        again = measured(softened(release), submissions, work / "recalled", replace(settings, recall=True))
        run = measured(softened(release), submissions, work / "run", replace(settings, observations=None))
        if again[2] != run[2]:
            sys.exit("The marks are not the same.")
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; ", end="")
    print(f"{count} submissions, {again[3]} of them decided from stored observations\n")
    print("| | CPU ms | wall ms | wall, times less |\n| --- | --- | --- | --- |")
    for name, (used, wall, *_) in {"run again": run, "from observations": again}.items():
        print(f"| {name} | {1e3 * used / count:.0f} | {1e3 * wall / count:.0f} | {run[1] / wall:.1f} |")
    print(f"\nKept on the disk: {stored / count / 1000:.0f} kB for each.")


if __name__ == "__main__":
    main()
