"""From an assignment's texts to a `Release`."""

from pathlib import Path

import nbformat
import nbgrader
import pytest

from autograder.records import Check
from autograder.release.errors import ReleaseError
from autograder.release.read import read_release, read_release_notebook


def edit(path, old, new):
    """Change one place of a text."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_every_cell_has_its_purpose(doubling):
    """The kinds follow from nbgrader's metadata and the tag."""
    cells = {cell.id: cell.kind for cell in read_release(doubling).cells if cell.id}
    assert cells == {
        "imports": "given",
        "double": "answer",
        "double_public": "test",
        "double_hidden": "test",
        "show": "demonstration",
        "essay": "manual",
    }
    assert [cell.kind for cell in read_release(doubling).cells if not cell.id] == ["text", "text", "text", "free"]


def test_a_test_cell_belongs_to_the_answer_before_it_and_lists_its_checks(doubling):
    """The sentence of a check is its docstring, on one line."""
    release = read_release(doubling)
    hidden = next(cell for cell in release.cells if cell.id == "double_hidden")
    assert (hidden.exercise, hidden.points) == ("double", 6)
    assert hidden.checks == (
        Check("negative", "Negative numbers are doubled too.", 4),
        Check("empty", "An empty list stays empty.", 2),
    )
    assert release.max_score == 10
    assert release.title == "Doubling"


def test_the_student_s_text_has_neither_the_solution_nor_the_hidden_tests(doubling):
    """Both versions of a cell are kept side by side."""
    cells = {cell.id: cell for cell in read_release(doubling).cells}
    assert "number + number" in cells["double"].source
    assert "number + number" not in cells["double"].student_source
    assert "NotImplementedError" in cells["double"].student_source
    assert "def negative(double):" in cells["double_hidden"].source
    assert cells["double_hidden"].student_source == "# More tests run after you hand in."


def test_the_placeholder_compiles_and_says_what_to_do(doubling):
    """An untouched exercise fails in a sentence, not with a syntax error."""
    cells = {cell.id: cell for cell in read_release(doubling).cells}
    names = {}
    exec(cells["double"].student_source, names)
    with pytest.raises(NotImplementedError, match="replace this line with your own code"):
        names["double"]([1])


def test_a_test_cell_without_declared_checks_is_one_check(doubling):
    """Its sentence is the first line that a student can read in it."""
    edit(doubling.parents[1] / "public_tests" / "doubling.py", "CHECKS", "OTHER")
    public = next(cell for cell in read_release(doubling).cells if cell.id == "double_public")
    assert public.checks == (Check("double_public", "Your function doubles small numbers.", 4),)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"negative", 4', '"negative", 5', "'double_hidden' are worth 7 points, the cell 6"),
        ('"double_hidden"', '"double_hiden"', "no grade cells: double_hiden"),
        ('"double_hidden"', '"double_public"', "more than one file"),
        ("def negative", "def", "hidden_checks cannot be loaded: SyntaxError"),
        ("import equal", "import equals", "cannot be loaded: ImportError"),
    ],
)
def test_checks_that_do_not_fit_the_cells_are_refused(doubling, old, new, message):
    """The points that people see are the points that nbgrader counts."""
    edit(doubling / "hidden_checks.py", old, new)
    with pytest.raises(ReleaseError, match=message):
        read_release(doubling)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("hidden_checks.py", "[-6, -4]", "[-6, -4.0]"),
        ("assignment.toml", "cell_seconds = 5", "cell_seconds = 6"),
        ("source.py", "number + number", "2 * number"),
        ("../../public_tests/doubling.py", "got == expected", "expected == got"),
        ("../../utils/init_utils.py", "import", "import  "),
    ],
)
def test_the_id_changes_with_all_that_decides_a_mark(doubling, name, old, new):
    """Two submissions with the same release id were marked alike."""
    before = read_release(doubling).id
    edit(doubling / name, old, new)
    assert read_release(doubling).id != before


def test_the_id_stays_where_only_prose_changes(doubling):
    """A corrected typo makes nobody's copy an old one."""
    before = read_release(doubling).id
    edit(doubling / "source.py", "Twice the fun.", "Twice as much fun.")
    assert read_release(doubling).id == before


def test_any_nbgrader_source_notebook_is_read(tmp_path):
    """Cells, points, solutions and the files beside it, old metadata included."""
    notebook = nbformat.v4.new_notebook(
        cells=[
            marked("a = 1\n### BEGIN SOLUTION\nb = 2\n### END SOLUTION", "answer", solution=True),
            marked(
                "assert b == 2\n### BEGIN HIDDEN TESTS\nassert a == 1\n### END HIDDEN TESTS", "t", grade=True, points=3
            ),
            nbformat.v4.new_code_cell("print(a)"),
        ]
    )
    folder = tmp_path / "source" / "ps1"
    (folder / "data").mkdir(parents=True)
    nbformat.write(notebook, folder / "problem1.ipynb")
    nbformat.write(notebook, folder / "problem2.ipynb")
    (folder / "data" / "table.csv").write_text("1,2\n")
    release = read_release_notebook(folder / "problem1.ipynb")
    assert release.assignment == "problem1"
    assert [cell.kind for cell in release.cells] == ["answer", "test", "free"]
    assert release.cells[0].student_source == "a = 1\n# YOUR CODE HERE\nraise NotImplementedError()"
    assert release.cells[1].student_source == "assert b == 2"
    assert (release.cells[1].exercise, release.cells[1].checks) == ("answer", (Check("t", "t", 3.0),))
    assert release.files == (("data/table.csv", b"1,2\n"),)


def test_nbgrader_s_own_example_course_is_read():
    """Every kind of cell that `nbgrader quickstart` uses, points and all."""
    source = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide" / "source" / "ps1"
    first, second = (read_release_notebook(source / f"problem{number}.ipynb") for number in (1, 2))
    assert [(cell.id, cell.kind, cell.exercise) for cell in first.cells if cell.id] == [
        ("jupyter", "text", ""),
        ("squares", "answer", ""),
        ("correct_squares", "test", "squares"),
        ("squares_invalid_input", "test", "squares"),
        ("sum_of_squares", "answer", ""),
        ("correct_sum_of_squares", "test", "sum_of_squares"),
        ("sum_of_squares_uses_squares", "test", "sum_of_squares"),
        ("sum_of_squares_equation", "manual", ""),
        ("sum_of_squares_application", "manual", ""),
        ("cell-938593c4a215c6cc", "task", ""),
    ]
    assert first.max_score == 3
    assert [cell.kind for cell in second.cells if cell.id] == ["manual", "manual"]
    assert "jupyter.png" in dict(first.files)


def test_what_is_no_notebook_is_refused_by_name(tmp_path):
    """The message says which file."""
    (tmp_path / "x.ipynb").write_text("{")
    with pytest.raises(ReleaseError, match=r"x\.ipynb cannot be read as a notebook"):
        read_release_notebook(tmp_path / "x.ipynb")


def marked(source, name, *, grade=False, solution=False, points=0):
    """Make a cell with nbgrader's first schema."""
    marks = {"grade": grade, "grade_id": name, "locked": grade, "solution": solution, "schema_version": 1}
    return nbformat.v4.new_code_cell(source, metadata={"nbgrader": marks | ({"points": points} if grade else {})})
