"""`pytest public_tests` runs each assignment's public tests against its answer key.

With `--notebook FILE` they are run against a student's notebook instead. It runs here, without a box: use it for a
notebook that you trust. Tests come from `notebooks/<slug>/source.py`, whatever the notebook holds in their place.
"""

import contextlib
import importlib.util
import io
import json
import re
import sys
import warnings
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEADER = re.compile(r"^# %%(?P<text>.*)$", re.MULTILINE)
HIDDEN = re.compile(r"^[ \t]*### BEGIN HIDDEN TESTS\n.*?### END HIDDEN TESTS\n?", re.MULTILINE | re.DOTALL)


def pytest_addoption(parser):
    """Add `--notebook`."""
    parser.addoption("--notebook", type=Path, help="run the public tests on this notebook, not on the answer key")


def pytest_generate_tests(metafunc):
    """One test for each public test cell of each assignment."""
    if "test_cell" in metafunc.fixturenames:
        notebook = metafunc.config.getoption("--notebook")
        slugs = [slug_of(notebook)] if notebook else assignments()
        found = [(slug, cell["id"]) for slug in slugs for cell in source_cells(slug) if cell["is_test"]]
        metafunc.parametrize("test_cell", found, ids=["-".join(pair) for pair in found])


@pytest.fixture(scope="session")
def verdicts(request):
    """Give a function from an assignment's slug to what each of its test cells raised (None if it passed)."""
    notebook, known = request.config.getoption("--notebook"), {}

    def of(slug):
        if slug not in known:
            cells = own_cells(notebook, slug) if notebook else source_cells(slug)
            known[slug] = run_all(cells, slug)
        return known[slug]

    return of


def assignments():
    """Slugs of the assignments that have public tests."""
    return sorted(path.stem for path in ROOT.glob("public_tests/*.py") if source_of(path.stem).is_file())


def source_of(slug):
    """The text of an assignment."""
    return ROOT / "notebooks" / slug / "source.py"


def source_cells(slug):
    """Read an assignment's code cells: id, text without hidden tests, whether it is a test, whether it is left out."""
    text = source_of(slug).read_text(encoding="utf-8")
    headers = list(HEADER.finditer(text))
    ends = [header.start() for header in headers[1:]] + [len(text)]
    for header, end in zip(headers, ends):
        if "[markdown]" not in header["text"]:
            yield cell_of(text[header.end() : end], nbgrader_of(header["text"]), header["text"])


def nbgrader_of(header):
    """What nbgrader notes in a cell's header."""
    found = re.search(r"nbgrader=(\{.*?\})", header)
    return json.loads(found[1]) if found else {}


def cell_of(source, marks, tags):
    """One cell in the form that `run_all` takes."""
    public = HIDDEN.sub("", source)
    is_test = bool(marks.get("grade") and not marks.get("solution"))
    only_comments = not re.search(r"^[^#\s]", public, re.MULTILINE)  # nothing is left of a hidden test
    return {
        "id": marks.get("grade_id", ""),
        "source": public,
        "is_test": is_test and not only_comments,
        "left_out": "demonstration" in tags or (is_test and only_comments),
    }


def own_cells(notebook, slug):
    """Read a notebook's code cells; test cells get the text of the assignment."""
    tests = {cell["id"]: cell for cell in source_cells(slug) if cell["is_test"]}
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        metadata = cell["metadata"]
        own = cell_of("".join(cell["source"]), metadata.get("nbgrader", {}), str(metadata.get("tags", "")))
        if cell["cell_type"] == "code":
            yield tests.pop(own["id"], own)
    yield from tests.values()


def slug_of(notebook):
    """The assignment that a notebook belongs to: it has more of its cells than of any other's."""
    marks = [cell["metadata"].get("nbgrader", {}) for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]]
    ids = {mark.get("grade_id") for mark in marks}
    return max(assignments(), key=lambda slug: len(ids & {cell["id"] for cell in source_cells(slug)}))


def run_all(cells, slug):
    """Run the cells in order; what each test cell raised, by id."""
    names, outcomes = {"__name__": "__main__"}, {}
    with tests_of(slug) as tests, warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        compiled = getattr(tests, "compile_cell", lambda source, place: compile(source, place, "exec"))
        for number, cell in enumerate(cells, 1):
            error = None
            if not cell["left_out"]:
                try:
                    exec(compiled(cell["source"], f"<cell {number}>"), names)  # noqa: S102 - trusted, see above
                except (Exception, SystemExit) as raised:
                    error = raised
            if cell["is_test"]:
                outcomes[cell["id"]] = error
    return outcomes


@contextlib.contextmanager
def tests_of(slug):
    """Load an assignment's public tests under the name that notebooks import."""
    before = sys.modules.get("public_tests")
    spec = importlib.util.spec_from_file_location("public_tests", ROOT / "public_tests" / f"{slug}.py")
    sys.modules["public_tests"] = module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        yield module
    finally:
        sys.modules.pop("public_tests")
        if before is not None:
            sys.modules["public_tests"] = before
