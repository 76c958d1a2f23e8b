"""What is refused before students get anything."""

import json

import pytest

from autograder.release.assignment import read_assignment
from autograder.release.bundle import bundle_files
from autograder.release.gate import answer_key, gate
from autograder.release.leaks import leaked_lines, secret_lines
from autograder.release.read import read_notebooks
from autograder.release.source import write_notebook

SOLUTION = "doubled.append(number + number)"
HIDDEN = "return equal(double([-3, -2]), [-6, -4])"


@pytest.fixture
def members(doubling):
    """Give the tiny assignment's release and its bundle's files."""
    assignment = read_assignment(doubling)
    release, _, student = read_notebooks(assignment)
    return release, bundle_files(assignment, release, write_notebook(student))


@pytest.fixture
def refusals(plain_grade):
    """Give a function that puts files through the gate."""

    def found(release, files):
        return [(item.code, item.message) for item in gate(release, files["doubling.ipynb"], files, plain_grade)]

    return found


def test_a_sound_assignment_passes(members, refusals):
    """No false alarm."""
    assert refusals(*members) == []


def test_the_secret_lines_are_those_of_solutions_and_hidden_tests(members):
    """Lines that say nothing, and the sentences that feedback shows, are no secrets."""
    release, _ = members
    assert set(secret_lines(release)) == {
        SOLUTION,
        HIDDEN,
        "Because it is twice as much.",
        '"""What students see after they hand in."""',
        "def negative(double):",
        "def empty(double):",
        '"""An empty list stays',
        "return equal(double([]), [])",
        'negative.name, negative.points = "negative", 4',
        'empty.name, empty.points = "empty", 2',
        '"double_hidden": (negative, empty),',
        'for check in CHECKS["double_hidden"]:',
        "assert check(double), check.__doc__",
    }


@pytest.mark.parametrize("line", [SOLUTION, HIDDEN])
@pytest.mark.parametrize("name", ["init_utils.py", "public_tests.py", "requirements.txt", "README.txt"])
def test_a_leak_is_found_in_every_file(members, name, line):
    """However it is spaced, and inside a longer line too."""
    release, files = members
    for leak in (line, f"    {line}", f"# hint: {line}", line.replace(" ", "  ")):
        leaky = files | {name: files[name] + b"\n" + leak.encode() + b"\n"}
        assert (name, line) in leaked_lines(release, leaky)


@pytest.mark.parametrize("line", [SOLUTION, HIDDEN])
@pytest.mark.parametrize("place", ["source", "list", "output", "metadata"])
def test_a_leak_is_found_anywhere_in_the_notebook(members, place, line):
    """In a cell, in a saved output, in metadata."""
    release, files = members
    notebook = json.loads(files["doubling.ipynb"])
    cell = notebook["cells"][1]
    if place == "source":
        cell["source"] = f"pass\n{line}"
    elif place == "list":
        cell["source"] = [line[:9], line[9:]]
    elif place == "output":
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": [f"{line}\n"]}]
    else:
        cell["metadata"]["note"] = line
    leaky = files | {"doubling.ipynb": json.dumps(notebook).encode()}
    assert ("doubling.ipynb", line) in leaked_lines(release, leaky)


def test_a_solution_written_into_the_given_part_of_its_own_cell_is_found(doubling, refusals):
    """The frame that students are given excuses no line of a solution."""
    source = doubling / "source.py"
    source.write_text(source.read_text().replace("    return doubled\n", f"        {SOLUTION}\n    return doubled\n"))
    assignment = read_assignment(doubling)
    release, _, student = read_notebooks(assignment)
    files = bundle_files(assignment, release, write_notebook(student))
    assert ("leak", f"doubling.ipynb gives away this line: {SOLUTION}") in refusals(release, files)


def test_a_key_that_fails_is_refused_with_the_check_that_it_fails(doubling, refusals):
    """An author sees which promise the own solution breaks."""
    source = doubling / "source.py"
    source.write_text(source.read_text().replace("number + number", "abs(number) + number"))
    assignment = read_assignment(doubling)
    release, _, student = read_notebooks(assignment)
    found = refusals(release, bundle_files(assignment, release, write_notebook(student)))
    assert ("key", "the answer key earns 4 of 10 points.") in found
    assert ("key", "the answer key fails double/negative (Negative numbers are doubled too.)") in found


def test_an_untouched_notebook_that_earns_is_refused(doubling, refusals):
    """Nobody gets points for handing in what was handed out."""
    source = doubling / "source.py"
    source.write_text(source.read_text().replace("double_test(double)", "double"))
    assignment = read_assignment(doubling)
    release, _, student = read_notebooks(assignment)
    found = refusals(release, bundle_files(assignment, release, write_notebook(student)))
    assert found == [("untouched", "the untouched notebook earns 4 for double/small.")]


def test_the_key_is_the_student_s_notebook_with_the_answers_in_it(members):
    """It is a submission like any other: it brings no hidden test along."""
    release, files = members
    key = answer_key(release, files["doubling.ipynb"]).decode()
    assert "number + number" in key
    assert "negative" not in key
