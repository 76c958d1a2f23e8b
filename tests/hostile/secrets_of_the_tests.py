"""What no student may learn: the text of the hidden tests, their lists, and the arrays that they compare with."""

from __future__ import annotations

import importlib.util
import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from autograder.deliver.autograded import autograded_notebook
from autograder.deliver.feedback import feedback_page, feedback_text
from autograder.deliver.results import result_to_json
from autograder.records import Graded, Release


def secrets(kit: Path, seed: str) -> frozenset[str]:
    """Pieces of text that give a hidden test away, for one seed."""
    folder = kit / "notebooks" / "initialization"
    text = (folder / "hidden_checks.py").read_text(encoding="utf-8")
    known = (folder / "initialization.ipynb").read_text(encoding="utf-8") + (
        kit / "public_tests" / "initialization.py"
    ).read_text(encoding="utf-8")
    lines = {line.strip() for line in text.splitlines() if len(line.strip()) > 30 and line.strip() not in known}
    hidden = hidden_checks(folder / "hidden_checks.py")
    lists = [dims for dims in hidden.NAMED_LISTS if str(dims) not in known]
    for exercise in ("zeros", "random", "he"):
        random.seed(f"{seed}:initialize_parameters_{exercise}_hidden")
        random.getrandbits(32)
        lists += hidden.fresh_lists(random.Random(random.getrandbits(64)))
    told = {spelled(dims) for dims in lists if len(dims) > 3} - {"2, 10, 5, 1"}
    return frozenset(lines | told)


def spelled(dims: list[int]) -> str:
    """The list as it is printed, without its brackets."""
    return str(dims)[1:-1]


def hidden_checks(path: Path) -> object:
    """The module, loaded beside the public tests that it rests on."""
    sys.path.insert(0, str(path.parent.parent.parent / "public_tests"))
    before = sys.modules.get("public_tests")
    try:
        sys.modules["public_tests"] = loaded(
            "public_tests", path.parent.parent.parent / "public_tests" / "initialization.py"
        )
        return loaded("hidden_checks", path)
    finally:
        sys.path.pop(0)
        if before is None:
            del sys.modules["public_tests"]
        else:
            sys.modules["public_tests"] = before


def loaded(name: str, path: Path) -> object:
    """A module of a file."""
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def shown(release: Release, graded: Graded, data: bytes) -> str:
    """Everything that anybody is shown of a grading, and everything that the drop-in may show."""
    return "\n".join(pages(release, graded, data))


def pages(release: Release, graded: Graded, data: bytes) -> Iterator[str]:
    """Each of it as text."""
    yield json.dumps(result_to_json(graded.result), ensure_ascii=False)
    yield repr(graded.runs)
    yield feedback_text(release, graded)
    yield feedback_page(release, graded, data)
    yield autograded_notebook(release, graded).decode()


def leaks(text: str, known: frozenset[str], submitted: str) -> list[str]:
    """Which secrets a text tells, apart from those that the submission holds itself."""
    plain = re.sub(r"[\[\]()]", "", text)
    return [one for one in known if (one in text or one in plain) and one not in submitted]
