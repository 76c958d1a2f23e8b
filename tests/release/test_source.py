"""From `source.py` to the instructor's notebook."""

import json

import nbformat
import pytest

from autograder.release.assignment import read_assignment
from autograder.release.errors import ReleaseError
from autograder.release.source import instructor_notebook, write_notebook


def built(folder):
    """Give the instructor's notebook."""
    return instructor_notebook(read_assignment(folder))


def write(folder, text):
    """Replace the assignment's text."""
    (folder / "source.py").write_text(text)


def test_the_same_text_gives_the_same_bytes(doubling):
    """Two builds are byte-identical, with cell ids and all."""
    assert write_notebook(built(doubling)) == write_notebook(built(doubling))


def test_a_cell_id_comes_from_the_grade_id_or_from_what_the_cell_says(doubling):
    """A cell put in elsewhere changes no other cell's id; equal cells are told apart."""
    before = [cell["id"] for cell in built(doubling)["cells"]]
    assert "double_public" in before
    assert len(set(before)) == len(before)
    write(doubling, "# %% [markdown]\n# First.\n\n" + (doubling / "source.py").read_text())
    assert [cell["id"] for cell in built(doubling)["cells"]][1:] == before


def test_the_notebook_is_valid_and_bears_no_trace_of_jupytext(doubling):
    """Jupyter opens it without a word."""
    content = write_notebook(built(doubling))
    nbformat.validate(json.loads(content))
    assert b"jupytext" not in content
    assert b"lines_to_next_cell" not in content


def test_a_header_needs_to_say_only_what_is_not_the_default(doubling):
    """A grade cell and a given cell are locked, a solution cell is not; the schema is nbgrader's third."""
    marks = {cell["id"]: cell["metadata"].get("nbgrader") for cell in built(doubling)["cells"]}
    assert [marks[name]["locked"] for name in ("imports", "double", "double_public")] == [True, False, True]
    assert {mark["schema_version"] for mark in marks.values() if mark} == {3}


def test_magics_are_commented_in_the_text_and_live_in_the_notebook(doubling):
    """The text stays valid Python."""
    assert built(doubling)["cells"][1]["source"].startswith("%matplotlib inline")


def test_an_include_line_becomes_the_file(doubling):
    """Hidden tests are written once, in a file that tools understand, and indented as the line was."""
    write(doubling, "# %%\nif True:\n    # INCLUDE part.py\n")
    (doubling / "part.py").write_text("a = 1\n\nb = 2\n")
    assert built(doubling)["cells"][0]["source"] == "if True:\n    a = 1\n\n    b = 2"


@pytest.mark.parametrize("name", ["missing.py", "../doubling/../secret.py", "/etc/passwd"])
def test_an_include_of_what_is_not_beside_the_text_is_refused(doubling, name):
    """A typo does not leave a cell without its tests."""
    write(doubling, f"# %%\n# INCLUDE {name}\n")
    with pytest.raises(ReleaseError, match="INCLUDE"):
        built(doubling)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('# %% nbgrader={"grade": tru}\npass', "valid JSON"),
        ('# %% tag=["demonstration"]\npass', "tag"),
        ('# %% nbgrader={"grade": true}\npass', "grade_id"),
        ('# %% nbgrader={"grade": true, "grade_id": "a"}\npass', "points"),
        ('# %% nbgrader={"grade": true, "grade_id": "a", "points": -1}\npass', "-1"),
        ('# %% nbgrader={"grade_id": "a"}\n1\n# %% nbgrader={"grade_id": "a"}\n2', "Duplicate grade id: a"),
        ('# %% nbgrader={"grade_id": "a b"}\npass', "a b"),
        ('# %% [markdown] nbgrader={"grade": true, "grade_id": "a", "points": 1}\n# text', "Markdown grade cell"),
        ("# ---\n# jupyter:\n#   kernelspec: 3\n# ---\n# %%\n1", "cannot be read"),
    ],
)
def test_what_nbgrader_would_not_take_is_refused_early(doubling, text, message):
    """The refusal names the file and what is wrong with it."""
    write(doubling, text)
    with pytest.raises(ReleaseError, match=message) as caught:
        built(doubling)
    assert "source.py" in str(caught.value)


def test_a_missing_text_is_said(doubling):
    """An empty folder is no assignment."""
    (doubling / "source.py").unlink()
    with pytest.raises(ReleaseError, match=r"source\.py is missing"):
        built(doubling)
