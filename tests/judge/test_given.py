"""What cells that students cannot change define: tests see it as it is in the notebook, and as it was given."""

from __future__ import annotations

import pytest
from releases_in_code import answer, given, grade_cell, handed_in, small_release

pytestmark = pytest.mark.slow  # a warm process for each release, and boxes for its key

CASES = {
    "random numbers with a seed": (
        "import numpy as np\nnp.random.seed(0)\nX = np.random.randn(100, 3)",
        "m = X.mean(axis=0)",
        "import numpy as np\nassert np.allclose(m, X.mean(axis=0))",
        "m = X.mean(axis=1)",
    ),
    "random numbers without a seed": (
        "import numpy as np\nX = np.random.randn(100, 3)",
        "m = X.mean(axis=0)",
        "import numpy as np\nassert np.allclose(m, X.mean(axis=0))",
        "m = X.mean(axis=1)",
    ),
    "a list that a loop fills": (
        "data = []\nfor n in range(5):\n    data.append(n * n)",
        "total = sum(data)",
        "assert len(data) == 5 and total == sum(data)",
        "total = 0",
    ),
    "an array with a gap": (
        "import numpy as np\nX = np.ones((3, 3))\nX[0, 0] = np.nan",
        "n = int(np.isnan(X).sum())",
        "import numpy as np\nassert n == np.isnan(X).sum()",
        "n = 0",
    ),
    "a list that must not change": (
        "a = [1, 2, 3]",
        "b = a.copy()\nb.append(4)",
        "assert a == [1, 2, 3] and b == [1, 2, 3, 4]",
        "b = a\nb.append(4)",
    ),
    "a list that a function must not sort": (
        "grades = [3, 1, 2]",
        "def f():\n    return sorted(grades)",
        "assert f() == [1, 2, 3] and grades == [3, 1, 2]",
        "def f():\n    grades.sort()\n    return grades",
    ),
    "a dictionary that the answer changes": (
        "stock = {'a': 1}",
        "stock['b'] = 2\ndel stock['a']",
        "assert stock == {'b': 2}",
        "stock['b'] = 2",
    ),
    "a dictionary that a function changes": (
        "stock = {'a': 1}",
        "def add(name, count):\n    stock[name] = count",
        "add('b', 2)\nassert stock == {'a': 1, 'b': 2}",
        "def add(name, count):\n    return {name: count}",
    ),
    "a number that the test sets": (
        "K = 3",
        "def f(x):\n    return K * x",
        "assert f(2) == 6\nK = 10\nassert f(2) == 20",
        "def f(x):\n    return 3 * x",
    ),
    "a class that the answer uses": (
        "class Node:\n    def __init__(self, v):\n        self.v = v\n    def __eq__(self, other):\n        return self.v == other.v",
        "def make(v):\n    return Node(v)",
        "assert isinstance(make(3), Node) and make(3) == Node(3) and make(3).v == 3",
        "def make(v):\n    return v",
    ),
    "a class from which the answer derives": (
        "class Animal:\n    def speak(self):\n        return '...'",
        "class Dog(Animal):\n    def speak(self):\n        return 'wuff'",
        "assert issubclass(Dog, Animal) and Dog().speak() == 'wuff' and Animal().speak() == '...'",
        "class Dog:\n    def speak(self):\n        return 'wuff'",
    ),
    "an exception that the answer raises": (
        "class Overdrawn(Exception):\n    pass",
        "def take(n):\n    if n > 3:\n        raise Overdrawn(n)\n    return n",
        "assert take(2) == 2\ntry:\n    take(4)\nexcept Overdrawn as e:\n    assert e.args == (4,)\nelse:\n    assert False",
        "def take(n):\n    if n > 3:\n        raise ValueError(n)\n    return n",
    ),
    "a named tuple and an enum": (
        "from collections import namedtuple\nfrom enum import Enum\nP = namedtuple('P', 'x y')\nclass C(Enum):\n    RED = 1",
        "def f():\n    return P(1, 2), C.RED",
        "assert f() == (P(1, 2), C.RED) and f()[0].y == 2 and f()[1] is C.RED",
        "def f():\n    return (1, 2), 1",
    ),
    "a function that uses what is given": (
        "prices = {'a': 2}\ndef cost(name, count):\n    return prices[name] * count",
        "def total(basket):\n    return sum(cost(name, count) for name, count in basket.items())",
        "prices['b'] = 5\nassert total({'a': 1, 'b': 2}) == cost('a', 1) + cost('b', 2) == 12",
        "def total(basket):\n    return 12 if basket == {} else 0",
    ),
    "a file that is written and read": (
        "with open('notes.txt', 'w') as file:\n    file.write('3')\nlimit = int(open('notes.txt').read())",
        "def f(x):\n    return min(x, limit)",
        "assert f(5) == limit == 3",
        "def f(x):\n    return x",
    ),
    "a module that the answer writes": (
        "import hello",
        "def f():\n    return hello.result",
        "assert f() == 5 and hello.result == 5",
        "def f():\n    return 6",
    ),
}


def outcomes(grade, release, code):
    """The outcome of every check."""
    result = grade(release, handed_in(release, {"f": code}))
    return [check.outcome for exercise in result.exercises for check in exercise.checks]


@pytest.mark.parametrize("name", CASES)
def test_what_is_given_means_the_same_as_in_one_process(grade, name):
    """The right answer passes, the wrong one and none do not."""
    cell, key, test, wrong = CASES[name]
    if name == "a module that the answer writes":
        cells = (answer("g", "open('hello.py', 'w').write('result = 5')"), given("given", cell))
        release = small_release(*cells, answer("f", key), grade_cell("t", test, "f"))
        right = handed_in(release, {"g": "open('hello.py', 'w').write('result = 5')", "f": key})
        assert grade(release, right).score == 1.0
    else:
        release = small_release(given("given", cell), answer("f", key), grade_cell("t", test, "f"))
        assert outcomes(grade, release, key) == ["passed"]
    assert outcomes(grade, release, wrong) == ["failed"]
    assert outcomes(grade, release, "pass") == ["failed"]


def test_what_a_test_changes_of_it_is_as_before_for_the_next_student(grade):
    """Also in the judge's own copy."""
    test = "data.append(4)\nassert data == [3, 4] and f() == 1"
    release = small_release(given("given", "data = [3]"), answer("f", "f = lambda: 1"), grade_cell("t", test, "f"))
    for _ in range(3):
        assert outcomes(grade, release, "f = lambda: 1") == ["passed"]


@pytest.mark.parametrize(
    ("name", "attack"),
    [
        ("an array with a gap", "import numpy as np\nX, n = np.zeros(3), 0"),
        ("a list that a loop fills", "data[:] = [0] * 5\ntotal = 0"),
        ("a list that must not change", "a = type('A', (list,), {'__eq__': lambda self, other: True})()\nb = a"),
        ("a list that a function must not sort", "grades = f = type('A', (), {'__eq__': lambda *two: True})"),
    ],
)
def test_who_changes_what_is_given_earns_nothing_by_it(grade, name, attack):
    """Where the answer key passes with the original too, so must everybody."""
    cell, key, test, _ = CASES[name]
    filled = cell.replace("data = []\nfor n in range(5):\n    data.append(n * n)", "data = [n * n for n in range(5)]")
    whole = filled.replace("X = np.ones((3, 3))\nX[0, 0] = np.nan", "X = np.array([1, np.nan, 2])")
    release = small_release(given("given", whole), answer("f", key), grade_cell("t", test, "f"))
    assert outcomes(grade, release, key) == ["passed"]
    assert outcomes(grade, release, attack) == ["failed"]
