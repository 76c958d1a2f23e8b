"""The plots that a student's notebook holds, decoded and encoded anew, so that only pixels remain of them."""

from __future__ import annotations

import base64
import binascii
import io
import json
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

MAX_PLOTS = 12
MAX_ENCODED = 6_000_000  # letters of base64 for one image
MAX_PIXELS = 8_000_000
WIDEST = 960  # pixels; what a page shows


@dataclass(frozen=True, slots=True)
class Plot:
    """One re-encoded image: `cell` is the cell's place in the file, counted from 0; `uri` holds the PNG."""

    cell: int
    uri: str
    width: int
    height: int


def submitted_plots(data: bytes | None) -> tuple[Plot, ...]:
    """Give the PNG outputs of a submitted notebook; what is not a picture of sensible size is left out."""
    plots: list[Plot] = []
    for cell, encoded in images(data or b""):
        plot = plot_of(cell, encoded)
        if plot is not None:
            plots.append(plot)
        if len(plots) == MAX_PLOTS:
            break
    return tuple(plots)


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


def plot_of(cell: int, encoded: str) -> Plot | None:
    """Decode one image and encode its pixels anew; None if it is not a PNG of sensible size."""
    from PIL import Image  # noqa: PLC0415  # slow to import, and many pages have no plot

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a damaged picture is left out, and nobody needs to hear of it
            with Image.open(io.BytesIO(base64.b64decode(encoded)), formats=("PNG",)) as image:
                if image.width * image.height > MAX_PIXELS:  # known before a pixel is decoded
                    return None
                return encode(cell, flat(image))
    except (OSError, ValueError, SyntaxError, binascii.Error, MemoryError, Image.DecompressionBombError):
        return None


def flat(image: Any) -> Any:
    """Give the first frame on white, as wide as a page needs, in at most 256 colours."""
    from PIL import Image  # noqa: PLC0415  # see above

    image = image.convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    white.alpha_composite(image)
    picture = white.convert("RGB")
    picture.thumbnail((WIDEST, 2 * WIDEST), Image.Resampling.LANCZOS)
    return picture.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def encode(cell: int, picture: Any) -> Plot:
    """Write pixels as a PNG that carries nothing else."""
    buffer = io.BytesIO()
    picture.info.clear()
    picture.save(buffer, "PNG")
    uri = "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()
    return Plot(cell, uri, picture.width, picture.height)
