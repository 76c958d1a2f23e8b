"""Properties of names: what a download adds is taken off again, and nothing dangerous passes."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from autograder.collect.lms.canvas import canvas
from autograder.collect.lms.moodle import moodle
from autograder.collect.lms.people import spellings
from autograder.collect.lms.planned import Member
from autograder.collect.names import is_called, is_notebook, letters, refusal, rename_number, stem, student_name

WORDS = st.text(st.characters(categories=("L",)), min_size=1, max_size=12)
PEOPLE = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
IDS = st.integers(0, 10**12)
ADDED = st.sampled_from(
    ["", " (1)", "(12)", "-2", " copy", " copy 3", " - Copy", " - Kopie (2)", "-Copy1", "_1", " (1) (2)"]
)


def member(name: str) -> Member:
    """Give a member of this name."""
    from pathlib import Path  # noqa: PLC0415 - only here

    return Member(Path("x.zip"), name, 1, 1)


@given(WORDS, ADDED)
def test_a_renamed_notebook_is_still_called_as_it_was(word, added):
    """Whatever browsers, desktops, Canvas and Jupyter add to a name."""
    assert is_notebook(f"{word}{added}.ipynb")
    assert is_called(f"{word}{added}.ipynb", word)


@given(WORDS, st.integers(1, 999))
def test_the_number_of_a_renamed_notebook_is_read(word, number):
    """The number sorts copies."""
    for name in (f"{word} ({number}).ipynb", f"{word}-{number}.ipynb", f"{word} copy {number}.ipynb"):
        assert rename_number(name) == number
        assert stem(name) == name.removesuffix(".ipynb")


@given(WORDS, IDS, IDS, st.booleans(), WORDS)
def test_canvas_names_round_trip(name, user, attachment, late, file):
    """What Canvas puts into a name comes out of it again, and makes the same start of a name for feedback."""
    prefix = f"{name}{'_LATE' if late else ''}_{user}_{attachment}"
    (handed,) = canvas([member(f"{prefix}_{file}.ipynb")], "", None)
    assert (handed.name, handed.ids, handed.number, handed.late) == (name, (("canvas", str(user)),), attachment, late)
    assert (handed.file, handed.handed_in) == (f"{file}.ipynb", prefix)


@given(PEOPLE, IDS, st.sampled_from(["", "_"]), WORDS)
def test_moodle_names_round_trip(name, participant, end, file):
    """What Moodle puts into a folder's name comes out of it again."""
    folder = f"{name}_{participant}_assignsubmission_file{end}"
    (handed,) = moodle([member(f"{folder}/{file}.ipynb")], "", None)
    assert (handed.name, handed.ids, handed.handed_in) == (name, (("participant", str(participant)),), folder)


@given(st.text(max_size=60))
def test_a_students_folder_is_always_one_plain_folder(text):
    """Whatever somebody is called, the folder lies in the target and is called as the person is."""
    name = student_name(text)
    if name is not None:
        assert name == unicodedata.normalize("NFC", text).strip()
        assert "/" not in name
        assert "\\" not in name
        assert name not in (".", "..")
        assert name.isprintable() or all(
            unicodedata.category(one) in ("Cf", "Cn", "Co", "Zs") for one in name if not one.isprintable()
        )


@given(st.text(max_size=60))
def test_a_harmless_name_stays_in_its_folder(text):
    """A name that is not refused, put below a folder, lies below it."""
    if refusal(text) is None:
        parts = text.replace("\\", "/").split("/")
        assert ".." not in parts
        assert not text.startswith(("/", "\\"))
        assert "\0" not in text


@given(WORDS, WORDS)
def test_first_and_last_name_compare_in_any_order(first, last):
    """Canvas writes the last name first and no blanks, Moodle the first name first."""
    assert letters(f"{last}{first}") in spellings(f"{first} {last}") | {""}
    assert spellings(f"{last}, {first}") == spellings(f"{first} {last}")
