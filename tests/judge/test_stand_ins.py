"""What stands in the judge for a thing of the student's behaves like it, and never passes for what it is not."""

from __future__ import annotations

import logging
import os

import pytest
from releases_in_code import answer, given, grade_cell, handed_in, small_release

from autograder.release.gate import gate
from tests.dropin.idioms import HELD, SPLIT

pytestmark = pytest.mark.slow  # hundreds of boxes


def outcomes(result):
    """Outcome of every check, by name."""
    return {check.name: check.outcome for exercise in result.exercises for check in exercise.checks}


def one_test(test, key, **options):
    """A release with one answer cell and one test of it."""
    return small_release(answer("f", key), grade_cell("t", test, "f"), **options)


ALONE = [name for name in SPLIT if name not in ("tests use shared", "partial credit")]
"""One uses what an earlier test defines; the other gives half of the points."""


@pytest.mark.parametrize("name", ALONE)
def test_a_test_means_the_same_in_the_judge(grade, name):
    """Each of these ways to write a test accepts its right answer and refuses the wrong one and none at all.

    That nbgrader says the same of these answers is tested with the drop-in.
    """
    right, test, wrong = SPLIT[name]
    release = one_test(test, right)
    result = grade(release, handed_in(release, {"f": right}))
    assert outcomes(result) == {"t": "passed"}, result
    assert outcomes(grade(release, handed_in(release, {"f": wrong}))) == {"t": "failed"}
    assert outcomes(grade(release, handed_in(release, {}))) == {"t": "failed"}


@pytest.mark.parametrize("name", HELD)
def test_what_cannot_be_split_accepts_nobody(grade, name):
    """Not the answer key either, so that the release is refused and its author hears of it."""
    right, test, wrong = HELD[name]
    release = one_test(test, right)
    [refusal] = [refusal for refusal in gate(release, handed_in(release, {}), {}, grade) if refusal.code == "key"][:1]
    assert "the answer key" in refusal.message
    for code in (right, wrong):
        assert outcomes(grade(release, handed_in(release, {"f": code})))["t"] != "passed"


LEFT = """
import logging, os
os.environ['COURSE'], heard = 'a', []
handler = logging.Handler()
handler.emit = lambda record: heard.append((record.name, record.levelname, record.getMessage()))
logging.getLogger('f').addHandler(handler)
assert f() == 'a' and heard == [('f', 'WARNING', 'careful')], heard
"""
FINDS_NOTHING = "import os\nassert f() is None and 'COURSE' not in os.environ"
ANSWER = """
import logging, os
def f():
    logging.getLogger('f').warning('careful')
    return os.environ.get('COURSE')
"""


def test_what_a_test_sets_up_ends_with_it(grade):
    """A variable and a handler that it leaves are gone for the student, for the next test, and for the judge."""
    release = small_release(answer("f", ANSWER), grade_cell("t", LEFT, "f"), grade_cell("u", FINDS_NOTHING, "f"))
    before = dict(os.environ)
    for _ in range(2):
        assert outcomes(grade(release, handed_in(release, {"f": ANSWER}))) == {"t": "passed", "u": "passed"}
    assert dict(os.environ) == before
    assert not logging.getLogger("f").handlers


def test_a_function_of_dataclasses_that_a_given_cell_imports(grade):
    """Where the import stands makes no difference."""
    key = "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int"
    imports = given("imports", "from dataclasses import asdict")
    release = small_release(imports, answer("P", key), grade_cell("t", "assert asdict(P(2)) == {'x': 2}", "P"))
    assert outcomes(grade(release, handed_in(release, {"P": key}))) == {"t": "passed"}


@pytest.mark.parametrize(
    "forged",
    [
        "[0]",
        "'f'",
        "['f', 'f', '30', 'careful']",
        "['', 'f', 30, 'careful']",
        "['root', 'f', 30, 'careful']",
        "['f', 'f', 30, b'careful']",
        "*[['f', 'f', 30, 'careful' * 10_000]] * 1_000",
    ],
)
def test_what_is_no_record_is_not_heard(grade, forged):
    """Who puts something else where the box keeps what is logged has logged nothing, and only that test fails."""
    code = f"import logging\ndef f():\n    logging.getLogger('f').handlers[0].found[:] = [{forged}]\n    return 'a'"
    release = small_release(answer("f", ANSWER), grade_cell("t", LEFT, "f"), grade_cell("u", "assert True", "f"))
    assert outcomes(grade(release, handed_in(release, {"f": code}))) == {"t": "failed", "u": "passed"}


LIAR = """
class Liar:
    def __eq__(self, other):
        return True
    def __getattr__(self, name):
        return 3
    def __len__(self):
        return 3
    def __getitem__(self, key):
        return 1
Liar.__module__, Liar.__qualname__, Liar.__name__ = {module!r}, {name!r}, {name!r}
def f():
    return Liar()
"""


@pytest.mark.parametrize(
    ("module", "name", "test"),
    [
        ("numpy", "ndarray", "import numpy as np\nassert isinstance(f(), np.ndarray)"),
        ("numpy", "float64", "import numpy as np\nassert isinstance(f(), np.floating)"),
        ("builtins", "dict", "assert isinstance(f(), dict)"),
        ("builtins", "list", "assert isinstance(f(), list)"),
        ("collections", "OrderedDict", "import collections\nassert isinstance(f(), dict)"),
        ("__main__", "Trusted", "class Trusted:\n    pass\nassert isinstance(f(), Trusted)"),
    ],
)
def test_nothing_passes_for_data_by_its_name(grade, module, name, test):
    """Something that says yes to every question does not become an array, a dict or a class of the test's own."""
    release = small_release(answer("f", "def f():\n    return 1"), grade_cell("t", test, "f"))
    code = LIAR.format(module=module, name=name)
    assert outcomes(grade(release, handed_in(release, {"f": code}))) == {"t": "failed"}


def test_what_a_test_puts_in_the_place_of_input_is_gone_afterwards(grade):
    """The next test meets the student's own `input` again."""
    patched = "from unittest.mock import patch\nwith patch('builtins.input', return_value='4'):\n    assert f() == '4'"
    after = "try:\n    f()\nexcept EOFError:\n    pass\nelse:\n    raise AssertionError"
    code = "def f():\n    return input()"
    release = small_release(answer("f", code), grade_cell("a", patched, "f"), grade_cell("b", after, "f"))
    assert outcomes(grade(release, handed_in(release, {"f": code}))) == {"a": "passed", "b": "passed"}


def test_figures_end_with_a_cell(grade):
    """As in a notebook; what one test imports, the next one has."""
    draws = "import matplotlib.pyplot as plt\ndef f(x):\n    plt.plot(x, x)\n    return plt.gca()"
    first = "import matplotlib.pyplot as plt\nfrom matplotlib.colors import to_hex\nassert len(f([1]).lines) == 1"
    second = "assert len(f([1]).lines) == 1 and to_hex('r') == '#ff0000'"
    third = "assert not plt.get_fignums() and plt.figure().number == 1"
    tests = (grade_cell(name, test, "f") for name, test in {"t": first, "u": second, "v": third}.items())
    release = small_release(answer("f", draws), *tests)
    assert outcomes(grade(release, handed_in(release, {"f": draws}))) == {"t": "passed", "u": "passed", "v": "passed"}
