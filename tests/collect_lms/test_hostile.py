"""A hostile member is refused by its name, writes nothing, and costs nobody else anything."""

from __future__ import annotations

import io
import os
import stat
import struct
import tarfile
import warnings
import zipfile

import pytest

from autograder.collect import lms
from tests.collect_lms.downloads import by_student, codes

GOOD = ("lovelaceada_101_9001_initialization.ipynb", b"good")


def entry(name: str, mode: int = 0) -> zipfile.ZipInfo:
    """Give a member of any name and kind."""
    made = zipfile.ZipInfo("x")
    made.filename = made.orig_filename = name
    made.create_system = 3
    made.external_attr = mode << 16
    return made


NAMES = {
    "../../evil_1_2_initialization.ipynb": "parent",
    "folder/../../evil_1_2_initialization.ipynb": "parent",
    "..\\..\\evil_1_2_initialization.ipynb": "parent",
    "/etc/evil_1_2_initialization.ipynb": "absolute",
    "\\\\server\\evil_1_2_initialization.ipynb": "absolute",
    "C:\\evil_1_2_initialization.ipynb": "drive",
    "c:evil_1_2_initialization.ipynb": "drive",
    "evil\u202egnp_1_2_initialization.ipynb": "control",
    "evil\u2066_1_2_initialization.ipynb": "control",
    "evil\x1b[31m_1_2_initialization.ipynb": "control",
    "e" * 300 + "_1_2_initialization.ipynb": "long",
    "deep/" * 40 + "evil_1_2_initialization.ipynb": "long",
    "evil_1_2_everything.zip": "nested",
    "evil_1_2_everything.tar.gz": "nested",
}


@pytest.mark.parametrize("name", NAMES)
def test_members_with_hostile_names_are_refused_and_the_rest_collected(name, zipped, tmp_path):
    """Names that lead elsewhere, mislead the reader or hide something are refused, each with its name and reason."""
    plan = lms.plan([zipped("canvas.zip", [(entry(name), b"evil"), GOOD])], "initialization")
    assert codes(plan) == {name: NAMES[name]}
    collected = lms.carry_out(plan, tmp_path / "out")
    assert collected.written == ("101",)
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.read_bytes() == b"evil"]


def test_name_with_a_nul_is_refused(zipped):
    """`zipfile` would cut the name at the NUL, and take one file for another."""
    path = zipped("canvas.zip", [("evil_1_2_initialization.ipynb@.png", b"evil"), GOOD])
    path.write_bytes(path.read_bytes().replace(b"ipynb@.png", b"ipynb\0.png"))
    plan = lms.plan([path], "initialization")
    assert codes(plan) == {"evil_1_2_initialization.ipynb\0.png": "nul"}
    assert list(by_student(plan)) == ["101"]


@pytest.mark.parametrize(
    ("mode", "code"), [(stat.S_IFLNK | 0o777, "link"), (stat.S_IFIFO, "special"), (stat.S_IFCHR, "special")]
)
def test_links_and_devices_in_an_archive_are_refused(mode, code, zipped):
    """Only ordinary files are taken."""
    name = "evil_1_2_initialization.ipynb"
    plan = lms.plan([zipped("canvas.zip", [(entry(name, mode), b"/etc/passwd"), GOOD])], "initialization")
    assert codes(plan) == {name: code}


def test_bombs_are_refused_before_anything_is_unpacked(zipped):
    """The size of a member, its ratio and the sum of all are judged by the headers."""
    bomb, large = "evil_1_2_initialization.ipynb", "evil_3_4_initialization.ipynb"
    files = [(bomb, bytes(9_000_000)), (large, os.urandom(1_200_000)), GOOD]
    path = zipped("canvas.zip", files, zipfile.ZIP_DEFLATED)
    plan = lms.plan([path], "initialization", limits=lms.ArchiveLimits(member_mb=10))
    assert codes(plan) == {bomb: "bomb"}
    plan = lms.plan([path], "initialization", limits=lms.ArchiveLimits(member_mb=1))
    assert codes(plan) == {bomb: "large", large: "large"}
    plan = lms.plan([path], "initialization", limits=lms.ArchiveLimits(total_mb=1))
    assert codes(plan) == {bomb: "bomb", large: "total"}
    plan = lms.plan([path], "initialization", limits=lms.ArchiveLimits(members=1))
    assert codes(plan)[""] == "members"


def test_member_that_lies_about_its_size_is_refused_when_it_is_unpacked(zipped, tmp_path):
    """A header that declares ten bytes gets ten bytes read, and the check sum gives it away."""
    path = zipped("canvas.zip", [("evil_1_2_initialization.ipynb", bytes(5_000_000)), GOOD], zipfile.ZIP_DEFLATED)
    path.write_bytes(path.read_bytes().replace(struct.pack("<L", 5_000_000), struct.pack("<L", 10)))
    collected = lms.carry_out(lms.plan([path], "initialization"), tmp_path / "out")
    assert [problem.code for problem in collected.problems] == ["damaged"]
    assert collected.written == ("101",)
    assert not (tmp_path / "out" / "1").exists()


def test_second_member_of_the_same_name_is_refused(zipped):
    """Which one a program unpacks differs from program to program; here the first counts."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile says so too
        path = zipped("canvas.zip", [GOOD, (GOOD[0], b"evil")])
    plan = lms.plan([path], "initialization")
    assert codes(plan) == {GOOD[0]: "duplicate"}
    assert plan.students[0].chosen.member.size == len(GOOD[1])


def test_encrypted_and_strangely_packed_members_are_refused(zipped):
    """What cannot be read is said by name."""
    path = zipped("canvas.zip", [("evil_1_2_initialization.ipynb", b"evil"), GOOD])
    data = bytearray(path.read_bytes())
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    path.write_bytes(data)
    assert codes(lms.plan([path], "initialization")) == {"evil_1_2_initialization.ipynb": "encrypted"}
    packed = zipped("lzma.zip", [("evil_1_2_initialization.ipynb", b"evil")], zipfile.ZIP_LZMA)
    assert codes(lms.plan([packed], "initialization")) == {"evil_1_2_initialization.ipynb": "method"}


def test_archive_that_is_no_zip_is_refused_and_the_others_are_collected(zipped, tmp_path):
    """A tar, a damaged zip and a text are said to be what they are."""
    tar = tmp_path / "class.tar.gz"
    with tarfile.open(tar, "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("ada.ipynb"), io.BytesIO())
    cut = zipped("cut.zip", [GOOD] * 1)
    cut.write_bytes(cut.read_bytes()[:-30] + b"PK\x05\x06" + bytes(3))
    good = zipped("canvas.zip", [GOOD])
    plan = lms.plan([tar, cut, good], "initialization")
    assert [(problem.source, problem.code) for problem in plan.problems] == [
        (str(tar), "not-zip"),
        (str(cut), "not-zip"),
    ]
    assert list(by_student(plan)) == ["101"]


@pytest.mark.parametrize("place", range(0, 200, 3))
def test_no_flipped_byte_of_an_archive_stops_the_rest(place, zipped, tmp_path):
    """Whatever byte is wrong, planning and collecting raise nothing; at worst a member or the archive is refused."""
    path = zipped("broken.zip", [("ada_1_2_initialization.ipynb", b"x" * 20)], zipfile.ZIP_DEFLATED)
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= 0xFF
    path.write_bytes(data)
    good = zipped("canvas.zip", [GOOD])
    assert "101" in lms.carry_out(lms.plan([path, good], "initialization"), tmp_path / "out").written


def test_links_and_pipes_in_a_folder_are_refused(tmp_path):
    """A folder that somebody unpacked may hold what a zip may not."""
    place = tmp_path / "class"
    (place / "ada").mkdir(parents=True)
    (place / "ada" / "initialization.ipynb").write_bytes(b"good")
    (tmp_path / "secret.ipynb").write_bytes(b"secret")
    (place / "eve.ipynb").symlink_to(tmp_path / "secret.ipynb")
    (place / "mal").symlink_to(tmp_path)
    os.mkfifo(place / "pipe.ipynb")
    plan = lms.plan([place], "initialization")
    assert codes(plan) == {"eve.ipynb": "link", "mal": "link", "pipe.ipynb": "unreadable"}
    assert list(by_student(plan)) == ["ada"]


def test_links_in_the_target_are_never_followed(zipped, tmp_path):
    """A link in a student's folder is not written through."""
    plan = lms.plan([zipped("canvas.zip", [GOOD])], "initialization")
    outside, target = tmp_path / "outside", tmp_path / "out"
    outside.mkdir()
    (target / "101").mkdir(parents=True)
    (target / "101" / "initialization").symlink_to(outside)
    with pytest.raises(lms.CollectError, match="link"):
        lms.carry_out(plan, target)
    (target / "101" / "initialization").unlink()
    (target / "101" / "initialization").mkdir()
    (outside / "file").write_bytes(b"kept")
    (target / "101" / "initialization" / "initialization.ipynb").symlink_to(outside / "file")
    lms.carry_out(plan, target)
    assert (outside / "file").read_bytes() == b"kept"
    assert (target / "101" / "initialization" / "initialization.ipynb").read_bytes() == b"good"


@pytest.mark.parametrize("name", ["..", ".", "a/b", "-rf", ".ssh", "a\u202eb", "a\nb", "C:x", ""])
def test_names_that_cannot_be_a_folder_never_become_one(name, zipped):
    """What a platform's metadata calls a student is as hostile as a file's name."""
    metadata = f"submission_1:\n  :submitters:\n  - :sid: {name!a}\n".replace("'", '"')
    files = [("submission_metadata.yml", metadata), ("submission_1/initialization.ipynb", b"1")]
    students = list(by_student(lms.plan([zipped("export.zip", files)], "initialization")))
    assert students in ([], ["submission_1"])
