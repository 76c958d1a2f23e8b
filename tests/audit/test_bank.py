"""The bank's format: pleasant to write, and refused with a clear sentence where it cannot be read."""

import re

import pytest

from autograder.audit.bank import BankError, read_bank

ENTRY = """# Wrong: initialize_parameters_he

## no root · `no-sqrt`
The variance.

```lines
parameters["W" + str(l)] = np.random.randn(2, 3) * TWO / 3
```
"""


def bank(tmp_path, text, words=""):
    """Write a bank with one file."""
    (tmp_path / "some.md").write_text(text, encoding="utf-8")
    (tmp_path / "README.md").write_text("## not an entry\n", encoding="utf-8")
    if words:
        (tmp_path / "words.toml").write_text(words, encoding="utf-8")
    return tmp_path


def test_lines_are_put_into_the_frame(tmp_path, release):
    """The lines take the place of the solution, indented as it is; words in capitals are replaced."""
    (entry,) = read_bank(bank(tmp_path, ENTRY, '[initialize_parameters_he]\nTWO = "2"\n'), release)
    assert (entry.kind, entry.name, entry.code, entry.says) == ("wrong", "no root", "no-sqrt", "The variance.")
    assert (
        '        parameters["W" + str(l)] = np.random.randn(2, 3) * 2 / 3\n        # YOUR CODE ENDS' in entry.cells[0]
    )
    assert "SOLUTION" not in entry.cells[0]
    compile(entry.cells[0], "entry", "exec")


def test_an_entry_for_every_exercise_is_one_for_each(tmp_path, release):
    """NAME is the name of the exercise's function."""
    text = "# Right: every exercise\n\n## a lambda\nShort.\n\n```python\nNAME = lambda dims: {}\n```\n"
    entries = read_bank(bank(tmp_path, text), release)
    assert [entry.exercise for entry in entries] == [f"initialize_parameters_{n}" for n in ("zeros", "random", "he")]
    assert entries[0].cells == ("initialize_parameters_zeros = lambda dims: {}",)


def test_several_blocks_are_several_cells(tmp_path, release):
    """The one that binds the function is the answer."""
    text = ENTRY.replace("```lines", "```python\nimport math\n```\n\n```lines")
    (entry,) = read_bank(bank(tmp_path, text), release)
    assert entry.cells[0] == "import math"
    assert entry.answer == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (ENTRY.replace("_he", "_she"), "there is no exercise"),
        (ENTRY.replace("# Wrong:", "# Wrongly:"), "is neither"),
        (ENTRY.replace("The variance.\n", ""), "needs a sentence and a block"),
        (ENTRY.replace("```lines", "```text"), "needs a sentence and a block"),
        (ENTRY.replace("```lines", "```python"), "no block of 'no root' binds"),
        (ENTRY + ENTRY, "stand there twice"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path, release, text, says):
    """One sentence that names the file and the entry."""
    with pytest.raises(BankError, match=re.escape(says)):
        read_bank(bank(tmp_path, text), release)


def test_an_assignment_without_a_bank_has_no_entries(tmp_path, release):
    """Its mutants can still be tried."""
    assert read_bank(tmp_path / "none", release) == ()
