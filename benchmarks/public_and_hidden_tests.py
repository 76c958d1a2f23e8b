"""How long the tests of the first assignment take on right answers, in one process and without a box.

They run once for every submission that is graded, so that a millisecond here is a millisecond there. The target is
50 ms for all public tests together and 50 ms for all hidden ones.
"""

import contextlib
import importlib.util
import io
import statistics
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 30


def load(name, path):
    """Load one file as a module of this name."""
    spec = importlib.util.spec_from_file_location(name, path)
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def parameters(layers_dims, weights):
    """Every W by a function, every b zero."""
    found = {}
    for layer, (m, n) in enumerate(zip(layers_dims, layers_dims[1:], strict=False), 1):
        found[f"W{layer}"], found[f"b{layer}"] = weights(n, m), np.zeros((n, 1))
    return found


def zeros(layers_dims):
    """Exercise 1."""
    return parameters(layers_dims, lambda n, m: np.zeros((n, m)))


def random(layers_dims):
    """Exercise 2."""
    np.random.seed(3)
    return parameters(layers_dims, lambda n, m: np.random.randn(n, m) * 10)


def he(layers_dims):
    """Exercise 3."""
    np.random.seed(3)
    return parameters(layers_dims, lambda n, m: np.random.randn(n, m) * np.sqrt(2 / m))


def milliseconds(action):
    """The fastest and the median of many runs, after one that warms up."""
    action()
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        action()
        times.append((time.process_time() - started) * 1000)
    return min(times), statistics.median(times)


def main():
    """Print one line for the public and one for the hidden tests."""
    public = load("public_tests", ROOT / "public_tests" / "initialization.py")
    hidden = load("hidden_checks", ROOT / "notebooks" / "initialization" / "hidden_checks.py")
    answers = {f"initialize_parameters_{one.__name__}": one for one in (zeros, random, he)}

    def all_public():
        for name, answer in answers.items():
            with contextlib.redirect_stdout(io.StringIO()):
                public.run(answer, name)

    def all_hidden():
        for name, answer in answers.items():
            if hidden.marks(f"{name}_hidden", answer) != 6:
                raise SystemExit(f"{name} did not earn 6 points")

    for label, action in (("public", all_public), ("hidden", all_hidden)):
        fastest, median = milliseconds(action)
        print(f"{label} tests of all three exercises: {fastest:5.1f} ms of CPU at best, {median:5.1f} ms in the middle")


if __name__ == "__main__":
    main()
