"""A teacher's file keeps every byte but those of the cells that are filled."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from autograder.deliver.export.formula import harmless
from autograder.deliver.export.sheet import Sheet

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
TABLES = st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=1, max_size=6)
QUOTING = st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])


def saved(table, delimiter=",", quoting=csv.QUOTE_MINIMAL, end="\r\n") -> str:
    """Give a table as Python's own writer saves it."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(table)
    return out.getvalue()


@given(st.binary(max_size=200))
def test_an_untouched_sheet_is_the_same_bytes(data):
    """Whatever the file is, reading and writing it changes nothing."""
    try:
        sheet = Sheet.read(data)
    except Exception as error:
        assert type(error).__name__ == "ExportError"  # noqa: PT017 - either it is refused or it is kept
        return
    assert sheet.bytes() == data


@given(TABLES, st.sampled_from(",;\t"), QUOTING, st.sampled_from(["\r\n", "\n"]), st.data())
def test_cells_are_read_as_python_reads_them_and_one_is_changed_alone(table, delimiter, quoting, end, data):
    """The cells of any table; after one is put, every other one says what it said."""
    table = [["a", "b"], *table]
    text = saved(table, delimiter, quoting, end)
    # A carriage return alone is saved without quotes, and then ends a row for Python as well.
    assume(list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)) == table)
    sheet = Sheet.read(text.encode())
    assert sheet.delimiter == delimiter
    assert [row.cells for row in sheet.rows] == table
    row = data.draw(st.integers(0, len(table) - 1))
    column = data.draw(st.integers(0, len(table[row])))
    new = data.draw(CELLS)
    sheet.put(row, column, new)
    expected = [list(cells) for cells in table]
    expected[row] += [""] * (column + 1 - len(expected[row]))
    expected[row][column] = new
    again = list(csv.reader(io.StringIO(sheet.bytes().decode(), newline=""), delimiter=delimiter))
    assert [cells or [""] for cells in again] == [cells or [""] for cells in expected]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encoding_and_mark_stay(encoding):
    """What Excel and the platforms save is saved again in the same encoding."""
    data = "Student;Note\r\nMüller;3\r\n".encode(encoding)
    sheet = Sheet.read(data)
    sheet.put(1, 1, "4")
    assert sheet.bytes() == "Student;Note\r\nMüller;4\r\n".encode(encoding)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04...", b"a,\0b\n"])
def test_what_is_no_table_is_refused(data):
    """A spreadsheet or a picture is not filled."""
    with pytest.raises(Exception, match="not a CSV file"):
        Sheet.read(data)


@given(st.text(max_size=20))
def test_no_text_becomes_a_formula(text):
    """Nothing that a spreadsheet computes, and no second line, comes out of what somebody wrote."""
    cell = harmless(text)
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert "\n" not in cell
    assert "\r" not in cell


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1", "＝1", "=HYPERLINK(1)"])
def test_formulas_get_a_quote_in_front(text):
    """The known ways to make a spreadsheet compute."""
    assert harmless(text).startswith("'")


def test_harmless_text_is_left_alone():
    """Names stay as they are."""
    for name in ("Lovelace, Ada", "O'Brien", "李 小龍", "a=b", "Jean-Luc"):
        assert harmless(name) == name
