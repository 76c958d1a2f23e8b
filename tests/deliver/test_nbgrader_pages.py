"""nbgrader's own feedback and formgrader pages in a real browser: as inert as ours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import nbgrader
import pytest
from nbconvert.exporters import HTMLExporter
from nbgrader.api import Gradebook
from traitlets.config import Config

from autograder.deliver.autograded import autograded_notebook
from autograder.deliver.nbgrader_inert import InertCells
from tests.deliver.browser import Page
from tests.deliver.class_in_code import RELEASE, graded
from tests.deliver.hostile import everything, hostile, hostile_notebook
from tests.deliver.payloads import EVIL, PAYLOADS

pytestmark = pytest.mark.slow

FORMGRADER = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader"
STYLES = FORMGRADER / "static" / "node_modules" / "bootstrap" / "dist" / "css"
CONFIG = """
c = get_config()
c.CourseDirectory.root = {root!r}
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "autograder.deliver.nbgrader_inert.InertCells",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]
"""


def page_of(notebook: bytes, template: str, guarded: bool) -> str:
    """Draw a notebook with one of nbgrader's templates; `guarded` puts our preprocessor before it."""
    settings = Config()
    settings.HTMLExporter.template_name = template
    settings.HTMLExporter.extra_template_basedirs = [str(FORMGRADER / "templates")]
    settings.HTMLExporter.extra_template_paths = [str(STYLES)]
    settings.HTMLExporter.preprocessors = [InertCells] if guarded else []
    grades = {"score": 1.0, "max_score": 4.0, "late_penalty": 0.0, "notebook": "doubling"}
    resources = {
        "nbgrader": grades,
        "base_url": "",
        "student": "ada",
        "notebook_id": "doubling",
        "index": 0,
        "total": 1,
    }
    node = nbformat.reads(notebook.decode(), as_version=4)
    for cell in node.cells:
        if "nbgrader" in cell.metadata:  # what the gradebook adds
            cell.metadata.nbgrader.update({"score": 1.0, "points": 2.0, "comment": ""})
    return HTMLExporter(config=settings).from_notebook_node(node, resources=resources)[0]


def assert_inert(seen):
    """No script of the student's ran, and nothing of the student's is live or fetched."""
    assert seen["ran"] is None
    assert not seen["dialogs"]
    assert not [request for request in seen["requests"] if "evil" in request or "etc/passwd" in request]
    assert not [one for one in (*seen["live"], *seen["handlers"]) if "window.ran" in one or EVIL in one]
    assert not [
        link for link in seen["links"] if link.lower().strip().startswith(("javascript", "data:text", "vbscript"))
    ]


@pytest.mark.parametrize("template", ["feedback", "formgrade"])
def test_the_notebook_that_we_write_is_inert_in_nbgraders_pages(browser, tmp_path, template):
    """Every payload stands in a markdown and in a code cell, and nbgrader's plain templates show it as text."""
    page = Page(tmp_path / "page.html")
    page.path.write_text(page_of(autograded_notebook(RELEASE, graded(everything())), template, guarded=False))
    (seen,) = browser.open(page)
    assert_inert(seen)
    assert seen["text"].count("window.ran=1") > 2 * 20


def test_a_notebook_of_nbgraders_own_is_made_inert_by_the_preprocessor(browser, tmp_path):
    """Where `nbgrader autograde` wrote the notebook, with every output of the student's, the preprocessor cleans it."""
    page = Page(tmp_path / "page.html")
    page.path.write_text(page_of(everything(), "feedback", guarded=True))
    (seen,) = browser.open(page)
    assert_inert(seen)
    assert seen["text"].count("window.ran=1") > 2 * 20


def test_without_the_preprocessor_a_payload_runs(browser, tmp_path):
    """The danger is real: nbgrader's page, left alone, runs what a student wrote."""
    page = Page(tmp_path / "bad.html")
    page.path.write_text(page_of(hostile_notebook(PAYLOADS["image-error"]), "feedback", guarded=False))
    assert browser.open(page)[0]["ran"] == 1


# nbgrader itself adds a submission to a student while both are not in the session yet
@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_generate_feedback_is_safe_through_our_settings(browser, tmp_path, monkeypatch):
    """The ordinary command, on notebooks and comments that hold payloads, makes pages in which nothing runs."""
    names = ["script", "image-error", "markdown-link", "markdown-image", "markdown-mermaid", "mathjax", "terminal"]
    (tmp_path / "nbgrader_config.py").write_text(CONFIG.format(root=str(tmp_path)))
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))  # for alembic
    with Gradebook(f"sqlite:///{tmp_path}/gradebook.db") as book:
        book.add_assignment("doubling")
        book.add_notebook("doubling", "doubling")
        for cell in RELEASE.cells:
            if cell.kind in ("test", "manual"):
                book.add_grade_cell(cell.id, "doubling", "doubling", max_score=cell.points, cell_type="code")
            if cell.kind in ("answer", "manual"):
                book.add_solution_cell(cell.id, "doubling", "doubling")
        for name in names:
            book.add_student(name)
            book.add_submission("doubling", name)
            book.find_comment("why_it_works", "doubling", "doubling", name).manual_comment = PAYLOADS[name]
        book.db.commit()
    for name in names:
        folder = tmp_path / "autograded" / name / "doubling"
        folder.mkdir(parents=True)
        (folder / "doubling.ipynb").write_bytes(autograded_notebook(RELEASE, hostile(PAYLOADS[name])[1]))
    run_nbgrader(tmp_path, "generate_feedback", "doubling")
    pages = [Page(tmp_path / "feedback" / name / "doubling" / "doubling.html") for name in names]
    for seen in browser.open(*pages):
        assert "Comments:" in seen["text"]
        assert_inert(seen)


def run_nbgrader(folder: Path, *words: str) -> None:
    """Run one ordinary nbgrader command."""
    own = {"JUPYTER_CONFIG_DIR": str(folder / "home"), "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-m", "nbgrader", *words]
    run = subprocess.run(command, cwd=folder, env={**os.environ, **own}, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
