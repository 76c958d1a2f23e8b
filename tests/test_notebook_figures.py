"""The finished notebook shows what the assignment promises.

It is run from top to bottom in a real Jupyter kernel, in a folder that holds only what a student has, and with every
warning turned into an error. Its three trainings are also run under other CPU kernels of OpenBLAS: there the last bits
of the costs differ, and for the large random start nearly everything after them, but never an accuracy or a prediction.
"""

from __future__ import annotations

import copy
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from autograder.release.assignment import read_assignment
from autograder.release.gate import answer_key
from autograder.release.read import read_notebooks
from autograder.release.source import write_notebook

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
FIGURES = json.loads((ROOT / "tests/data/initialization_figures.json").read_text(encoding="utf-8"))
RUNS, EXAMPLES = FIGURES["runs"], FIGURES["examples"]
METHODS = list(RUNS)

STRICT = 'import warnings\n\nwarnings.simplefilter("error")'  # the first cell of the run

# A cell after the imports: from then on each figure carries its titles, labels and limits beside its picture.
PROBE = """
from IPython import get_ipython
from matplotlib.figure import Figure

def describe_axes(axes):
    return {
        "title": axes.get_title(), "xlabel": axes.get_xlabel(), "ylabel": axes.get_ylabel(),
        "xlim": axes.get_xlim(), "ylim": axes.get_ylim(), "collections": len(axes.collections),
        "lines": [[list(map(str, values)) for values in line.get_data()] for line in axes.lines],
    }

formatter = get_ipython().display_formatter.formatters["application/json"]
formatter.for_type(Figure, lambda figure: {"axes": [describe_axes(axes) for axes in figure.axes]})
"""

# What is appended to the notebook's own functions in the runs under other CPU kernels.
REPORT = """
import json
import threadpoolctl

finished = {"architecture": [pool.get("architecture") for pool in threadpoolctl.threadpool_info()]}
for method in ["zeros", "random", "he"]:
    parameters = model(train_X, train_Y, initialization=method)
    finished[method] = [predict(train_X, train_Y, parameters).tolist(), predict(test_X, test_Y, parameters).tolist()]
try:
    model(train_X, train_Y, initialization="xavier")
except ValueError as error:
    finished["unknown"] = str(error)
model(train_X, train_Y, num_iterations=1, print_cost=False)
print("REPORT " + json.dumps(finished))
"""


@pytest.fixture(scope="module")
def key() -> Any:
    """The student notebook with the answer key filled in."""
    release, _, student = read_notebooks(read_assignment(ROOT / "notebooks/initialization"))
    return nbformat.reads(answer_key(release, write_notebook(student)).decode(), as_version=4)


def lay_beside(folder: Path) -> None:
    """Put the two modules that a student has into the folder, flat."""
    shutil.copy(ROOT / "utils/init_utils.py", folder)
    shutil.copy(ROOT / "public_tests/initialization.py", folder / "public_tests.py")


@pytest.fixture(scope="module")
def cells(key: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The cells of the finished notebook, by grade_id."""
    folder = tmp_path_factory.mktemp("student")
    lay_beside(folder)
    notebook = copy.deepcopy(key)
    names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]
    notebook.cells.insert(names.index("packages") + 1, nbformat.v4.new_code_cell(PROBE))
    notebook.cells.insert(0, nbformat.v4.new_code_cell(STRICT))
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(folder)}}).execute()
    return {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if "nbgrader" in cell.metadata}


def printed(cell: Any) -> str:
    """All that a cell printed."""
    return "".join(output.text for output in cell.outputs if output.output_type == "stream")


def drawn(cell: Any) -> list[dict[str, Any]]:
    """What the probe tells of each figure of a cell that has a picture."""
    shown = [output.data for output in cell.outputs if output.output_type == "display_data"]
    return [data["application/json"] for data in shown if "image/png" in data]


def costs(text: str) -> list[float]:
    """The printed costs, which come every 1000 iterations."""
    found = re.findall(r"^Cost after iteration (\d+): (\S+)$", text, re.MULTILINE)
    assert [int(iteration) for iteration, _ in found] == list(range(0, 15000, 1000))
    return [float(cost) for _, cost in found]


def check_costs(method: str, got: list[float]) -> None:
    """Compare with the promised costs, as closely as they reproduce."""
    expected = [float(cost) for cost in RUNS[method]["costs"]]
    if method == "zeros":
        np.testing.assert_allclose(got, np.log(2), rtol=0, atol=1e-15)
    elif method == "he":
        np.testing.assert_allclose(got, expected, rtol=1e-12)
    else:
        assert got[0] == np.inf
        np.testing.assert_allclose(got[1:], expected[1:], rtol=0, atol=0.02)


def check_accuracies(method: str, text: str) -> None:
    """The training accuracy is printed first, then the test accuracy, both to the last digit."""
    expected = [RUNS[method]["accuracy_train"], RUNS[method]["accuracy_test"]]
    assert re.findall(r"^Accuracy: (\S+)$", text, re.MULTILINE) == [str(value) for value in expected]


def test_nothing_is_written_to_stderr(cells: dict[str, Any]) -> None:
    """Not one warning or message reaches the student."""
    outputs = [output for cell in cells.values() for output in cell.get("outputs", [])]
    assert not [output.text for output in outputs if output.get("name") == "stderr"]


@pytest.mark.parametrize("function", list(EXAMPLES))
def test_the_example_is_printed_and_the_public_test_passes(cells: dict[str, Any], function: str) -> None:
    """W1, b1, W2, b2 appear with the promised digits, followed by the verdict."""
    text = printed(cells[f"{function}_public"])
    found = dict(re.findall(r"^(\w+) = (\[\[.*?\]\])$", text, re.MULTILINE | re.DOTALL))
    arrays = {name: [row.split() for row in re.findall(r"[^\[\]]+(?=\])", array)] for name, array in found.items()}
    numbers = {name: [[float(number) for number in row] for row in rows if row] for name, rows in arrays.items()}
    assert numbers == EXAMPLES[function]["parameters"]
    assert f"({function}, {EXAMPLES[function]['layers_dims']})" in cells[f"{function}_public"].source
    assert text.endswith("All tests passed.\n")


@pytest.mark.parametrize("method", METHODS)
def test_the_training_prints_the_promised_costs_and_accuracies(cells: dict[str, Any], method: str) -> None:
    """One cell trains, prints 15 costs, and then both accuracies."""
    text = printed(cells[f"train_{method}"])
    check_costs(method, costs(text))
    check_accuracies(method, text)


@pytest.mark.parametrize("method", ["zeros", "random"])
@pytest.mark.parametrize("part", ["train", "test"])
def test_the_prediction_arrays_are_printed_in_full(cells: dict[str, Any], method: str, part: str) -> None:
    """Every digit is as promised."""
    text = printed(cells[f"predictions_{method}"])
    (array,) = re.findall(rf"predictions_{part} = \[\[([01\s]+)\]\]", text)
    assert "".join(array.split()) == RUNS[method][f"predictions_{part}"]


@pytest.mark.parametrize("method", METHODS)
def test_there_is_one_cost_curve(cells: dict[str, Any], method: str) -> None:
    """It shows the printed costs over thousands of iterations, and the learning rate in its title."""
    (figure,) = drawn(cells[f"train_{method}"])
    (axes,) = figure["axes"]
    assert axes["title"] == "Learning rate = 0.01"
    assert (axes["xlabel"], axes["ylabel"]) == ("iterations (thousands)", "cost")
    ((thousands, curve),) = axes["lines"]
    assert [float(x) for x in thousands] == list(range(15))
    assert [float(y) for y in curve] == costs(printed(cells[f"train_{method}"]))


@pytest.mark.parametrize("method", METHODS)
def test_there_is_one_decision_boundary(cells: dict[str, Any], method: str) -> None:
    """It has its title, its limits, and labelled axes."""
    (figure,) = drawn(cells[f"boundary_{method}"])
    (axes,) = figure["axes"]
    assert axes["title"] == RUNS[method]["boundary_title"]
    assert axes["xlim"] == axes["ylim"] == [-1.5, 1.5]
    assert (axes["xlabel"], axes["ylabel"]) == ("x1", "x2")
    assert axes["collections"] > 2  # more than the dots of the two classes: the filled plane


def test_there_is_no_other_figure_but_the_scatter(cells: dict[str, Any]) -> None:
    """One scatter, three cost curves, three boundaries."""
    with_figures = [name for name, cell in cells.items() if cell.cell_type == "code" for _ in drawn(cell)]
    per_method = [name for method in METHODS for name in (f"train_{method}", f"boundary_{method}")]
    assert with_figures == ["load_dataset", *per_method]


def test_every_entry_of_the_contents_leads_somewhere(key: Any) -> None:
    """Each link has exactly one anchor, and each anchor is linked."""
    text = "\n".join(cell.source for cell in key.cells if cell.cell_type == "markdown")
    links, anchors = re.findall(r"\]\(#([^)]+)\)", text), re.findall(r'<a id="([^"]+)"></a>', text)
    assert links == anchors
    assert len(set(anchors)) == len(anchors) == 10


def own_functions(key: Any) -> str:
    """The notebook's imports, data, model and answers as a plain program."""
    wanted = ["packages", "load_dataset", *(f"initialize_parameters_{method}" for method in METHODS), "model"]
    sources = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in key.cells}
    return "\n\n".join(re.sub(r"^%.*$", "", sources[name], flags=re.MULTILINE) for name in wanted) + REPORT


@pytest.mark.skipif(platform.machine().lower() not in ("x86_64", "amd64"), reason="these are CPU kernels for x86-64")
@pytest.mark.parametrize("coretype", ["Nehalem", "Sandybridge", "Haswell", "SkylakeX"])
def test_the_figures_hold_on_other_cpu_kernels(key: Any, coretype: str, tmp_path: Path) -> None:
    """Costs within their tolerance, accuracies and predictions exactly, whichever way OpenBLAS adds up."""
    lay_beside(tmp_path)
    (tmp_path / "run.py").write_text(own_functions(key), encoding="utf-8")
    environment = {
        **os.environ, "OPENBLAS_CORETYPE": coretype, "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "template",
    }  # fmt: skip
    command = [sys.executable, "-W", "error", "run.py"]
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    if run.returncode == -signal.SIGILL:
        pytest.skip(f"this CPU has not the instructions of {coretype}")
    assert (run.returncode, run.stderr) == (0, "")
    text, report = run.stdout.split("REPORT ")
    finished = json.loads(report)
    assert finished["unknown"] == 'initialization should be "zeros", "random" or "he", got \'xavier\''
    if coretype not in finished["architecture"]:
        pytest.skip(f"NumPy's linear algebra here is {finished['architecture']}, and does not change to {coretype}")
    trainings = re.split(r"^(?=Cost after iteration 0:)", text, flags=re.MULTILINE)[1:]
    for method, part in zip(METHODS, trainings, strict=True):
        check_costs(method, costs(part))
        check_accuracies(method, part)
        for name, predictions in zip(("train", "test"), finished[method], strict=True):
            if f"predictions_{name}" in RUNS[method]:
                assert "".join(map(str, predictions[0])) == RUNS[method][f"predictions_{name}"]
