"""Grade on Gradescope: make the zip that it builds an autograder from, and in there grade one submission.

`python -m autograder.gradescope RELEASE SUBMISSION RESULTS [--unsafe-no-sandbox]` is what the zip's `run_autograder`
starts. Where there is no mark (held, unreadable, no sandbox) it writes no results and ends with 1 or 3, so that
Gradescope shows a failure and no zero.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from dataclasses import replace
from importlib import metadata
from pathlib import Path

from autograder.collect.find import notebook_in
from autograder.collect.names import is_called
from autograder.deliver.export.errors import ExportError
from autograder.deliver.export.gradescope import results_bytes
from autograder.deliver.export.kit import write_kit
from autograder.deliver.export.packed import written
from autograder.grader import Grader
from autograder.records import BoxFault, Notice, Release, Result, Submission
from autograder.release.store import release_from_json, release_to_json

PACKAGES = ("numpy", "matplotlib", "scikit-learn", "ipython", "pillow", "rich")
"""What grading needs; all else that is pinned is for instructors and authors."""

UNSAFE = "--unsafe-no-sandbox"
UNSAFE_NOTICE = Notice("unsafe", "Graded without a sandbox, at the request of whoever set this up.")
_SUFFIXES = (".py", ".md", ".toml", ".html", ".css", ".txt")


def gradescope_autograder_zip(
    root: Path, release: Release, out: Path, *, unsafe_no_sandbox: bool = False, force: bool = False
) -> Path:
    """Make Gradescope's autograder zip of a release.

    Parameters
    ----------
    root
        The repository, for its pinned requirements.
    release
        What decides the marks. It goes into the zip with its hidden tests: upload it to Gradescope, and nowhere else.
    out
        The zip to write.
    unsafe_no_sandbox
        Grade there without a sandbox. Gradescope runs each submission in a container of its own, but a student's code
        can then read the hidden tests and write its own mark.
    force
        Whether another file may be replaced.

    Raises
    ------
    ExportError
        If `out` exists.
    """
    package = Path(__file__).parent
    program = {
        f"autograder/{path.relative_to(package).as_posix()}": path.read_bytes()
        for path in sorted(package.rglob("*"))
        if path.suffix in _SUFFIXES and path.is_file() and "__pycache__" not in path.parts
    }
    pins = pinned((root / "requirements.txt").read_text(encoding="utf-8"), needed(PACKAGES))
    content = json.dumps(release_to_json(release), sort_keys=True).encode()
    options = f" {UNSAFE}" if unsafe_no_sandbox else ""
    return write_kit(program, content, pins, release.assignment, options, out, force)


def needed(packages: Iterable[str]) -> set[str]:
    """Packages and all that they need in turn, as installed here; extras are left out."""
    found: set[str] = set()
    waiting = list(packages)
    while waiting:
        name = normal(waiting.pop())
        if name in found:
            continue
        try:
            requires = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue  # not on this machine's platform
        found.add(name)
        waiting += [re.split(r"[^\w.-]", one, maxsplit=1)[0] for one in requires if "extra ==" not in one]
    return found


def pinned(requirements: str, names: set[str]) -> str:
    """The lines of a requirements file that pin these packages."""
    lines = [line for line in requirements.splitlines() if normal(line.partition("==")[0]) in names]
    return "\n".join(lines) + "\n"


def normal(name: str) -> str:
    """A package's name so that spellings compare."""
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


def find_notebook(folder: Path, assignment: str) -> Path:
    """The notebook of a submission: the one that bears the assignment's name, whatever a download added to it."""
    called = sorted(path for path in folder.glob("*.ipynb*") if is_called(path.name, assignment))
    return called[0] if len(called) == 1 else notebook_in(folder, assignment)


def grade_one(release: Release, folder: Path, level: str | None) -> Result:
    """Grade the submission in a folder."""
    with Grader(release, level) as grader:
        return grader.grade(Submission("student", find_notebook(folder, release.assignment), folder)).result


def main(arguments: list[str]) -> int:
    """Grade one submission where Gradescope put it; see the module's text."""
    unsafe = UNSAFE in arguments
    release_file, folder, results = (Path(one) for one in arguments if one != UNSAFE)
    release = release_from_json(json.loads(release_file.read_text(encoding="utf-8")))
    try:
        result = grade_one(release, folder, "none" if unsafe else None)
        if unsafe:
            result = replace(result, notices=(UNSAFE_NOTICE, *result.notices))
        written(results, results_bytes(result), force=True)
    except ExportError as error:
        print(error)  # noqa: T201 - Gradescope shows what is printed
        return 1
    except BoxFault as fault:
        print(f"There is no sandbox on this machine ({fault}). See docs/lms.md.")  # noqa: T201 - the same
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
