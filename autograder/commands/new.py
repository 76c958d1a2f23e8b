"""`autograder new`: the first files of an assignment, small but complete."""

from __future__ import annotations

import re
from pathlib import Path

import click

from autograder.program import Project, UnknownAssignmentError

SOURCE = '''# %% [markdown]
# # {title}
#
# Say in a few sentences what this is about.

# %% nbgrader={{"grade_id": "packages"}}
from public_tests import *

# %% [markdown]
# ## Exercise 1 · `double`
#
# Return twice the number.

# %% nbgrader={{"grade_id": "double", "solution": true}}
# GRADED FUNCTION: double


def double(number):
    """Return twice the number."""
    # YOUR CODE STARTS HERE (about 1 line)
    ### BEGIN SOLUTION
    return 2 * number
    ### END SOLUTION
    # YOUR CODE ENDS HERE

# %% nbgrader={{"grade_id": "double_public", "grade": true, "points": 4}}
double_test(double)

# %% nbgrader={{"grade_id": "double_hidden", "grade": true, "points": 6}}
# Hidden tests of double run here when your notebook is graded.
### BEGIN HIDDEN TESTS
assert double(-7) == -14
assert double(0.25) == 0.5
### END HIDDEN TESTS
'''

PUBLIC = '''"""Public tests of the assignment "{title}"."""

__all__ = ["double_test"]


def double_test(double):
    """Test Exercise 1."""
    got = double(3)
    assert got == 6, f"double(3) returned {{got!r}}, expected 6"
    print("All tests passed.")
'''

SETTINGS = 'title = "{title}"\n\n[bundle]\npython = ">=3.9"\nrequirements = ["jupyterlab>=4.0"]\n'


def new_command(project: Project, slug: str) -> int:
    """Write the files of a new assignment; none that exists is touched."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", slug):
        raise click.BadParameter(
            f"{slug!r} should be small letters, digits and underscores, for instance: autograder new week_2"
        )
    title = slug.replace("_", " ").capitalize()
    folder = project.root / "notebooks" / slug
    files: dict[Path, str] = {
        folder / "source.py": SOURCE,
        folder / "assignment.toml": SETTINGS,
        project.root / "public_tests" / f"{slug}.py": PUBLIC,
    }
    there = [path for path in files if path.exists()]
    if there:
        raise UnknownAssignmentError(f"{there[0]} exists already; nothing was written. Choose another name.")
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.format(title=title), encoding="utf-8")
        click.echo(f"Wrote {path.relative_to(project.root)}")
    click.echo(f"Next: edit them, then type: autograder release {slug}")
    return 0
