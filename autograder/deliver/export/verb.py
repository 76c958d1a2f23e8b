"""`autograder export`: the marks of a batch in the form that a platform takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, get_args

from autograder.deliver.export.canvas import canvas_layout
from autograder.deliver.export.errors import ExportError
from autograder.deliver.export.exported import Exported, Left, blanks, mark_notes
from autograder.deliver.export.fill import fill
from autograder.deliver.export.gradescope import results_bytes
from autograder.deliver.export.marks import Mark, mark_of
from autograder.deliver.export.moodle import moodle_layout
from autograder.deliver.export.packed import packed, refuse_to_overwrite, written
from autograder.deliver.export.plain import canvas_csv, moodle_csv, own_csv, own_json
from autograder.deliver.export.sheet import Sheet
from autograder.records import Person, Result

Form = Literal["canvas", "moodle", "gradescope", "csv", "json"]

ADVICE = {
    "canvas": "Canvas makes a new assignment unless one is called exactly so. Safer: --template with its own export.",
    "moodle": "Moodle's import asks which column is which. Safer: --template with the assignment's own worksheet.",
}


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be exported, and how."""

    results: Sequence[Result]
    marks: Sequence[Mark]
    to: Form
    out: Path
    assignment: str
    people: Sequence[Person] = ()
    column: str | None = None
    scale: bool = False
    penalties: Mapping[str, float] = field(default_factory=dict)


def export(
    results: Iterable[Result],
    to: Form,
    template: Path | None,
    out: Path,
    *,
    assignment: str,
    people: Sequence[Person] = (),
    column: str | None = None,
    force: bool = False,
    scale: bool = False,
    penalties: Mapping[str, float] | None = None,
) -> Exported:
    """Write marks in the form that a platform takes.

    Parameters
    ----------
    results
        The results of a batch, one for each student.
    to
        The form. For `gradescope`, `out` is a zip if it ends so, else a folder, with one `results.json` a student.
    template
        The teacher's own file from Canvas (a gradebook) or Moodle (an offline worksheet), of which one column is
        filled and every other byte stays. Without it the platform's form is made anew.
    out
        The file to write; it may be the template itself.
    assignment
        What the assignment is called: the column of a gradebook, where `column` does not say.
    people
        Who the students are on the platform: the people of the collection or of the roster.
    column
        Header, title or id of the column to fill.
    force
        Whether a file that is there may be replaced.
    scale
        Whether to convert marks where the platform counts to another number of points.
    penalties
        Points to take away, by student.

    Raises
    ------
    ExportError
        If something is to be put right first; nothing was written then.
    """
    if to not in get_args(Form):
        raise ExportError(f"There is no export to {to!r}. Type one of {', '.join(get_args(Form))}.")
    refuse_to_overwrite(out, force)
    given = tuple(results)
    twice = sorted(student for student, times in Counter(one.student for one in given).items() if times > 1)
    if twice:
        raise ExportError(f"There are several results of {', '.join(twice)}. Export one batch at a time.")
    marks = of_one_maximum([mark_of(result, penalties) for result in given])
    order = Order(given, marks, to, out, assignment, people, column, scale, penalties or {})
    if template is not None:
        return _filled(order, template, force)
    return _gradescope(order, force) if to == "gradescope" else _anew(order, force)


def of_one_maximum(marks: Sequence[Mark]) -> list[Mark]:
    """The marks, those without points out of as many as the others: a file that cannot be read has no questions."""
    most = max((mark.maximum for mark in marks), default=None)
    return [replace(mark, maximum=most) if mark.points is None and most is not None else mark for mark in marks]


def _filled(order: Order, template: Path, force: bool) -> Exported:
    """Fill the teacher's own file."""
    if order.to not in ("canvas", "moodle"):
        raise ExportError(f"An export to {order.to} takes no template.")
    try:
        sheet = Sheet.read(template.read_bytes())
    except OSError as error:
        raise ExportError(f"The template {template} cannot be read: {error.strerror}.") from error
    if order.to == "canvas":
        layout = canvas_layout(sheet, order.column or order.assignment)
    else:
        layout = moodle_layout(sheet, order.column)
    exported = fill(sheet, layout, order.marks, order.people, order.to, order.out, order.scale)
    written(order.out, sheet.bytes(), force)
    return exported


def _anew(order: Order, force: bool) -> Exported:
    """Make a file of the platform's form, or of our own."""
    makers: dict[str, Callable[[], bytes]] = {
        "canvas": lambda: canvas_csv(order.marks, order.people, order.column or order.assignment),
        "moodle": lambda: moodle_csv(order.marks, order.people),
        "csv": lambda: own_csv(order.results, order.marks, order.people),
        "json": lambda: own_json(order.results, order.marks, order.people, order.assignment),
    }
    written(order.out, makers[order.to](), force)
    notes = (*mark_notes(order.marks), *filter(None, [ADVICE.get(order.to)]))
    return replace(_done(order), column=order.column or order.assignment if order.to == "canvas" else "", notes=notes)


def _gradescope(order: Order, force: bool) -> Exported:
    """Write one `results.json` for each student who has a mark."""
    unsafe = [result.student for result in order.results if Path(result.student).name != result.student]
    if unsafe:
        raise ExportError(f"These students' names cannot be folders: {', '.join(unsafe)}.")
    decided = [result for result, mark in zip(order.results, order.marks, strict=True) if mark.points is not None]
    files = {f"{result.student}/results.json": results_bytes(result, order.penalties) for result in decided}
    if order.out.suffix == ".zip":
        written(order.out, packed(files), force)
    else:
        for name, content in files.items():
            written(order.out / name, content, force)
    return replace(_done(order), notes=tuple(mark_notes(order.marks)))


def _done(order: Order) -> Exported:
    """What was done where no template was there to be matched."""
    filled = sum(mark.points is not None for mark in order.marks)
    unknown = _unknown(order) if order.people else ()
    return Exported(order.to, order.out, "", filled, filled, blanks(order.marks), unmatched=unknown)


def _unknown(order: Order) -> tuple[Left, ...]:
    """Students who are in the results and not among the people; they are written all the same."""
    known = {person.student for person in order.people}
    return tuple(
        Left(mark.student, mark.text, "not among the people; written by the folder's name")
        for mark in order.marks
        if mark.student not in known
    )
