"""What teachers upload, compared byte for byte with files that were read by eye."""

from __future__ import annotations

import json

import pytest

from autograder.deliver.export import export
from tests.export.klass import CANVAS, MOODLE, PEOPLE, RESULTS

COLUMN = 'Initialization, part "1"'


def exported(tmp_path, to, template="", **options):
    """Export the class and give the report and the bytes."""
    out, source = tmp_path / "out.csv", None
    if template:
        source = tmp_path / "template.csv"
        source.write_bytes(template)
    options = {"assignment": COLUMN, "people": PEOPLE} | options
    report = export(RESULTS, to, source, out, **options)
    return report, out.read_bytes()


def test_golden_of_a_filled_canvas_gradebook(tmp_path, golden):
    """One column is filled, every other byte is the teacher's; excused and unmarked cells stay."""
    report, content = exported(tmp_path, "canvas", b"\xef\xbb\xbf" + CANVAS.encode())
    golden("canvas_filled.csv", content)
    assert (report.filled, report.changed) == (4, 4)
    assert report.column == 'Initialization, part "1" (12)'
    assert [left.student for left in report.blank] == ["eve", "sam"]
    assert [(left.student, left.points) for left in report.kept] == [("sam", ""), ("gone", "7.00")]
    assert report.unmatched == ()
    assert report.extra == ("Student, Test",)
    assert "1 still wait" in report.notes[0]


def test_golden_of_a_filled_moodle_worksheet(tmp_path, golden):
    """German headers, semicolons, decimal commas, no line end at the last line: all as it was."""
    report, content = exported(tmp_path, "moodle", MOODLE.encode("cp1252", "replace"))
    golden("moodle_filled.csv", content)
    assert (report.filled, report.changed, report.column) == (4, 4, "Bewertung")
    assert [(left.student, left.points) for left in report.unmatched] == [("gone", "7.00")]


@pytest.mark.parametrize("to", ["canvas", "moodle", "csv", "json"])
def test_golden_of_each_form_without_a_template(to, tmp_path, golden):
    """The documented form of each platform, with what students called themselves made harmless."""
    report, content = exported(tmp_path, to)
    golden(f"{to}_anew.{'json' if to == 'json' else 'csv'}", content)
    assert report.filled == 5
    assert [left.student for left in report.unmatched] == ["gone"]


def test_golden_of_gradescopes_results(tmp_path, golden):
    """Every check is a test of Gradescope's; escapes in messages are shown, not obeyed."""
    report = export(RESULTS, "gradescope", None, tmp_path / "out", assignment="x")
    golden("gradescope_jose.json", (tmp_path / "out" / "jose" / "results.json").read_bytes())
    assert [left.student for left in report.blank] == ["eve", "sam"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["ada", "gone", "jose", "niamh", "wei"]
    table = json.loads((tmp_path / "out" / "jose" / "results.json").read_text())
    assert sum(test["score"] for test in table["tests"]) + 2 == pytest.approx(table["score"], abs=0.01)
