"""Where the files of a repository or a course are. Light, so that `--help` of every command starts at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Project:
    """Where things are, seen from the repository's root; or, where it is `plain`, from that of an nbgrader course."""

    root: Path
    plain: bool = False

    @property
    def build(self) -> Path:
        """Everything generated."""
        return self.root / "build"

    @property
    def course(self) -> Path:
        """The nbgrader course."""
        return self.root if self.plain else self.build / "course"

    def at(self, assignment: str) -> Project:
        """The project as this assignment sees it: a plain course where only nbgrader's source folder has it."""
        plain = not (self.root / "notebooks" / assignment).is_dir() and (self.root / "source" / assignment).is_dir()
        return replace(self, plain=plain)

    def folder(self, assignment: str) -> Path:
        """The assignment's folder.

        Raises
        ------
        UnknownAssignmentError
            If there is none of this name.
        """
        folder = self.root / "notebooks" / assignment
        if not (folder / "source.py").is_file():
            raise UnknownAssignmentError(f"There is no assignment {assignment!r}. {self.offered()}")
        return folder

    def offered(self) -> str:
        """Which assignments there are, as a sentence."""
        names = sorted(path.parent.name for path in (self.root / "notebooks").glob("*/source.py"))
        names += sorted({path.parent.name for path in (self.root / "source").glob("*/*.ipynb")})
        if not names:
            return (
                f"No notebooks/<name>/source.py and no source/<name>/*.ipynb below {self.root}: run this from the "
                "root of a repository or of an nbgrader course."
            )
        return f"There {'are' if len(names) > 1 else 'is'}: {', '.join(names)}."


class UnknownAssignmentError(Exception):
    """No assignment of this name; the text says which there are."""
