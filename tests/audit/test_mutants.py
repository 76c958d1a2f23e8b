"""Mutants: one small mistake each, all of them different, all of them Python."""

import ast

import pytest

from autograder.audit.mutants import changed_texts, mutants


def texts(source):
    """Every mutant of a source, by what was changed."""
    return {says.split(": ", 1)[1]: text for says, text in changed_texts(ast.parse(source))}


@pytest.mark.parametrize(
    ("source", "says", "mutated"),
    [
        ("a * b", "* becomes /", "a / b"),
        ("2 / n", "/ becomes //", "2 // n"),
        ("2 / n", "/ with its operands exchanged", "n / 2"),
        ("a + n", "+ and what follows left out", "a + 0"),
        ("a < b", "< becomes <=", "a <= b"),
        ("x[l - 1]", "1 becomes 2", "x[l - 2]"),
        ("x['W']", "'W' becomes 'w'", "x['w']"),
        ("f(a, b)", "arguments 1 and 2 exchanged", "f(b, a)"),
        ("f(a, b)", "arguments without number 1", "f(b)"),
        ("f((a, b))", "entries 1 and 2 exchanged", "f((b, a))"),
        ("np.sqrt(a)", "np.sqrt(...) becomes its argument", "+a"),
        ("np.zeros(a)", "zeros becomes ones", "np.ones(a)"),
        ("a = 1\nb = 2", "left out: b = 2", "a = 1\npass"),
    ],
)
def test_mistakes(source, says, mutated):
    """Operators, constants, indices, arguments, names and lines are changed, one at a time."""
    assert texts(source)[says] == mutated


def test_docstrings_stay():
    """A mutant of a text that nobody runs says nothing."""
    assert set(texts('def f():\n    """Long text, and not code."""\n    return 1\n')) == {
        "1 becomes 2",
        "1 becomes 0",
        "1 becomes -1",
        "left out: return 1",
    }


def test_mutants_of_the_key_differ_and_compile(release):
    """No two are the same, and none is the key itself."""
    found = list(mutants(release))
    keys = {ast.unparse(ast.parse(cell.source)) for cell in release.cells if cell.kind == "answer"}
    sources = [entry.cells[0] for entry in found]
    assert len(set(sources)) == len(sources) > 100
    assert not keys & set(sources)
    for source in sources:
        compile(source, "mutant", "exec")
