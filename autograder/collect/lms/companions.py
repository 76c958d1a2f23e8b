"""The files that belong to a notebook in a download: those of its folder, or those of the same person."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from autograder.collect.bounds import WHY, Bounds, ignored
from autograder.collect.lms.planned import Handed, Member, Problem
from autograder.collect.names import is_notebook

Companions = tuple[tuple[str, Member], ...]

_RENAMED = re.compile(r"(?P<module>[A-Za-z_]\w*)(?:-\d{1,3}| \(\d{1,3}\)|-?\(\d{1,3}\))\.py")
"""A module as platforms and browsers rename it; nobody could import it under that name."""


class Source:
    """What one source holds, by folder and by person."""

    def __init__(self, handed: Iterable[Handed], members: Iterable[Member]) -> None:
        self._below: dict[tuple[str, ...], list[Member]] = defaultdict(list)
        self._of: dict[tuple[tuple[str, str], ...], dict[str, Member]] = defaultdict(dict)
        for member in members:
            for length in range(1, len(member.parts)):
                self._below[member.parts[:length]].append(member)
        for one in handed:
            if not one.owned:
                self._of[one.ids][one.file] = one.member

    def companions(self, notebook: Handed) -> tuple[Companions, list[Problem]]:
        """What lies beside a notebook, by the names that it has there, and what is left out of that."""
        bounds, taken, problems = Bounds(), dict[str, Member](), list[Problem]()
        named = self._in_folder(notebook) if notebook.owned else self._of_person(notebook)
        for name, member in sorted(named, key=lambda one: (one[0].count("/"), one[0])):
            if is_notebook(name) or ignored(name):
                continue
            why = "name" if in_the_way(name, taken) else bounds.refusal(name, member.size)
            if why:
                problems.append(Problem(str(member.source), member.name, why, f"Not taken along. {WHY[why]}"))
            else:
                bounds.add(member.size)
                taken[name] = member
        return tuple(sorted(taken.items())), problems

    def _in_folder(self, notebook: Handed) -> Iterator[tuple[str, Member]]:
        """The files in the notebook's folder and the folders in it."""
        folder = notebook.member.parts[:-1]
        for member in self._below[folder]:
            yield "/".join(member.parts[len(folder) :]), member

    def _of_person(self, notebook: Handed) -> Iterator[tuple[str, Member]]:
        """The files that the form says are of the same person, where all lie in one folder."""
        mine = self._of[notebook.ids]
        for file, member in mine.items():
            renamed = _RENAMED.fullmatch(file)
            original = f"{renamed['module']}.py" if renamed else file
            yield (file if original in mine else original), member


def in_the_way(name: str, taken: Iterable[str]) -> bool:
    """Whether a name is taken already, or one of its folders is a file."""
    parts = name.split("/")
    return not {"/".join(parts[:length]) for length in range(1, len(parts) + 1)}.isdisjoint(taken)
