"""Names that strangers chose: which are refused, what a download added to them, and how two of them compare."""

from __future__ import annotations

import re
import unicodedata

MAX_PART = 255
MAX_NAME = 1000
MAX_DEPTH = 16

_JUNK = {"__macosx", ".ds_store", "thumbs.db", "desktop.ini", ".ipynb_checkpoints", "__pycache__", ".git"}
_BIDI = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_DRIVE = re.compile(r"[A-Za-z]:")
_ARCHIVE = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".zst")
_ADDED = re.compile(r"(?: ?\(\d{1,3}\)| ?-? (?:copy|kopie|copie|copia|cópia)(?: ?\(?\d{1,3}\)?)?)$", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:-copy\d{1,3}|[-_]\d{1,3})$", re.IGNORECASE)
_NOTEBOOK = re.compile(r"\.ipynb(?: ?\(\d{1,3}\))?(?:\.(?:json|txt))?$", re.IGNORECASE)


def refusal(name: str) -> tuple[str, str] | None:
    """Why a member's name is refused, as a code and a sentence, or None if it is harmless."""
    path = name.replace("\\", "/")
    parts = path.split("/")
    if "\0" in name:
        return "nul", "Its name holds a NUL character."
    if path.startswith("/"):
        return "absolute", "Its name is an absolute path."
    if _DRIVE.match(path):
        return "drive", "Its name begins with a drive."
    if ".." in parts:
        return "parent", "Its name leads out of the folder (..)."
    if hidden_control(name):
        return "control", "Its name holds control characters or changes the direction of writing."
    if len(parts) > MAX_DEPTH or len(path.encode()) > MAX_NAME or any(len(part.encode()) > MAX_PART for part in parts):
        return "long", "Its name is too long or too deep."
    return None


def hidden_control(text: str) -> bool:
    """Whether a text holds what a reader cannot see and a terminal obeys."""
    return any(ord(letter) in _BIDI or unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in text)


def junk(name: str) -> bool:
    """Whether a file is one that computers leave behind, and nobody handed in."""
    parts = name.lower().split("/")
    return any(part in _JUNK for part in parts) or parts[-1].startswith(("._", "~$"))


def archive(name: str) -> bool:
    """Whether a file is an archive by its name."""
    return name.lower().endswith(_ARCHIVE)


def is_notebook(file: str) -> bool:
    """Whether a file is a notebook by its name; browsers that save text add `.txt` or `.json`."""
    return _NOTEBOOK.search(file) is not None


def stem(file: str) -> str:
    """A notebook's name without its ending."""
    return _NOTEBOOK.sub("", file)


def without_rename(text: str) -> str:
    """A stem without what browsers and desktops add to a second download: ` (1)`, ` copy`, ` - Kopie 2`."""
    shorter = _ADDED.sub("", text).rstrip()
    return text if shorter in ("", text) else without_rename(shorter)


def without_number(text: str) -> str:
    """A stem without any of that, nor the `-2` and `-Copy1` that platforms and Jupyter add."""
    shorter = _NUMBERED.sub("", without_rename(text)).rstrip()
    return text if shorter in ("", text) else without_number(shorter)


def is_called(file: str, assignment: str) -> bool:
    """Whether a notebook bears the assignment's name, whatever a download added to it."""
    wanted = letters(assignment)
    return wanted in (letters(stem(file)), letters(without_rename(stem(file))), letters(without_number(stem(file))))


def rename_number(file: str) -> int:
    """The last number that a download added to a name, or 0."""
    added = stem(file)[len(without_number(stem(file))) :]
    numbers = re.findall(r"\d+", added)
    return int(numbers[-1]) if numbers else 0


def letters(text: str) -> str:
    """Letters and digits alone, without case or accents, so that platforms' spellings of a name compare."""
    plain = unicodedata.normalize("NFKD", text).replace("ß", "ss").casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def student_name(text: str) -> str | None:
    """The text as a student's folder, unchanged, or None if it cannot be one."""
    text = unicodedata.normalize("NFC", text).strip()
    unfit = not text or text.startswith((".", "-")) or len(text.encode()) > 200
    return None if unfit or hidden_control(text) or any(letter in text for letter in '/\\:*?"<>|') else text


def shown(text: str) -> str:
    """A stranger's text as a terminal or a log may show it: what cannot be seen becomes its code point."""
    return "".join(f"\\u{ord(letter):04x}" if hidden_control(letter) else letter for letter in text)
