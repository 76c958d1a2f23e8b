"""nbgrader's own pages, made as safe as ours: a preprocessor for `nbgrader generate_feedback` and formgrader.

In `nbgrader_config.py`::

    c.HTMLExporter.preprocessors = ["autograder.deliver.nbgrader_inert.InertCells"]
    c.GenerateFeedback.preprocessors = [
        "nbgrader.preprocessors.GetGrades",
        "autograder.deliver.nbgrader_inert.InertCells",
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    ]
"""

from __future__ import annotations

from typing import Any

from nbconvert.preprocessors import Preprocessor
from traitlets import Bool

from autograder.deliver.feedback_plots import picture_of
from autograder.deliver.inert import inert_markdown
from autograder.deliver.visible import shortened, visible

__all__ = ["InertCells"]


class InertCells(Preprocessor):
    """Show only text and re-encoded pixels of what a student wrote, and none of a notebook's own metadata."""

    enabled = Bool(True).tag(config=True)  # nbconvert's preprocessors do nothing unless they say so

    def preprocess(self, notebook: Any, resources: Any) -> tuple[Any, Any]:
        """Make every cell inert."""
        notebook["metadata"] = type(notebook)({"language_info": {"name": "python"}})
        for cell in notebook["cells"]:
            self.cell(cell)
        return notebook, resources

    def cell(self, cell: Any) -> None:
        """Make one cell inert; nbgrader's part of its metadata is kept."""
        kept = cell["metadata"].get("nbgrader")
        cell["metadata"] = type(cell)({"nbgrader": kept} if kept else {})
        cell.pop("attachments", None)
        if kept and kept.get("comment"):
            kept["comment"] = inert_markdown(str(kept["comment"]))
        if cell["cell_type"] == "code":
            cell["source"] = shortened(visible(cell["source"]))
            cell["outputs"] = [new for output in cell["outputs"] if (new := output_of(output)) is not None]
        else:
            cell["cell_type"] = "markdown"
            cell["source"] = inert_markdown(cell["source"])


def output_of(output: Any) -> Any:
    """Give an output as text or as pixels; None for what has neither."""
    make = type(output)
    if output["output_type"] == "stream":
        return make(output_type="stream", name=output["name"], text=shown(output["text"]))
    if output["output_type"] == "error":
        text = f"{output['ename']}: {output['evalue']}"
        return make(output_type="stream", name="stderr", text=shown(text))
    data = output["data"]
    plot = picture_of(0, joined(data["image/png"])) if "image/png" in data else None
    if plot is not None:
        pixels = {"image/png": plot.uri.partition(",")[2]}
        return make(output_type="display_data", data=make(pixels), metadata=make())
    if "text/plain" in data:
        return make(output_type="stream", name="stdout", text=shown(joined(data["text/plain"])) + "\n")
    return None


def joined(value: Any) -> str:
    """Give the text of a value that may be a list of lines."""
    return "".join(value) if isinstance(value, list) else str(value)


def shown(text: str) -> str:
    """Give output as it may be shown, colours of a terminal left out."""
    return shortened(visible(text))
