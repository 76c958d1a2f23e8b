"""A real headless Chromium, with axe-core; what is missing for it is installed, or it is said what to type."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parents[2]
FOLDER = REPOSITORY / "build" / "browser"  # ignored by git
SCRIPT = Path(__file__).with_name("browser.mjs")
MODULES = {"axe-core": "4.14.1", "playwright-core": "1.65.1"}
DEBIAN = {"chromium": ("chromium", "chromium-browser", "google-chrome"), "nodejs": ("node",), "npm": ("npm",)}


@dataclass(frozen=True)
class Page:
    """One page to open. `guarded` says whether its Content-Security-Policy holds."""

    path: Path
    width: int = 1280
    scheme: str = "light"
    guarded: bool = True
    axe: bool = False


class Browser:
    """Opens pages, all those of one call in one Chromium."""

    def __init__(self) -> None:
        programs = {package: program(package, names) for package, names in DEBIAN.items()}
        self.chromium, self.node = programs["chromium"], programs["nodejs"]
        install_modules(programs["npm"])

    def open(self, *pages: Page) -> list[dict[str, Any]]:
        """Open pages; say of each what ran, what is live in it, where it leads and what axe-core dislikes."""
        task = {"chromium": self.chromium, "modules": f"{FOLDER}/", "pages": [described(page) for page in pages]}
        run = subprocess.run([self.node, SCRIPT], input=json.dumps(task), capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        answers: list[dict[str, Any]] = json.loads(run.stdout)
        return answers


def described(page: Page) -> dict[str, Any]:
    """Give a page as the script wants it."""
    return {
        "url": page.path.as_uri(),
        "width": page.width,
        "scheme": page.scheme,
        "bypassCSP": not page.guarded,
        "axe": page.axe,
    }


def program(package: str, names: tuple[str, ...]) -> str:
    """Find a program; a Debian with a root user installs it."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        install = ["apt-get", "install", "--yes", "--no-install-recommends", package]
        if subprocess.run(install, capture_output=True, check=False).returncode:
            subprocess.run(["apt-get", "update"], capture_output=True, check=False)
            subprocess.run(install, capture_output=True, check=False)
        found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail(f"This test opens pages in a browser. Type: sudo apt-get install {' '.join(DEBIAN)}", pytrace=False)
    return found


def install_modules(npm: str) -> None:
    """Put axe-core and playwright-core into the ignored folder, once."""
    if all(version_of(name) == version for name, version in MODULES.items()):
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = [f"{name}@{version}" for name, version in MODULES.items()]
    command = [npm, "install", "--prefix", str(FOLDER), "--no-save", "--no-audit", "--no-fund", "--ignore-scripts"]
    run = subprocess.run([*command, *wanted], capture_output=True, text=True, check=False)
    if run.returncode:
        pytest.fail(f"This test needs two packages of npm. Type: {' '.join([*command, *wanted])}\n{run.stderr}", False)


def version_of(name: str) -> str:
    """Give the version that is installed, or nothing."""
    try:
        version: str = json.loads((FOLDER / "node_modules" / name / "package.json").read_text())["version"]
    except (OSError, ValueError, KeyError):
        return ""
    return version
