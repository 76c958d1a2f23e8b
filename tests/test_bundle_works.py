"""A student's bundle works in an empty folder, on the oldest and on the newest packages that it allows."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from autograder.release.gate import answer_key
from autograder.release.store import load_release

ROOT = Path(__file__).parent.parent
PACKAGES = ("numpy", "matplotlib", "scikit-learn")
OLDEST_NEEDS = (
    "pyparsing<3.1",
    "python-dateutil<2.9.1",
)  # what was current then; newer ones warn inside of old Matplotlib

COMPILE = "import matplotlib.pyplot, sklearn.datasets"
"""What is used of the packages is compiled when it is imported, which takes half as long as to compile them all."""

pytestmark = pytest.mark.slow


def lower_ends(requirements):
    """The oldest releases that a bundle's requirements allow."""
    found = dict(re.findall(r"^([\w-]+)>=([\d.]+)", requirements, re.MULTILINE))
    return [f"{name}=={found[name]}.*" for name in PACKAGES]


def pins():
    """The releases that we grade with."""
    found = dict(re.findall(r"^([\w-]+)==(\S+)", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE))
    return [f"{name}=={found[name]}" for name in PACKAGES]


@pytest.fixture(scope="module", params=["oldest", "newest"])
def python(request, bundle):
    """An interpreter with nothing but the bundle's packages at one end of their ranges; made once for a checkout."""
    requirements = (bundle / "requirements.txt").read_text(encoding="utf-8")
    wanted = [*lower_ends(requirements), *OLDEST_NEEDS] if request.param == "oldest" else pins()
    folder = ROOT / "build" / "environments" / request.param
    interpreter, done = folder / "bin" / "python", folder / "installed.txt"
    if not done.exists() or done.read_text(encoding="utf-8") != "\n".join(wanted):
        subprocess.run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(folder)], check=True)
        pip = [sys.executable, "-m", "pip", "--python", str(interpreter), "install", "--quiet", "--no-compile"]
        subprocess.run([*pip, *wanted], check=True)
        subprocess.run([str(interpreter), "-c", COMPILE], check=True)
        done.write_text("\n".join(wanted), encoding="utf-8")
    return interpreter


@pytest.fixture(scope="module")
def bundle(kit, tmp_path_factory):
    """The bundle, unzipped into an empty folder."""
    folder = tmp_path_factory.mktemp("student")
    with zipfile.ZipFile(kit / "build" / "bundles" / "initialization.zip") as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def completed(kit, bundle):
    """The bundle's notebook with the answers filled in."""
    release = load_release(kit / "notebooks" / "initialization", kit / "build")
    return answer_key(release, (bundle / "initialization.ipynb").read_bytes())


def run(python, folder, *arguments):
    """Run the interpreter in a folder as a student would, with warnings as errors and nothing of ours in reach."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "MPLBACKEND": "Agg", "LANG": "C.UTF-8"}
    command = [str(python), "-W", "error", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_nothing_of_the_repository_can_be_imported(python, bundle):
    """What is imported below comes from the bundle."""
    for name in ("autograder", "nbgrader"):
        assert "ModuleNotFoundError" in run(python, bundle, "-c", f"import {name}").stderr
    for name in ("init_utils", "public_tests"):
        assert Path(run(python, bundle, "-c", f"import {name}; print({name}.__file__)").stdout.strip()).parent == bundle


def test_one_command_tells_what_is_not_done(python, bundle):
    """On the untouched notebook every exercise is named, and nothing crashes."""
    done = run(python, bundle, "public_tests.py")
    assert done.returncode == 1, done.stderr
    for name in ("zeros", "random", "he"):
        assert f"✗ initialize_parameters_{name}" in done.stdout


def test_one_command_says_that_all_is_right(python, bundle, completed):
    """On the completed notebook every exercise passes."""
    (bundle / "completed.ipynb").write_bytes(completed)
    done = run(python, bundle, "public_tests.py", "completed.ipynb")
    (bundle / "completed.ipynb").unlink()
    assert (done.returncode, done.stdout.count("✓")) == (0, 3), done.stdout + done.stderr


def test_the_completed_notebook_runs_without_a_warning(python, bundle, completed):
    """All its code cells, top to bottom, trainings and figures included."""
    cells = [cell for cell in json.loads(completed)["cells"] if cell["cell_type"] == "code"]
    lines = "\n".join("".join(cell["source"]) for cell in cells).splitlines()
    (bundle / "script.py").write_text(
        "\n".join("" if line.startswith("%") else line for line in lines), encoding="utf-8"
    )
    done = run(python, bundle, "script.py")
    (bundle / "script.py").unlink()
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("All tests passed.") == 3
    assert re.findall(r"Accuracy: (\S+)", done.stdout) == ["0.5", "0.5", "0.83", "0.86", "0.9933333333333333", "0.96"]
