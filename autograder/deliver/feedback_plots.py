"""The plots of a submission, saved in it or drawn anew, decoded and encoded again so that only pixels remain."""

from __future__ import annotations

import base64
import binascii
import io
import json
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from autograder.records import Graded

MAX_PLOTS = 12
MAX_ENCODED = 6_000_000  # letters of base64 for one image
MAX_PIXELS = 8_000_000
WIDEST = 960  # pixels; what a page shows


@dataclass(frozen=True, slots=True)
class Plot:
    """One re-encoded image: `cell` is the cell's place in the file, counted from 0; `uri` holds the PNG.

    A cell that was put back has no place; its `name` says which one it is. `notebook` is set where there are several.
    """

    cell: int | None
    uri: str
    width: int
    height: int
    name: str = ""
    notebook: str = ""


Submitted = bytes | Mapping[str, bytes] | None
"""The file that was handed in, or the files of several notebooks by their names."""


def submitted_plots(data: Submitted) -> tuple[Plot, ...]:
    """Give the PNG outputs of what was handed in; what is not a picture of sensible size is left out."""
    if isinstance(data, Mapping):
        return tuple(replace(plot, notebook=name) for name, one in data.items() for plot in submitted_plots(one))
    found = (picture_of(cell, encoded) for cell, encoded in images(data or b""))
    return tuple(islice((plot for plot in found if plot), MAX_PLOTS))


def drawn_plots(graded: Graded) -> tuple[Plot, ...]:
    """Give the figures that the notebook's cells showed when they were run here; none unless it was replayed."""
    steps = graded.notebook.steps if graded.notebook else ()
    shown = ((steps[place], figure) for place, run in sorted(graded.runs.items()) for figure in run.figures)
    found = (plot_of(step.index, figure, step.id) for step, figure in shown)
    return tuple(islice((plot for plot in found if plot), MAX_PLOTS))


def images(data: bytes) -> Iterator[tuple[int, str]]:
    """Find the PNG outputs, whatever the shape of the JSON."""
    try:
        notebook = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return
    for place, cell in enumerate(items(notebook, "cells")):
        for output in items(cell, "outputs"):
            bundle = output.get("data") if isinstance(output, dict) else None
            encoded = bundle.get("image/png") if isinstance(bundle, dict) else None
            if isinstance(encoded, list):
                encoded = "".join(part for part in encoded if isinstance(part, str))
            if isinstance(encoded, str) and len(encoded) <= MAX_ENCODED:
                yield place, encoded


def items(value: Any, key: str) -> list[Any]:
    """Give the list under a key, or an empty one."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def picture_of(cell: int, encoded: str) -> Plot | None:
    """Decode one image that a notebook holds; None if it is not a PNG of sensible size."""
    try:
        return plot_of(cell, base64.b64decode(encoded))
    except (ValueError, binascii.Error):
        return None


def plot_of(cell: int | None, png: bytes, name: str = "") -> Plot | None:
    """Take the pixels out of one image and encode them anew; None if it is not a PNG of sensible size."""
    from PIL import Image  # noqa: PLC0415  # slow to import, and many pages have no plot

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a damaged picture is left out, and nobody needs to hear of it
            with Image.open(io.BytesIO(png), formats=("PNG",)) as image:
                if image.width * image.height > MAX_PIXELS:  # known before a pixel is decoded
                    return None
                return encode(cell, flat(image), name)
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError):
        return None


def flat(image: Any) -> Any:
    """Give the first frame on white, as wide as a page needs, in at most 256 colours."""
    from PIL import Image  # noqa: PLC0415  # see above

    image = image.convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    white.alpha_composite(image)
    picture = white.convert("RGB")
    picture.thumbnail((WIDEST, 2 * WIDEST), Image.Resampling.LANCZOS)
    palette = picture.quantize(256, method=Image.Quantize.FASTOCTREE)
    return picture.quantize(
        palette=palette, dither=Image.Dither.FLOYDSTEINBERG
    )  # in a fifth of the best palette's time


def encode(cell: int | None, picture: Any, name: str) -> Plot:
    """Write pixels as a PNG that carries nothing else."""
    buffer = io.BytesIO()
    picture.info.clear()
    picture.save(buffer, "PNG", compress_level=3)
    uri = "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()
    return Plot(cell, uri, picture.width, picture.height, name)
