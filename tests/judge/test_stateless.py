"""Demonstrations are left out of the second run only where it is plain that they cannot matter."""

from __future__ import annotations

import pytest

from autograder.judge.stateless import demonstrations_matter
from autograder.records import Notebook, Step

PACKAGES = Step("packages", "given", "import numpy as np")
DEMONSTRATION = Step("train", "demonstration", "parameters = model(train_X)\nprint(parameters)")

PLAIN = {
    "the given loop": "def f(dims):\n    np.random.seed(3)\n    parameters = {}\n    for l in range(1, len(dims)):\n        parameters['W' + str(l)] = np.zeros((dims[l], 1))\n    return parameters",
    "a comprehension": "def f(dims):\n    return {f'W{i}': np.zeros((n, 1)) for i, n in enumerate(dims)}",
    "an import": "import math\ndef f(dims):\n    return math.sqrt(len(dims))",
    "a helper": "def g(x):\n    return x + 1\ndef f(x):\n    return g(x)",
    "a cell that does not compile": "def f(:",
    "an indented cell": "  def f(dims):\n    return {}",
    "a cached scale": (
        "from functools import lru_cache\n@lru_cache(maxsize=None)\ndef scale(n):\n    return np.sqrt(2.0 / n)\n"
        "def f(dims):\n    return [scale(n) for n in dims]"
    ),
    "a cached recursion": (
        "import functools, math\n@functools.cache\ndef g(n, m=1):\n    k = n - m\n    return 1 if k < 1 else math.floor(g(k) + 0.5)\n"
        "def f(dims):\n    return g(dims[0])"
    ),
    "a decorator of one's own that takes the time": (
        "import time\nfrom functools import wraps\ndef timed(g):\n    @wraps(g)\n    def inner(*a, **k):\n        start = time.time()\n"
        "        found = g(*a, **k)\n        print(g.__name__, time.time() - start)\n        return found\n    return inner\n"
        "@timed\ndef f(dims):\n    return {}"
    ),
    "a decorator with arguments": (
        "def repeat(n):\n    def decorate(g):\n        def inner(x):\n            for _ in range(n):\n                found = g(x)\n"
        "            return found\n        return inner\n    return decorate\n@repeat(3)\ndef f(dims):\n    return {}"
    ),
    "numpy.vectorize": "@np.vectorize\ndef g(x):\n    return x + 1\ndef f(dims):\n    return g(dims)",
    "typing.overload": "from typing import overload\n@overload\ndef f(dims: int): ...\ndef f(dims):\n    return {}",
    "a compiler that may be missing": (
        "try:\n    from numba import njit\nexcept ImportError:\n    def njit(g):\n        return g\n@njit\ndef f(dims):\n    return {}"
    ),
    "next of its own": "def f(dims):\n    return next(d for d in dims)",
}
REMEMBERS = {
    "a name of a demonstration": "def f(dims):\n    return parameters",
    "a global": "n = 0\ndef f(dims):\n    global n\n    n += 1\n    return n",
    "a default that lasts": "def f(dims, seen={}):\n    return seen.setdefault(len(dims), len(seen))",
    "a list outside": "seen = []\ndef f(dims):\n    seen.append(dims)\n    return len(seen)",
    "a dictionary outside": "seen = {}\ndef f(dims):\n    seen[len(dims)] = 1\n    return seen",
    "an attribute of the function": "def f(dims):\n    f.calls = 1\n    return 2",
    "a decorator": "@cache\ndef f(dims):\n    return {}",
    "a cached answer": "import functools\n@functools.cache\ndef f(n):\n    return {'W1': np.zeros(n)}",
    "a cache of what can be changed": "import functools\n@functools.cache\ndef g(n):\n    a = np.zeros(n)\n    return a",
    "a cache of a list": "import functools\n@functools.cache\ndef g(n):\n    a = [n]\n    return a",
    "a cache of random numbers": "import functools, random\n@functools.cache\ndef g(n):\n    return random.random() * n",
    "a cache of NumPy's random numbers": "import functools\n@functools.cache\ndef g(n):\n    return np.random.randn(n)",
    "a cache of what a name holds then": "import functools\nk = 1\n@functools.cache\ndef g(n):\n    return n * k",
    "a cache of an array from a tuple": "import functools\n@functools.cache\ndef g(n):\n    return np.sqrt(n)",
    "a cache of a part of an argument": "import functools\n@functools.cache\ndef g(n):\n    return n.parts",
    "a cache of an argument's value": "import functools\n@functools.cache\ndef g(n, abs):\n    return abs(n)",
    "a decorator that is an argument": "def h(wraps):\n    @wraps\n    def g(n):\n        return n\n    return g\nf = h(memo)",
    "a cache of another function": "import functools\ndef h(n):\n    return [n]\n@functools.cache\ndef g(n):\n    return h(n)",
    "a cache that is no decorator": "import functools\ndef g(n):\n    return [n]\nf = functools.lru_cache(g)",
    "a cache by another name": "from functools import lru_cache as memo\ndef g(n):\n    return [n]\nf = memo(None)(g)",
    "a cache inside of a decorator": (
        "import functools\ndef fast(g):\n    return functools.cache(g)\n@fast\ndef f(dims):\n    return {}"
    ),
    "a name that is a cache sometimes": (
        "from functools import cache\nif 1:\n    cache = memo\n@cache\ndef g(n):\n    return n"
    ),
    "a decorator that counts": (
        "def counted(g):\n    calls = []\n    def inner(x):\n        calls.append(x)\n        return g(x, len(calls))\n    return inner\n"
        "@counted\ndef f(dims, n):\n    return n"
    ),
    "a decorator that keeps in the function": (
        "def counted(g):\n    def inner(x):\n        inner.calls = getattr(inner, 'calls', 0) + 1\n        return inner.calls\n"
        "    return inner\n@counted\ndef f(dims):\n    return n"
    ),
    "a decorator that is a variable": "memo = make()\n@memo\ndef f(dims):\n    return {}",
    "a method for a decorator": "@memory.cache\ndef f(dims):\n    return {}",
    "an iterator outside": "numbers = iter(range(9))\ndef f(dims):\n    return next(numbers)",
    "a name kept in a function's name": "def f(dims):\n    f.__name__ = f.__name__ + 'x'\n    return len(f.__name__)",
    "a module's name that is a list too": "import seen\nseen = []\ndef f(dims):\n    seen.append(1)\n    return len(seen)",
    "a class": "class C:\n    def __call__(self, dims):\n        self.n = 1\nf = C()",
    "globals()": "def f(dims):\n    return globals()['parameters']",
    "a dunder": "def f(dims):\n    return f.__globals__['parameters']",
    "an indented cell": "    def f(dims):\n        return parameters",
    "a magic": "%store -r x\ndef f(dims):\n    return x",
}


def matter(source, **files):
    """The verdict for a notebook with one answer and one training, and modules of the student's beside it."""
    beside = tuple((f"{name}.py", text.encode()) for name, text in files.items())
    return demonstrations_matter(Notebook((PACKAGES, Step("f", "answer", source), DEMONSTRATION), files=beside))


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
