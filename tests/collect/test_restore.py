"""A submission is put back into the release's frame, whatever was done to it."""

from __future__ import annotations

import json

import pytest
from releases_in_code import answer, given, grade_cell, handed_in, small_release

from autograder import collect
from autograder.records import Cell

RELEASE = small_release(
    given("imports", "import math"),
    answer("f"),
    grade_cell("f_public", "assert f() == 1", "f"),
    grade_cell("f_hidden", "assert f() == 1  # secret", "f", hidden=True),
    Cell("train", "demonstration", "f()", "f()"),
)
GOOD = json.loads(handed_in(RELEASE, {"f": "def f():\n    return 1"}))


def restored(change):
    """Restore a good submission after a change to its JSON."""
    notebook = json.loads(json.dumps(GOOD))
    change(notebook["cells"])
    return collect.restore(json.dumps(notebook).encode(), RELEASE)


def sources(notebook):
    """Id and source of every step."""
    return [(step.id, step.source) for step in notebook.steps]


FRAME = [(cell.id, cell.source if cell.id != "f" else "def f():\n    return 1") for cell in RELEASE.cells]


def test_an_untouched_honest_submission_gives_no_notice():
    """No false alarm, which nbgrader raises six times for each honest notebook."""
    notebook = restored(lambda _: None)
    assert sources(notebook) == FRAME
    assert notebook.notices == ()


def edit(index, **changes):
    """A change of one cell's JSON."""
    return lambda cells: cells[index].update(changes)


def marks(index, **changes):
    """A change of one cell's nbgrader metadata."""
    return lambda cells: cells[index]["metadata"]["nbgrader"].update(changes)


REPAIRED = {
    "edited test": (edit(2, source="assert True"), "edited"),
    "emptied test": (edit(2, source=""), "edited"),
    "deleted test": (lambda cells: cells.pop(2), "deleted"),
    "deleted imports": (lambda cells: cells.pop(0), "deleted"),
    "deleted demonstration": (lambda cells: cells.pop(4), "deleted"),
    "test turned into text": (edit(2, cell_type="markdown"), "retyped"),
    "answer turned into raw": (edit(1, cell_type="raw"), "retyped"),
    "test marked as solution": (marks(2, solution=True), "reflagged"),
    "test marked as not graded": (marks(3, grade=False), "reflagged"),
    "points raised": (marks(2, points=1000), None),
    "schema of the future": (marks(2, schema_version=99), None),
    "tests tagged to be skipped": (lambda cells: cells[2]["metadata"].update(tags=["skip-execution"]), None),
    "a copied test": (lambda cells: cells.insert(3, json.loads(json.dumps(cells[2]))), "duplicated"),
    "test without metadata": (edit(2, metadata={}), "metadata-lost"),
}


@pytest.mark.parametrize("case", REPAIRED)
def test_what_was_changed_of_the_frame_is_put_back_and_said(case):
    """Deleted, edited, retyped, re-flagged and copied cells come back; the notice says which."""
    change, code = REPAIRED[case]
    notebook = restored(change)
    assert sources(notebook) == FRAME
    assert [notice.code for notice in notebook.notices] == ([code] if code else [])


def test_a_second_answer_cell_is_run_too():
    """The answer is whatever the finished notebook binds to its name, so both copies count."""
    copy = {**json.loads(json.dumps(GOOD["cells"][1])), "source": "def f():\n    return 2"}
    notebook = restored(lambda cells: cells.insert(2, copy))
    assert [step.source for step in notebook.steps if "def f" in step.source] == [
        "def f():\n    return 1",
        copy["source"],
    ]
    assert [notice.code for notice in notebook.notices] == ["duplicated"]


def test_a_deleted_answer_cell_is_only_noticed():
    """Its function may stand in any other cell."""
    notebook = restored(lambda cells: cells.pop(1))
    assert [notice.code for notice in notebook.notices] == ["answer-moved"]


UNREADABLE = {
    "empty": b"",
    "cut short": json.dumps(GOOD).encode()[:-40],
    "not UTF-8": b"\xff\xfe{",
    "a list": b"[]",
    "no cells": b"{}",
    "cells of another kind": b'{"cells": 3}',
    "deeply nested": b'{"cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "a number of 5,000 digits": b'{"cells": [], "nbformat": ' + b"9" * 5000 + b"}",
    "too many cells": json.dumps({"cells": [{"cell_type": "code", "source": ""}] * 6000}).encode(),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_is_no_notebook_is_unreadable_with_a_reason(case):
    """A broken file has a status of its own, never a zero, and the reason is a sentence."""
    with pytest.raises(collect.Unreadable, match=r"\.$"):
        collect.restore(UNREADABLE[case], RELEASE)


def own(*sources):
    """The bytes of a notebook whose cells have no metadata of this assignment."""
    return json.dumps({"cells": [{"cell_type": "code", "metadata": {}, "source": one} for one in sources]}).encode()


@pytest.mark.parametrize("sources", [(), ("",), ("def g():\n    return 1", "print('of another course')")])
def test_a_notebook_of_something_else_is_no_zero(sources):
    """Whoever hands in the wrong file is asked for the right one."""
    with pytest.raises(collect.Unreadable, match="Is it another notebook"):
        collect.restore(own(*sources), RELEASE)


@pytest.mark.parametrize(
    "sources", [("def f():\n    return 1",), ("from mine import g as f",), ("import math", "1 + 1")]
)
def test_one_that_has_lost_all_metadata_is_still_marked(sources):
    """As where it was copied together in another program: what it defines, or a given cell, says what it is."""
    assert sources[-1] in [step.source for step in collect.restore(own(*sources), RELEASE).steps]


ODD = [
    None,
    3,
    "text",
    [],
    {},
    {"cell_type": 7},
    {"cell_type": "code", "source": {"a": 1}},
    {"cell_type": "code", "source": [1, None, "x"]},
]


@pytest.mark.parametrize("odd", ODD, ids=repr)
@pytest.mark.parametrize("place", ["cell", "metadata", "marks", "grade_id"])
def test_odd_json_in_a_cell_costs_nothing_else(odd, place):
    """Whatever stands where a cell or its metadata should, the other cells are there."""
    cell = json.loads(json.dumps(GOOD["cells"][1]))
    if place == "cell":
        cell = odd
    elif place == "metadata":
        cell["metadata"] = odd
    elif place == "marks":
        cell["metadata"]["nbgrader"] = odd
    else:
        cell["metadata"]["nbgrader"]["grade_id"] = odd
    notebook = restored(lambda cells: cells.append(cell))
    assert set(FRAME) <= set(sources(notebook))


def test_a_link_is_never_followed(tmp_path):
    """A submission that is a link to another file is unreadable."""
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(json.dumps(GOOD).encode())
    link = tmp_path / "link.ipynb"
    link.symlink_to(secret)
    with pytest.raises(collect.Unreadable):
        collect.read(link, 1_000_000)


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    """The message says how large it is, how large it may be, and what to do."""
    path = tmp_path / "large.ipynb"
    path.write_bytes(b" " * 2_000_000)
    with pytest.raises(collect.Unreadable, match="Clear the outputs"):
        collect.read(path, 1_000_000)


def test_submissions_are_found_in_a_tree_a_folder_and_a_file(tmp_path):
    """nbgrader's tree, a flat folder and one notebook; names stay as they are."""
    tree = tmp_path / "tree" / "Zoë van den Berg" / "small"
    tree.mkdir(parents=True)
    (tree / "renamed.ipynb").touch()
    (tmp_path / "tree" / "nobody" / "small").mkdir(parents=True)
    flat = tmp_path / "flat"
    flat.mkdir()
    (flat / "ada lovelace.ipynb").touch()
    found = collect.find(tmp_path / "tree", "small")
    assert [(one.student, one.path.name, one.path.exists()) for one in found] == [
        ("Zoë van den Berg", "renamed.ipynb", True),
        ("nobody", "small.ipynb", False),
    ]
    assert [one.student for one in collect.find(flat, "small")] == ["ada lovelace"]
    assert [one.student for one in collect.find(flat / "ada lovelace.ipynb", "small")] == ["ada lovelace"]


def test_of_several_notebooks_each_is_found_by_its_name(tmp_path):
    """One that is not there is listed, and whether another one is; a name that merely resembles it is not taken."""
    for student, name in (("ada", "two"), ("bob", "one"), ("cyd", "one (1)")):
        (tmp_path / student / "small").mkdir(parents=True)
        (tmp_path / student / "small" / f"{name}.ipynb").touch()
    found = collect.find(tmp_path, "small", "one", ("two", "three"))
    assert [(one.student, one.path.name, one.with_others) for one in found] == [
        ("ada", "one.ipynb", True),
        ("bob", "one.ipynb", False),
        ("cyd", "one.ipynb", False),
    ]
    with pytest.raises(collect.NoSubmissionsError, match=r"STUDENT/small/one\.ipynb"):
        collect.find(tmp_path / "ada" / "small" / "two.ipynb", "small", "one", ("two",))


@pytest.mark.parametrize("place", ["nothing", "empty"])
def test_no_submissions_is_a_clear_error(tmp_path, place):
    """It says where it looked and what it expected there."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(collect.NoSubmissionsError, match=place):
        collect.find(tmp_path / place, "small")
