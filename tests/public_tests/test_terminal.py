"""`python public_tests.py`: what a student is told about a saved notebook, on the student's own machine."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ZEROS, RANDOM, HE = (f"initialize_parameters_{name}" for name in ("zeros", "random", "he"))
IMPORTS = "import numpy as np\nfrom public_tests import *\n%matplotlib inline"


def definition(name, weights):
    """An exercise's answer."""
    return (
        f"def {name}(layers_dims):\n    np.random.seed(3)\n    parameters = {{}}\n"
        "    for l in range(1, len(layers_dims)):\n        n, m = layers_dims[l], layers_dims[l - 1]\n"
        f"        parameters['W' + str(l)] = {weights}\n        parameters['b' + str(l)] = np.zeros((n, 1))\n"
        "    return parameters\n"
    )


RIGHT = {
    ZEROS: definition(ZEROS, "np.zeros((n, m))"),
    RANDOM: definition(RANDOM, "np.random.randn(n, m) * 10"),
    HE: definition(HE, "np.random.randn(n, m) * np.sqrt(2 / m)"),
}


def cell(source, grade_id="", tags=(), outputs=(), count=None, **marks):
    """One code cell."""
    metadata = {"tags": list(tags)}
    if grade_id:
        metadata["nbgrader"] = {"grade_id": grade_id, "grade": False, "solution": False, **marks}
    return {
        "cell_type": "code",
        "metadata": metadata,
        "source": source,
        "outputs": list(outputs),
        "execution_count": count,
    }


def notebook(answers, *more, imports=IMPORTS):
    """A notebook with these answers and cells."""
    cells = [cell(imports, "packages"), *(cell(text, name, solution=True) for name, text in answers.items()), *more]
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}


@pytest.fixture
def bundle(tmp_path):
    """Give a folder with what a student unzips, and a function that checks a notebook in it."""
    shutil.copy(ROOT / "public_tests" / "initialization.py", tmp_path / "public_tests.py")
    shutil.copy(ROOT / "utils" / "init_utils.py", tmp_path)
    (tmp_path / "requirements.txt").write_text("numpy>=1.24\njupyterlab>=99\n")
    return tmp_path


def check(bundle, content, **environment):
    """Save a notebook and run the check; its exit status and what it prints."""
    if content is not None:
        text = content if isinstance(content, str) else json.dumps(content)
        (bundle / "initialization.ipynb").write_text(text, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-W", "error", "public_tests.py"],
        cwd=bundle,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": "", **environment},
        timeout=60,
    )
    assert b"Traceback" not in run.stderr, run.stderr
    return run.returncode, run.stdout.decode(environment.get("PYTHONIOENCODING", "utf-8"))


def test_all_right(bundle):
    """Three lines that say passed, what to do before handing in, and status 0."""
    code, text = check(bundle, notebook(RIGHT))
    assert code == 0
    assert text.count(": all tests passed") == 3
    assert "Restart Kernel and Run All" in text


def test_each_exercise_has_its_own_verdict(bundle):
    """One wrong answer does not hide the others, and is what to do first."""
    code, text = check(bundle, notebook({**RIGHT, RANDOM: definition(RANDOM, "np.random.randn(n, m)")}))
    assert code == 1
    assert text.count(": all tests passed") == 2
    assert "random/unscaled" in text
    assert f"Do this first: {RANDOM}: the scale of W1, W2 and W3 is wrong" in text


def test_a_console_without_the_signs_gets_words(bundle):
    """On Windows' cp1252 the check neither crashes nor shows question marks."""
    code, text = check(bundle, notebook({**RIGHT, HE: definition(HE, "np.zeros((n, m))")}), PYTHONIOENCODING="cp1252")
    assert code == 1
    assert f"ok {ZEROS}" in text
    assert f"x {HE}" in text
    assert "?" not in text.replace("which function", "").split("why")[0]


def test_trainings_and_tests_do_not_run(bundle):
    """Neither given trainings nor those of the student's own, nor test cells, nor questions to the reader."""
    run = "open('trained', 'w')\n"
    more = [
        cell("def model(*args, **kwargs):\n    open('trained', 'w')\n", "model"),
        cell(run, "train_he", tags=["demonstration"]),
        cell(run, f"{HE}_public", grade=True),
        cell("model(0, 0)\nopen('trained', 'w')"),
        cell("input('your name? ')\nopen('trained', 'w')"),
    ]
    code, text = check(bundle, notebook(RIGHT, *more))
    assert code == 0, text
    assert not (bundle / "trained").exists()


def test_cells_are_understood_as_ipython_does(bundle):
    """Magics, shell lines, questions for help, and a cell that is indented as a whole."""
    indented = "\n".join("    " + line for line in RIGHT[HE].splitlines())
    answers = {
        ZEROS: "%%time\n" + RIGHT[ZEROS],
        RANDOM: RIGHT[RANDOM] + "\nnp.zeros?\n!ls\nfiles = !ls\n",
        HE: indented,
    }
    code, text = check(bundle, notebook(answers, cell("%%bash\nif true; then ls; fi")))
    assert code == 0, text


def test_a_cell_that_does_not_compile_is_named_with_its_line(bundle):
    """Exercises in other cells are still tested."""
    broken = RIGHT[HE].replace("np.zeros((n, 1))", "np.zeros((n, 1)")
    code, text = check(bundle, notebook({**RIGHT, HE: broken}))
    assert code == 1
    assert "Its cell, number 4, stopped with SyntaxError (line" in text
    assert text.count(": all tests passed") == 2


def test_a_misspelt_name_is_recognised(bundle):
    """The message names the function that is there."""
    text = check(bundle, notebook({**RIGHT, HE: RIGHT[HE].replace(HE, "initialise_parameters_he")}))[1]
    assert "There is a function initialise_parameters_he" in text


def test_a_missing_cell_and_an_overwritten_name(bundle):
    """Both are told apart from a wrong answer."""
    text = check(bundle, notebook({ZEROS: RIGHT[ZEROS], HE: RIGHT[HE]}, cell(f"{HE} = 3")))[1]
    assert "No cell defines it" in text
    assert "A cell binds the name to an int." in text


def test_the_placeholder_suggests_to_save(bundle):
    """Whoever has written an answer has not saved it."""
    todo = f"def {HE}(layers_dims):\n    raise NotImplementedError('Not done yet.')\n"
    text = check(bundle, notebook({**RIGHT, HE: todo}))[1]
    assert "he/not-written" in text
    assert "save the notebook" in text


def test_an_output_from_an_older_kernel_is_not_believed(bundle):
    """The saved output says passed, the code does not: restart the kernel."""
    lie = [{"output_type": "stream", "name": "stdout", "text": ["All tests passed.\n"]}]
    test = cell(f"{HE}_test({HE})", f"{HE}_public", grade=True, outputs=lie)
    text = check(bundle, notebook({**RIGHT, HE: definition(HE, "np.random.randn(n, m)")}, test))[1]
    assert "it comes from an earlier state. Restart the kernel" in text


def test_order_of_execution_is_a_hint_only(bundle):
    """An answer that was run after its test, or never, is mentioned; the verdict rests on a fresh run."""
    answers = notebook(RIGHT, cell(f"{HE}_test({HE})", f"{HE}_public", grade=True, count=5))
    answers["cells"][3]["execution_count"] = 9
    code, text = check(bundle, answers)
    assert code == 0
    assert "run the test cell once more" in text
    assert text.count("has not been run") == 2


def test_an_edited_or_missing_given_file_is_told(bundle):
    """Line endings do not matter; anything else does."""
    path = bundle / "init_utils.py"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert "init_utils" not in check(bundle, notebook(RIGHT))[1]
    path.write_text(path.read_text() + "\nextra = 1\n")
    assert "init_utils.py was changed" in check(bundle, notebook(RIGHT))[1]
    path.unlink()
    text = check(bundle, notebook(RIGHT, imports=IMPORTS + "\nimport init_utils"))[1]
    assert "Do this first: init_utils.py is missing" in text
    assert "stopped with ModuleNotFoundError" in text


def test_an_old_or_missing_package_is_told_with_the_remedy(bundle):
    """Versions come from requirements.txt; Jupyter itself is not needed for the check."""
    (bundle / "requirements.txt").write_text("numpy>=99.1\nno-such-package>=1\njupyterlab>=99\n")
    text = check(bundle, notebook(RIGHT))[1]
    assert "✗ numpy: version" in text
    assert "✗ no-such-package: not installed" in text
    assert "jupyter" not in text
    assert text.count("pip install -r requirements.txt") >= 2


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"cells": 3}', "\x00"])
def test_a_file_that_is_no_notebook(bundle, content):
    """One sentence and status 2."""
    code, text = check(bundle, content)
    assert code == 2
    assert "cannot be read as a notebook" in text


def test_no_notebook_at_all(bundle):
    """The command line to type is shown."""
    code, text = check(bundle, None)
    assert code == 2
    assert "python public_tests.py NOTEBOOK.ipynb" in text
