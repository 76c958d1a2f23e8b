"""How much a submission costs, side by side with plain `nbgrader autograde` on the same honest submissions.

    python benchmarks/grading.py [--count 200] [--nbgrader 4] [--many 0]

Every number is of whole commands, all their processes counted, in one run on one machine: compare rows, not runs.
`marginal` leaves the start of the command out: the cost of more submissions divided by how many more there were.
Right answers mostly are the same numbers, and a test that is told the same again is not run again; `new numbers` is
what a submission costs whose random weights differ from all others in the last digits.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from autograder import deliver, program
from autograder.grader import Grader
from autograder.program import Project
from autograder.records import Submission
from autograder.release.gate import answer_key

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
SLUG = "initialization"


@dataclass(frozen=True)
class Cost:
    """CPU and wall seconds of a command, and the largest process of it in MB."""

    cpu: float
    wall: float
    parent_mb: float = 0.0

    def per(self, count, less=None):
        """The cost of one submission, with the cost of fewer taken away."""
        less = less or Cost(0, 0)
        return Cost((self.cpu - less.cpu) / count, (self.wall - less.wall) / count)


def measured(command, folder, **environment):
    """Run a command, and count what it and all its descendants use."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:  # a pipe would fill up: ten thousand submissions make a long table
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **environment}, stdout=said, stderr=subprocess.STDOUT
        )
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, resident_mb(process.pid))
            time.sleep(0.05)
        wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        if process.returncode:
            said.seek(0)
            sys.exit(f"{command} failed:\n{said.read()}")
    return Cost(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall, peak)


def resident_mb(pid):
    """Resident memory of one process."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError, ValueError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


NEW = """
def {name}(layers_dims, own={name}):
    parameters = own(layers_dims)
    return {{key: value * (1 + {number} * 2.0**-50) for key, value in parameters.items()}}
"""


def write_class(folder, notebook, count, new=False):
    """So many honest submissions, as nbgrader's tree; no two have an answer's text in common, nor new numbers."""
    for number in range(count):
        place = folder / f"student{number:05}" / SLUG
        place.mkdir(parents=True)
        mine = json.loads(notebook)
        for cell in mine["cells"]:
            if cell["cell_type"] == "code" and cell["metadata"].get("nbgrader", {}).get("solution"):
                cell["source"] = "".join(cell["source"]) + f"\n# {place.parent.name}\n"
                if new and cell["metadata"]["nbgrader"]["grade"] is False:
                    name = cell["metadata"]["nbgrader"]["grade_id"]
                    cell["source"] += NEW.format(name=name, number=number)
        (place / f"{SLUG}.ipynb").write_text(json.dumps(mine), encoding="utf-8")
    return folder


def first_of(submissions, folder, count):
    """So many of these submissions, in a folder of their own."""
    for one in sorted(submissions.iterdir())[:count]:
        shutil.copytree(one, folder / one.name)
    return folder


def ours(work, submissions, name, *options):
    """`autograder grade` into a gradebook and an output folder of its own."""
    gradebook = work / f"{name}.db"
    shutil.copy(ROOT / "build" / "course" / "gradebook.db", gradebook)
    command = [
        str(BIN / "autograder"),
        "grade",
        str(submissions),
        "--out",
        str(work / name),
        "--gradebook",
        f"sqlite:///{gradebook}",
    ]
    return measured([*command, *options], ROOT)


def cold_imports():
    """CPU seconds that Python needs for what every submission's process has at hand: a measure of the machine."""
    libraries = "import numpy, matplotlib.pyplot, sklearn.datasets"
    measured([sys.executable, "-c", libraries], ROOT)  # nothing is compiled or read from the disk for the first time
    return measured([sys.executable, "-c", libraries], ROOT).cpu - measured([sys.executable, "-c", ""], ROOT).cpu


def besides(release, submissions):
    """CPU seconds of a feedback page and of a graded notebook: what is not grading, and the command writes as well."""
    found = sorted(submissions.glob("*/*/*.ipynb"))
    with tempfile.TemporaryDirectory() as folder, Grader(release) as grader:
        graded = [grader.grade(Submission(path.parent.parent.name, path)) for path in found]
        seconds = []
        for write in (deliver.write_feedback, deliver.write_autograded):
            write(Path(folder), release, graded[0])
            start = time.process_time()
            for one in graded[1:]:
                write(Path(folder), release, one)
            seconds.append((time.process_time() - start) / len(graded[1:]))
    return seconds


def plain_nbgrader(work, release, notebook, count):
    """`nbgrader autograde` as it is, with none of our settings, on a course of its own."""
    course = work / "course"
    source = course / "source" / SLUG
    source.mkdir(parents=True)
    shutil.copy(ROOT / "build" / "course" / "source" / SLUG / f"{SLUG}.ipynb", source)
    for name, data in release.files:
        (source / name).write_bytes(data)
    (course / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'plain'\n", encoding="utf-8"
    )
    write_class(course / "submitted", notebook, count)
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    measured([sys.executable, "-m", "nbgrader", "generate_assignment", SLUG], course, PATH=path)
    return measured([sys.executable, "-m", "nbgrader", "autograde", SLUG], course, PATH=path)


def main():
    """Measure and print the table of the README."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--count", type=int, default=200, help="submissions that we grade")
    arguments.add_argument("--nbgrader", type=int, default=4, help="submissions that plain nbgrader grades")
    arguments.add_argument("--many", type=int, default=0, help="also grade so many, to see the parent's memory")
    wanted = arguments.parse_args()
    project = Project(ROOT)
    release = program.current_release(project, SLUG)
    notebook = answer_key(release, (ROOT / "notebooks" / SLUG / f"{SLUG}.ipynb").read_bytes())
    with tempfile.TemporaryDirectory() as folder:
        work, few = Path(folder), wanted.count // 5
        small, large = write_class(work / "few", notebook, few), write_class(work / "all", notebook, wanted.count)
        one_few, one = ours(work, small, "one-few", "--jobs", "1"), ours(work, large, "one", "--jobs", "1")
        two_few, two = ours(work, small, "two-few", "--jobs", "2"), ours(work, large, "two", "--jobs", "2")
        new = write_class(work / "new", notebook, few, new=True)
        new_few, new_all = (
            ours(work, submissions, f"{submissions.name}-out", "--jobs", "1")
            for submissions in (first_of(new, work / "new-few", few // 5), new)
        )
        replay_few, replay = (
            ours(work, write_class(work / name, notebook, n), f"{name}-out", "--jobs", "1", "--replay")
            for name, n in (("r1", 1), ("r5", 5))
        )
        plain = plain_nbgrader(work, release, notebook, wanted.nbgrader).per(wanted.nbgrader)
        rows = {
            "plain nbgrader autograde": plain,
            "autograder grade": one.per(wanted.count),
            "autograder grade, marginal": one.per(wanted.count - few, one_few),
            "autograder grade, marginal, new numbers": new_all.per(few - few // 5, new_few),
            "autograder grade --jobs 2, marginal": two.per(wanted.count - few, two_few),
            "autograder grade --replay, marginal": replay.per(4, replay_few),
        }
        print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; ", end="")
        print(f"{wanted.count} honest submissions, {wanted.nbgrader} of them by plain nbgrader\n")
        print("| | CPU s | wall s | CPU, times less |\n| --- | --- | --- | --- |")
        for name, cost in rows.items():
            print(f"| {name} | {cost.cpu:.3f} | {cost.wall:.3f} | {plain.cpu / cost.cpu:.0f} |")
        speed_up = rows["autograder grade, marginal"].wall / rows["autograder grade --jobs 2, marginal"].wall
        print(f"\nTwo workers are {speed_up:.2f} times as fast as one. The parent had {one.parent_mb:.0f} MB.")
        cold = cold_imports()
        share = cold / rows["autograder grade, marginal"].cpu
        print(f"NumPy, pyplot and scikit-learn take {cold:.2f} s to import; a submission more 1/{share:.0f} of it.")
        print("What we aim at, 0.050 s on a machine where these imports take 1.24 s, is 1/25.")
        extras = besides(release, small)
        print(f"Of one submission more, page and graded notebook are {extras[0]:.3f} s and {extras[1]:.3f} s.")
        print(f"`autograder --help` takes {measured([str(BIN / 'autograder'), '--help'], ROOT).wall:.2f} s.")
        if wanted.many:
            many = ours(work, write_class(work / "many", notebook, wanted.many), "many")
            print(f"{wanted.many} submissions: {many.wall:.0f} s, the parent had {many.parent_mb:.0f} MB.")


if __name__ == "__main__":
    main()
