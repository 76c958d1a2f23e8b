"""A zygote finds the fonts that Matplotlib has found before, and nothing that is the user's alone."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from autograder.execute import Zygote
from autograder.execute.fonts import font_lists
from autograder.records import Limits

ENTRY = {"index": 0, "style": "normal", "variant": "normal", "weight": 400, "stretch": "normal", "size": "scalable"}


def known(*fonts: tuple[str, str]) -> str:
    """A list as Matplotlib keeps it."""
    from matplotlib.font_manager import FontManager  # noqa: PLC0415 - a second, for this test alone

    made = [{**ENTRY, "fname": file, "name": name, "__class__": "FontEntry"} for file, name in fonts]
    return json.dumps(
        {
            "_version": str(FontManager.__version__),
            "_FontManager__default_weight": "normal",
            "default_size": None,
            "defaultFamily": {"ttf": "DejaVu Sans", "afm": "Helvetica"},
            "afmlist": [],
            "ttflist": made,
            "__class__": "FontManager",
        }
    )


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which Matplotlib keeps its lists."""
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path))
    return tmp_path


def test_the_zygote_does_not_search_again(cache: Path) -> None:
    """What a box knows of fonts is what was found before, and a figure is drawn with it."""
    from matplotlib.font_manager import FontManager  # noqa: PLC0415 - see above

    text = known(("fonts/ttf/DejaVuSans.ttf", "DejaVu Sans"), ("fonts/ttf/cmr10.ttf", "Found Before"))
    (cache / f"fontlist-v{FontManager.__version__}.json").write_text(text)
    with Zygote(limits=Limits()) as zygote, closing(zygote.box()) as box:
        box.run_cell(
            "from matplotlib import font_manager as f\nnames = sorted({e.name for e in f.fontManager.ttflist})"
        )
        run = box.run_cell(
            "assert names == ['DejaVu Sans', 'Found Before'], names\nimport matplotlib.pyplot as plt\nplt.plot([1]); plt.title('x')"
        )
    assert not run.raised, run


def test_fonts_of_the_user_alone_are_not_told(cache: Path) -> None:
    """A path below somebody's home says who grades, and no box could read it."""
    (cache / "fontlist-v1.json").write_text(known(("/home/ada/a.ttf", "A"), ("/usr/share/b.ttf", "B"), ("c.ttf", "C")))
    [(name, text)] = font_lists()
    assert name == "fontlist-v1.json"
    assert [font["name"] for font in json.loads(text)["ttflist"]] == ["B", "C"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"ttflist": 1, "afmlist": []}', '{"ttflist": [1], "afmlist": []}']
)
def test_a_damaged_list_is_left_out(cache: Path, text: str) -> None:
    """The zygote then searches by itself."""
    (cache / "fontlist-v1.json").write_text(text)
    assert font_lists() == []
