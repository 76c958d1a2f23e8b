"""Plots of a submission: only pixels pass, and only so many."""

from __future__ import annotations

import base64
import io
import json
import struct
import zlib

import pytest
from PIL import Image

from autograder.deliver.feedback_plots import MAX_PLOTS, WIDEST, submitted_plots
from tests.deliver.class_in_code import notebook, plot_output, png


def with_plots(*encoded: object) -> bytes:
    """Give a submission with these outputs."""
    return notebook("", "", own=("plot()",), outputs=tuple(plot_output(one) for one in encoded))


def chunk(name: bytes, content: bytes) -> bytes:
    """Give one part of a PNG file."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def bomb(side: int) -> str:
    """Give a PNG of a few bytes that claims to be enormous."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + head + pixels + chunk(b"IEND", b"")).decode()


def test_a_plot_comes_back_as_other_bytes_with_the_same_pixels():
    """What is shown was drawn by us: nothing that was hidden in the file remains."""
    secret = chunk(b"tEXt", b"Comment\0<script>window.ran=1</script>")
    raw = base64.b64decode(png("red"))
    (plot,) = submitted_plots(with_plots(base64.b64encode(raw[:33] + secret + raw[33:]).decode()))
    shown = base64.b64decode(plot.uri.partition(",")[2])
    assert shown.startswith(b"\x89PNG")
    assert b"script" not in shown
    assert (plot.width, plot.height, plot.cell) == (40, 30, 6)


def test_a_wide_plot_is_made_to_fit_the_page():
    """A page is never wider than it is."""
    (plot,) = submitted_plots(with_plots(png("blue", (3000, 300))))
    assert (plot.width, plot.height) == (WIDEST, WIDEST // 10)


def test_only_so_many_plots_are_shown():
    """A thousand plots do not make a page of a thousand plots."""
    assert len(submitted_plots(with_plots(*[png("red")] * 40))) == MAX_PLOTS


@pytest.mark.parametrize(
    "encoded",
    [bomb(100_000), png("red", (4_000, 2_500)), "", "not base64 !", png("red")[:40], 7, {"a": 1}, ["x", 3]],
    ids=["bomb", "large", "empty", "no-base64", "cut", "number", "table", "list"],
)
def test_what_is_no_sensible_picture_is_left_out(encoded):
    """A bomb, a broken file or something else altogether costs nothing."""
    assert len(submitted_plots(with_plots(encoded, png("red")))) == 1


def test_another_format_under_the_name_of_png_is_left_out():
    """Only PNG's decoder ever sees a stranger's bytes; an SVG stays what it is: text that nobody shows."""
    svg = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg' onload='window.ran=1'/>").decode()
    bitmap = io.BytesIO()
    Image.new("RGB", (9, 9)).save(bitmap, "BMP")
    assert submitted_plots(with_plots(svg, base64.b64encode(bitmap.getvalue()).decode())) == ()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"[" * 100_000,
        b'{"cells": 3}',
        b'{"cells": [3, {"outputs": [4, {"data": 5}]}]}',
    ],
)
def test_bytes_that_are_no_notebook_have_no_plots(data):
    """Whatever arrives, the page is drawn."""
    assert submitted_plots(data) == ()
    assert submitted_plots(None) == ()


def test_a_plot_given_as_a_list_of_lines_is_read():
    """The notebook format allows both."""
    data = json.loads(with_plots("x"))
    text = png("red")
    data["cells"][-1]["outputs"][0]["data"]["image/png"] = [text[:20], text[20:]]
    assert len(submitted_plots(json.dumps(data).encode())) == 1
