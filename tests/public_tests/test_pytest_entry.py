"""`pytest public_tests`: the same verdicts as the notebook's own test cells."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # starts pytest

ROOT = Path(__file__).parents[2]
HE = "initialize_parameters_he"


def run(*arguments):
    """Run pytest on the public tests; each test's outcome, and the output."""
    command = [sys.executable, "-m", "pytest", "public_tests", "-v", "-p", "no:cacheprovider", *map(str, arguments)]
    text = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return dict(re.findall(r"\[([\w-]+)\] (PASSED|FAILED)", text)), text


def test_the_answer_key_passes():
    """One test for each exercise of the first assignment, all of them passed."""
    outcomes, text = run()
    mine = {name: outcome for name, outcome in outcomes.items() if name.startswith("initialization-")}
    assert len(mine) == 3, text
    assert set(mine.values()) == {"PASSED"}


def test_a_notebook_gets_a_verdict_for_each_exercise(tmp_path):
    """Right, wrong and not written, each as the notebook would say it; tests come from the assignment."""
    notebook = json.loads((ROOT / "notebooks" / "initialization" / "initialization.ipynb").read_text(encoding="utf-8"))
    body = "    return {f'{k}{l}': v for l in range(1, len(d)) for k, v in zip('Wb', one(d[l], d[l - 1]))}\n"
    answers = {
        "initialize_parameters_zeros": "def one(n, m):\n    return np.zeros((n, m)), np.zeros((n, 1))\n\n\n"
        f"def initialize_parameters_zeros(d):\n{body}",
        HE: f"def {HE}(d):\n    np.random.seed(3)\n    return {{f'W{{l}}': np.random.randn(d[l], d[l - 1]) "
        "for l in range(1, len(d))} | {f'b{l}': np.zeros((d[l], 1)) for l in range(1, len(d))}\n",
    }
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        cell["source"] = answers.get(name, "pass" if name.endswith("_public") else cell["source"])
    path = tmp_path / "mine.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    outcomes, text = run("--notebook", path)
    assert outcomes == {
        "initialization-initialize_parameters_zeros_public": "PASSED",
        "initialization-initialize_parameters_random_public": "FAILED",
        f"initialization-{HE}_public": "FAILED",
    }
    assert "he/unscaled" in text
    assert "Not done yet" in text
    assert "Traceback" not in text
