"""What is read beside a notebook: ordinary files within bounds, and never anything that a link or a name leads to."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.collect import beside, find, fingerprint
from autograder.collect.beside import MOST_NAMED, MOST_SEEN
from autograder.collect.bounds import MOST_BYTES, MOST_BYTES_EACH, MOST_FILES, MOST_FOLDERS
from autograder.collect.reserved import Reserved

GIVEN = (("public_tests.py", b"tests"), ("data/table.csv", b"1,2"))


@pytest.fixture
def folder(tmp_path):
    """A student's folder with a notebook in it."""
    place = tmp_path / "submitted" / "ada" / "small"
    place.mkdir(parents=True)
    (place / "small.ipynb").write_text("{}")
    return place


def write(folder, names, content=b"x"):
    """Write a file of each of these names."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def codes(found):
    """For what reasons something was left out."""
    return [notice.code.removeprefix("left-out/") for notice in found.notices]


def test_modules_packages_and_data_come_along_sorted_and_unsaid(folder):
    """Every ordinary file below the folder; what other programs leave behind is left out without a word."""
    wanted = ["data.csv", "mine.py", "package/__init__.py", "package/deep/er.py", "with space.txt", "übung.py"]
    write(folder, wanted)
    left_behind = (".DS_Store", ".git/config", "__pycache__/mine.cpython-311.pyc", "mine.pyc", "feedback/x.html")
    write(folder, (*left_behind, ".ipynb_checkpoints/small-checkpoint.ipynb", "other.ipynb", "timestamp.txt"))
    found = beside(folder, GIVEN)
    assert found.files == tuple((name, b"x") for name in wanted)
    assert found.notices == ()


def test_only_a_folder_of_the_students_own_has_files_beside(folder, tmp_path):
    """In a flat folder, and where one notebook is named, nothing comes along: it could be anybody's."""
    write(folder, ["mine.py"])
    (in_tree,) = find(tmp_path / "submitted", "small")
    assert dict(beside(in_tree.folder, ()).files) == {"mine.py": b"x"}
    for place in (folder, folder / "small.ipynb"):
        (alone,) = find(place, "small")
        assert alone.folder is None
        assert beside(alone.folder, ()).files == ()


def test_what_lies_at_the_end_of_a_link_is_not_read(folder, tmp_path):
    """Neither a file nor a folder, neither of the system nor of another student, neither there nor gone."""
    secret = tmp_path / "submitted" / "bob" / "small"
    write(secret, ["small.ipynb", "secret.py"], b"secret")
    targets = {"passwd": "/etc/passwd", "file.py": secret / "secret.py", "dir": secret, "gone": "nowhere", "self": "."}
    for name, target in targets.items():
        (folder / name).symlink_to(target)
    found = beside(folder, ())
    assert (found.files, codes(found)) == ((), ["link"])
    assert all(name in found.notices[0].message for name in targets)


def test_a_student_whose_whole_folder_is_a_link_has_no_files(folder, tmp_path):
    """They would be somebody else's."""
    write(folder, ["mine.py"])
    (tmp_path / "link").symlink_to(folder)
    assert (beside(tmp_path / "link", ()).files, codes(beside(tmp_path / "link", ()))) == ((), ["link"])


def test_a_folder_that_becomes_a_link_while_it_is_read_is_not_followed(folder, tmp_path, monkeypatch):
    """Each step on the way down is looked at again when it is taken."""
    write(folder, ["a/b/mine.py"])
    write(tmp_path / "elsewhere", ["b/secret.py"])
    seen = os.scandir

    def scandir(place):
        with seen(place) as entries:
            names = [entry.name for entry in entries]
        if names == ["b"]:  # it is looking into `a`, and has not gone on
            (folder / "a").rename(folder.parent / "moved")
            (folder / "a").symlink_to(tmp_path / "elsewhere")
            monkeypatch.setattr(os, "scandir", seen)
        return seen(place)

    monkeypatch.setattr(os, "scandir", scandir)
    found = beside(folder, ())
    assert (found.files, codes(found)) == ((), ["unreadable"])


def test_hard_links_are_files(folder):
    """There is no telling them apart."""
    write(folder, ["one.py"])
    (folder / "two.py").hardlink_to(folder / "one.py")
    assert sorted(dict(beside(folder, ()).files)) == ["one.py", "two.py"]


def test_pipes_and_sockets_are_left_out_and_nothing_waits_for_them(folder):
    """Opening a pipe would wait for ever."""
    os.mkfifo(folder / "pipe.py")
    found = beside(folder, ())
    assert (found.files, codes(found)) == ((), ["special"])


def test_a_sparse_gigabyte_is_not_read(folder):
    """What a file says of its size is enough."""
    write(folder, ["huge.bin", "mine.py"])
    os.truncate(folder / "huge.bin", 1_000_000_000)
    found = beside(folder, ())
    assert (dict(found.files), codes(found)) == ({"mine.py": b"x"}, ["large"])


def test_of_too_many_files_those_come_along_that_lie_on_top(folder):
    """A forgotten folder of ten thousand does not crowd out the module beside the notebook; the notice stays short."""
    deep = (f"venv/lib/{n:05}" for n in range(MOST_SEEN))
    write(folder, ["zz.py", "package/mine.py", *deep, "venv/more/zz.py"])
    found = beside(folder, ())
    assert len(found.files) == MOST_FILES
    assert {"zz.py", "package/mine.py"} < dict(found.files).keys()
    assert codes(found) == ["many"]
    assert "venv/lib/" in found.notices[0].message
    assert len(found.notices[0].message) < 500


def test_of_a_folder_without_end_only_a_part_is_looked_at(folder):
    """Not even its names are all read."""
    write(folder, [f"{n}.ipynb" for n in range(MOST_SEEN + 10)])
    assert codes(beside(folder, ())) == ["many"]


def test_all_files_together_have_a_bound(folder):
    """As many as fit, by name."""
    write(folder, ["a", "b", "c"], b"x" * (MOST_BYTES_EACH))
    write(folder, ["d"])
    found = beside(folder, ())
    assert 2 * MOST_BYTES_EACH == MOST_BYTES
    assert (sorted(dict(found.files)), codes(found)) == (["a", "b"], ["total"])


def test_what_lies_too_deep_is_left_out(folder):
    """One level less is not."""
    write(folder, ["d/" * MOST_FOLDERS + "in.py", "e/" * (MOST_FOLDERS + 1) + "out.py"])
    found = beside(folder, ())
    assert list(dict(found.files)) == ["d/" * MOST_FOLDERS + "in.py"]
    assert codes(found) == ["deep"]


@pytest.mark.parametrize("name", ["new\nline.py", "bell\a.py", "right\u202eto left.py", b"\xff.py", "x" * 250])
def test_names_that_hide_something_are_left_out_and_shown_safely(folder, name):
    """The notice holds nothing that a terminal or a page would obey."""
    (folder / os.fsdecode(name)).touch()
    found = beside(folder, ())
    assert (found.files, codes(found)) == ((), ["name"])
    assert found.notices[0].message.isprintable()


def test_folders_of_hidden_names_are_not_entered(folder):
    """Whatever is in there has that name too."""
    write(folder, ["new\nline/mine.py"])
    assert beside(folder, ()).files == ()


def test_names_that_look_as_if_they_led_out_are_names(folder):
    """Two dots within a name are two dots."""
    write(folder, ["..mine.py", "a..b", "~", "-rf", "$HOME"])
    assert sorted(dict(beside(folder, ()).files)) == ["$HOME", "-rf", "..mine.py", "a..b", "~"]


def test_the_releases_own_files_are_left_out_and_said_only_where_they_differ(folder):
    """Everybody hands in the bundle that they were given."""
    write(folder, ["public_tests.py"], b"tests")
    write(folder, ["data/table.csv"], b"1,2")
    assert beside(folder, GIVEN).files == ()
    assert beside(folder, GIVEN).notices == ()
    write(folder, ["public_tests.py"], b"return True")
    assert (beside(folder, GIVEN).files, codes(beside(folder, GIVEN))) == ((), ["given"])


IN_THE_PLACE = (
    *(
        "public_tests.py",
        "PUBLIC_TESTS.py",
        "Public_Tests.PY",
        "ｐublic_tests.py",
        "public_teſts.py",
        "public_tests.pyc",
    ),
    *(
        "public_tests/__init__.py",
        "Public_Tests/x",
        "public_tests.abi3.so",
        "public_tests.cpython-311-x86_64-linux-gnu.so",
    ),
    *("public_tests.py/x", "data", "DATA", "data/TABLE.csv", "data/table.csv/x", "public_tests.pyd", "public_tests"),
)
BESIDE = (
    "my_public_tests.py",
    "public_tests.csv",
    "public_tests.json",
    "data/other.csv",
    "data.csv",
    "data2",
    "a/data",
)


@pytest.mark.parametrize("name", IN_THE_PLACE)
def test_nothing_takes_the_place_of_the_releases_own(name):
    """Whatever the spelling, and whatever Python would import instead."""
    assert Reserved(dict(GIVEN)).covers(name)


@pytest.mark.parametrize("name", BESIDE)
def test_other_names_are_the_students(name):
    """They only resemble."""
    assert not Reserved(dict(GIVEN)).covers(name)


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="/\0"), min_size=1, max_size=8))
def test_a_name_is_its_own_in_every_case(name):
    """Of any alphabet."""
    assert Reserved([f"{name}.py"]).covers(f"{name}.py")
    assert Reserved([f"{name}.py"]).covers(f"{name.upper()}.py".lower())


def test_a_file_that_cannot_be_opened_is_said(folder, monkeypatch):
    """It costs nothing but what it would have given."""
    write(folder, ["mine.py", "other.py"])
    opened = os.open

    def refuse(path, *arguments, **options):
        if os.fspath(path) == "mine.py":
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **options)

    monkeypatch.setattr(os, "open", refuse)
    found = beside(folder, ())
    assert (dict(found.files), codes(found)) == ({"other.py": b"x"}, ["unreadable"])


def test_a_notice_names_a_few(folder):
    """And says how many more there are."""
    for number in range(MOST_NAMED + 3):
        (folder / f"link-{number}").symlink_to("/")
    (notice,) = beside(folder, ()).notices
    assert "link-0, link-1" in notice.message
    assert " and 3 more." in notice.message


def test_each_file_beside_it_makes_it_another_submission():
    """Its name and its content do; without any it is known by the notebook alone."""
    files = [(), (("a", b"1"),), (("b", b"1"),), (("a", b"2"),), (("a", b"1"), ("b", b"1"))]
    assert len({fingerprint("0" * 64, one) for one in files}) == len(files)
    assert fingerprint("0" * 64, ()) == "0" * 64
