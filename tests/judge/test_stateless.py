"""Demonstrations are left out of the second run only where it is plain that they cannot matter."""

from __future__ import annotations

import pytest

from autograder.judge.stateless import demonstrations_matter
from autograder.records import Notebook, Step

DEMONSTRATION = Step("train", "demonstration", "parameters = model(train_X)\nprint(parameters)")

PLAIN = {
    "the given loop": "def f(dims):\n    np.random.seed(3)\n    parameters = {}\n    for l in range(1, len(dims)):\n        parameters['W' + str(l)] = np.zeros((dims[l], 1))\n    return parameters",
    "a comprehension": "def f(dims):\n    return {f'W{i}': np.zeros((n, 1)) for i, n in enumerate(dims)}",
    "an import": "import math\ndef f(dims):\n    return math.sqrt(len(dims))",
    "a helper": "def g(x):\n    return x + 1\ndef f(x):\n    return g(x)",
    "a cell that does not compile": "def f(:",
    "an indented cell": "  def f(dims):\n    return {}",
}
REMEMBERS = {
    "a name of a demonstration": "def f(dims):\n    return parameters",
    "a global": "n = 0\ndef f(dims):\n    global n\n    n += 1\n    return n",
    "a default that lasts": "def f(dims, seen={}):\n    return seen.setdefault(len(dims), len(seen))",
    "a list outside": "seen = []\ndef f(dims):\n    seen.append(dims)\n    return len(seen)",
    "a dictionary outside": "seen = {}\ndef f(dims):\n    seen[len(dims)] = 1\n    return seen",
    "an attribute of the function": "def f(dims):\n    f.calls = 1\n    return 2",
    "a decorator": "@cache\ndef f(dims):\n    return {}",
    "a class": "class C:\n    def __call__(self, dims):\n        self.n = 1\nf = C()",
    "globals()": "def f(dims):\n    return globals()['parameters']",
    "a dunder": "def f(dims):\n    return f.__globals__['parameters']",
    "an indented cell": "    def f(dims):\n        return parameters",
    "a magic": "%store -r x\ndef f(dims):\n    return x",
}


def matter(source, **files):
    """The verdict for a notebook with one answer and one training, and modules of the student's beside it."""
    beside = tuple((f"{name}.py", text.encode()) for name, text in files.items())
    return demonstrations_matter(Notebook((Step("f", "answer", source), DEMONSTRATION), files=beside))


@pytest.mark.parametrize("case", PLAIN)
def test_plain_code_cannot_depend_on_a_demonstration(case):
    """Ordinary answers, right or wrong, are decided without the trainings."""
    assert not matter(PLAIN[case])


@pytest.mark.parametrize("case", REMEMBERS)
def test_code_that_may_remember_is_run_with_everything(case):
    """Whatever could keep state, or reach a name that a demonstration binds, gets the full run."""
    assert matter(REMEMBERS[case])


@pytest.mark.parametrize("case", PLAIN)
def test_a_module_beside_the_notebook_is_read_like_a_cell(case):
    """What remembers nothing there depends on no demonstration either."""
    assert not matter("from mine import f", mine=PLAIN[case])


@pytest.mark.parametrize("case", sorted(REMEMBERS))
def test_a_module_beside_the_notebook_may_remember(case):
    """Then the notebook is run with everything."""
    assert matter("from mine import f", mine=REMEMBERS[case])


def test_a_compiled_module_cannot_be_read():
    """So it may remember; data cannot."""
    for name, matters in (("mine.abi3.so", True), ("mine.csv", False)):
        answer = Step("f", "answer", "import mine")
        assert demonstrations_matter(Notebook((answer, DEMONSTRATION), files=((name, b"\x7fELF"),))) == matters
