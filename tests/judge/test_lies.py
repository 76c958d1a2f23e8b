"""What a student could return, raise or write down to be taken for something else, and what it earns."""

from __future__ import annotations

import abc
import sys
from dataclasses import replace

import pytest
from releases_in_code import answer, grade_cell, handed_in, small_release

from autograder.judge.lent import answerer
from autograder.records import Check

pytestmark = pytest.mark.slow  # many live boxes

AGREES = """
class Agrees:
    def __eq__(self, other): return True
    __ge__ = __le__ = __contains__ = __eq__
    def __sub__(self, other): return 0.0
    __rsub__ = __add__ = __radd__ = __mod__ = __sub__
    def __abs__(self): return 0.0
    def __len__(self): return 3
    def __iter__(self): return iter([self, self, self])
    def __getitem__(self, key): return self
    def isupper(self): return True
    equals = issubset = all = isupper
    def __hash__(self): return hash((1, 2))
"""
OBJECT = AGREES + "def f(x):\n    return Agrees()"
LIST, TEXT = "def f(x):\n    return [1, 4, 9]", "def f(x):\n    return 'ABC'"
FROM_LIBRARY = AGREES + "Agrees.__module__ = Agrees.__qualname__ = 'fractions'\ndef f(x):\n    return Agrees()"

POINT = "class P:\n    def __init__(self, x):\n        self.x = x\n    def __eq__(self, other):\n        return type(other) is P and self.x == other.x\n"
AGREES_AS_POINT = POINT.replace("type(other) is P and self.x == other.x", "True")
HOLLOW = """
class Hollow{base}:
    told = 0
    def __len__(self):
        Hollow.told += 1
        return {len}
    def __iter__(self):
        return iter(())
    def __getitem__(self, place):
        return 7
def f(x):
    return Hollow()
"""
PAIRS = "found, wanted = f(3), [1, 4, 9]\nassert len(found) == 3\nfor one, two in zip(found, wanted):\n    assert one == two"
PAIRS_FIRST = "found = f(3)\nassert all(a == b for a, b in zip(found, [1, 4, 9])) and len(found) == 3"
PLACES = "found = f(3)\nassert len(found) == 3\nfor i in range(len(found)):\n    assert found[i] == [1, 4, 9][i]"
SAME_METHODS = "class L(list):\n    def issubset(self, *_, **__):\n        return True\n    all = isupper = issubset\ndef f(x):\n    return L([0])"

LIES = {
    "an object that holds nothing and says three": (LIST, PAIRS, HOLLOW.format(base="", len="3")),
    "a list that holds nothing and says three": (LIST, PAIRS, HOLLOW.format(base="(list)", len="3")),
    "an object that says three at the end": (LIST, PAIRS_FIRST, HOLLOW.format(base="", len="3")),
    "an object that says three only once": (LIST, PLACES, HOLLOW.format(base="", len="3 * (Hollow.told == 1)")),
    "a list that says three only once": (LIST, PLACES, HOLLOW.format(base="(list)", len="3 * (Hollow.told == 1)")),
    "a list with a method of a set": ("def f(x):\n    return {1, 4}", "assert f(3).issubset({1, 4, 9})", SAME_METHODS),
    "a list with a method of a text": (TEXT, "assert f(3).isupper()", SAME_METHODS),
    "a list with a method of an array": (
        "import numpy as np\ndef f(x):\n    return np.ones(x, bool)",
        "import numpy as np\nassert np.all(f(3))",
        SAME_METHODS,
    ),
    "an object where one of a pair is compared with data": (
        POINT + "def f(x):\n    return [P(1), 9]",
        "assert f(3) == [P(1), 9]",
        AGREES_AS_POINT + "def f(x):\n    return [P(1), P(2)]",
    ),
    "an object in a table of several kinds": (
        POINT + "def f(x):\n    return 9",
        "for found, wanted in [(P(1), P(1)), (f(3), 9)]:\n    assert found == wanted",
        AGREES_AS_POINT + "def f(x):\n    return P(2)",
    ),
    "an assertion that is swallowed": (
        "def f(give):\n    give(9)",
        "def take(x):\n    assert x == 9\nf(take)",
        "def f(give):\n    try:\n        give(8)\n    except AssertionError:\n        pass",
    ),
    "an object where the key has not been": (
        LIST,
        "found = f(3)\nif isinstance(found, list):\n    assert found == [1, 4, 9]\nelse:\n    assert found == (1, 4, 9)",
        OBJECT,
    ),
    "an object equal to a list": (LIST, "assert f(3) == [1, 4, 9]", OBJECT),
    "an object on the other side": (LIST, "assert [1, 4, 9] == f(3)", OBJECT),
    "an object in a set": ("def f(x):\n    return (1, 2)", "assert f(3) in {(1, 2)}", OBJECT),
    "an object that is close": ("def f(x):\n    return 2.5", "assert abs(f(3) - 2.5) < 1e-9", OBJECT),
    "an object that is large": ("def f(x):\n    return 2.5", "assert f(3) >= 2.5", OBJECT),
    "an object that contains all": (LIST, "assert 4 in f(3)", OBJECT),
    "an object with the right methods": (TEXT, "assert f(3).isupper()", OBJECT),
    "an object that says that it is equal": (LIST, "assert all(a == b for a, b in zip(f(3), [1, 4, 9]))", OBJECT),
    "an object compared by unittest": (
        LIST,
        "import unittest\nunittest.TestCase().assertEqual(f(3), [1, 4, 9])",
        OBJECT,
    ),
    "two that agree with each other": (LIST + "\ng = f", "assert f(3) == g(3)", OBJECT + "\ng = f"),
    "an object in the place of one of two": (
        "class M:\n    def __eq__(self, other):\n        return other == 3\ndef f(x):\n    return 7",
        "assert M() == 3 and f(3) == 7",
        AGREES + "M = Agrees\ndef f(x):\n    return Agrees()",
    ),
    "an object where the test compares others in the same way": (
        "class M:\n    def __eq__(self, other):\n        return type(other) is M\ndef f(x):\n    return 9",
        "def check(found, wanted):\n    assert found == wanted\ncheck(M(), M())\ncheck(f(3), 9)",
        AGREES + "M = Agrees\ndef f(x):\n    return Agrees()",
    ),
    "an array that hides what is wrong": (
        "import numpy as np\ndef f(x):\n    return np.array([1, 2])",
        "assert (f(3) == [1, 2]).all() and not (f(3) != [1, 2]).any()",
        "import numpy as np\ndef f(x):\n    return np.ma.masked_array([1, 9], mask=[False, True])",
    ),
    "an array in a list that hides what is wrong": (
        "import numpy as np\ndef f(x):\n    return [np.array([1, 2])]",
        "assert all((a == [1, 2]).all() for a in f(3))",
        "import numpy as np\ndef f(x):\n    return [np.ma.masked_array([1, 9], mask=[False, True])]",
    ),
    "an array that hides what is wrong, where another one is masked": (
        "import numpy as np\ndef f(x):\n    return np.ma.masked_array([1, x], mask=[True, False])\ndef g():\n    return np.array([1, 2])",
        "assert f(3).count() == 1 and (g() == [1, 2]).all()",
        (
            "import numpy as np\ndef f(x):\n    return np.ma.masked_array([1, x], mask=[True, False])\n"
            "def g():\n    return np.ma.masked_array([1, 9], mask=[False, True])"
        ),
    ),
    "an object as an annotation": (
        "def f(x: list[int]):\n    return x",
        "assert f.__annotations__ == {'x': list[int]}",
        AGREES + "def f(x):\n    return x\nf.__annotations__['x'] = Agrees()",
    ),
    "an object in an annotation": (
        "def f(x: list[int]):\n    return x",
        "assert f.__annotations__ == {'x': list[int]}",
        AGREES + "def f(x: list[Agrees()]):\n    return x",
    ),
    "a list that is a map by name": (
        "def f(xs):\n    return map(str, xs)",
        "assert type(f([1])) is map and list(f([1])) == ['1']",
        "class map(list):\n    pass\ndef f(xs):\n    return map(str(x) for x in xs)",
    ),
    "an object that a test looks at only in part": (
        LIST,
        "found = f(3)\ntry:\n    right = found == [1, 4, 9]\nexcept BaseException:\n    right = True\nassert right",
        OBJECT,
    ),
    "an object's own method of comparison": (LIST, "assert f(3).__eq__([1, 4, 9])", OBJECT),
    "a method of comparison by its name": (LIST, "assert getattr(f(3), '__eq__')([1, 4, 9]) is True", OBJECT),
    "a method of comparison of its class": (LIST, "assert type(f(3)).__eq__(f(3), [1, 4, 9])", OBJECT),
    "an object's own method of containing": (LIST, "assert f(3).__contains__(4)", OBJECT),
    "an object that is changed in place": (
        LIST,
        "found = f(3)\nfound += [16]\nassert found.__len__() == 3 or found[3] == 16",
        OBJECT + "\nAgrees.__iadd__ = lambda self, other: self",
    ),
    "an object's class attribute": (LIST, "assert f(3).__class__ is list", OBJECT + "\nAgrees.__class__ = list"),
    "an equal class attribute": (LIST, "assert f(3).__class__ == list", OBJECT + "\nAgrees.__class__ = list"),
    "a list as typing has it": (
        LIST,
        "import typing\nassert isinstance(f(3), typing.List)",
        OBJECT + "\nAgrees.__class__ = list",
    ),
    "a list or a number": (LIST, "assert isinstance(f(3), int | list)", OBJECT + "\nAgrees.__class__ = list"),
    "a class of lists": (
        LIST,
        "assert issubclass(type(f(3)), list) and issubclass(f(3).__class__, list)",
        OBJECT + "\nAgrees.__class__ = list",
    ),
    "an array that is abstract, too": (
        "import numpy as np\ndef f(x):\n    return np.ones(x)",
        "import numpy as np\nfrom collections.abc import Sized\nassert isinstance(f(3), Sized) and isinstance(f(3), np.ndarray)",
        "import numpy as np\n" + OBJECT + "\nAgrees.__class__ = np.ndarray",
    ),
    "a named tuple equal to everything": (
        "def f(x):\n    return (1, 2)",
        "assert f(3) == (1, 2)",
        (
            "from collections import namedtuple\nclass P(namedtuple('P', 'x y')):\n    def __eq__(self, other):\n        return True\n"
            "def f(x):\n    return P(3, 4)"
        ),
    ),
    "a class of another name": (
        "def f(x):\n    return {}",
        "assert type(f(3)) is dict",
        "class D:\n    __class__ = dict\nD.__name__ = D.__qualname__ = 'dict'\nD.__module__ = 'builtins'\ndef f(x):\n    return D()",
    ),
    "a patched module": (
        "import numpy as np\ndef f(x):\n    return np.ones(x)",
        "assert np.allclose(f(3), [1, 1, 1])",
        "import numpy as np\nnp.allclose = lambda *a, **k: True\ndef f(x):\n    return 0",
    ),
    "an imported name that is something else": (
        "import numpy as np\ndef f(x):\n    return np.ones(x)",
        "assert np.allclose(f(3), [1, 1, 1])",
        AGREES + "class np:\n    allclose = staticmethod(lambda *a, **k: True)\ndef f(x):\n    return 0",
    ),
    "a test that is skipped": (
        LIST,
        (
            "import io, unittest\nclass T(unittest.TestCase):\n    def test_f(self):\n        self.assertEqual(f(3), [1, 4, 9])\n"
            "suite = unittest.defaultTestLoader.loadTestsFromTestCase(T)\n"
            "assert unittest.TextTestRunner(stream=io.StringIO()).run(suite).wasSuccessful()"
        ),
        "import unittest\ndef f(x):\n    raise unittest.SkipTest('not today')",
    ),
    "a colour that is the same as any": (
        "import matplotlib.pyplot as plt\ndef f(x):\n    return plt.plot([1, 2], color='red')[0]",
        "from matplotlib import pyplot as plt, colors\nassert colors.same_color(f(3).get_color(), 'r')\nassert plt.gcf().number",
        (
            "import matplotlib.pyplot as plt\nimport matplotlib.colors\nmatplotlib.colors.same_color = lambda *_: True\n"
            "def f(x):\n    return plt.plot([1, 2], color='blue')[0]"
        ),
    ),
    "an array with a method of a text": (
        TEXT,
        "assert f('abc').isupper()",
        "import numpy as np\nclass A(np.ndarray):\n    def isupper(self):\n        return True\ndef f(x):\n    return np.zeros(3).view(A)",
    ),
    "a context manager that swallows what the test finds": (
        "class f:\n    def __enter__(self):\n        return 9\n    def __exit__(self, *_):\n        pass",
        "with f() as found:\n    assert found == 9",
        "class f:\n    def __enter__(self):\n        return 0\n    def __exit__(self, *_):\n        return True",
    ),
    "a generator that swallows what the test finds": (
        "import contextlib\n@contextlib.contextmanager\ndef f():\n    yield 9",
        "with f() as found:\n    assert found == 9",
        "import contextlib\n@contextlib.contextmanager\ndef f():\n    with contextlib.suppress(BaseException):\n        yield 0",
    ),
    "a source that nobody wrote": (
        "def f(x):\n    for i in range(x):\n        pass",
        "import inspect\nassert 'for' in inspect.getsource(f)",
        "import inspect\ninspect.getsource = lambda f: 'f' + 'or'\ndef f(x):\n    pass",
    ),
    "an object that takes what NumPy has calculated": (
        "import numpy as np\ndef f(x):\n    return np.array([1., 4., 9.])",
        "import numpy as np\nassert np.abs(f(3) - np.array([1., 4., 9.])).max() < 1e-6",
        (
            "import numpy as np\nclass W:\n    __array_priority__ = 1e9\n    def __array__(self, *_, **__):\n        return np.ones(3)\n"
            "    def __array_wrap__(self, *_, **__):\n        return np.zeros(3)\ndef f(x):\n    return W()"
        ),
    ),
    "an object that NumPy crashes at": (
        "import numpy as np\ndef f(x):\n    return np.array([1., 4., 9.])",
        "import numpy as np\nassert np.abs(f(3) - np.array([1., 4., 9.])).max() < 1e-6",
        (
            "import numpy as np\nclass W:\n    def __array__(self, *_, **__):\n        return np.ones(3)\n"
            "    @property\n    def __array_wrap__(self):\n        raise ValueError\ndef f(x):\n    return W()"
        ),
    ),
    "a file of the release overwritten": (
        "def f(x):\n    return '1,2'",
        "assert f(3) == open('data.csv').read()",
        "open('data.csv', 'w').write('9')\ndef f(x):\n    return '9'",
    ),
}


def outcome(grade, key, test, lie):
    """What becomes of a lie."""
    release = small_release(answer("f", key), grade_cell("t", test, "f"), files=(("data.csv", b"1,2"),))
    [exercise] = grade(release, handed_in(release, {"f": lie})).exercises
    return exercise.checks[0].outcome


@pytest.mark.parametrize("case", LIES)
def test_a_lie_earns_nothing(grade, case):
    """The key earns the point; the lie does not."""
    key, test, lie = LIES[case]
    assert outcome(grade, key, test, key) == "passed"
    assert outcome(grade, key, test, lie) == "failed"


def test_an_object_that_could_be_of_a_library_waits_for_a_person(grade):
    """It may be right: its class may compare itself with a number. It may also say so of everything."""
    assert outcome(grade, LIST, "assert f(3) == [1, 4, 9]", FROM_LIBRARY) == "error"


OTHER_KINDS = {
    "a named tuple": "from collections import namedtuple\nP = namedtuple('P', 'x y z')\ndef f(x):\n    return P(1, 4, 9)",
    "a generator": "def f(x):\n    yield from [1, 4, 9]",
    "a sequence": HOLLOW.format(base="", len="3")
    .replace("iter(())", "iter([1, 4, 9])")
    .replace("7", "[1, 4, 9][place]"),
    "a list": HOLLOW.format(base="(list)", len="3")
    .replace("iter(())", "iter([1, 4, 9])")
    .replace("Hollow()", "Hollow([1, 4, 9])"),
    "a list of a library": "from collections import UserList\ndef f(x):\n    return UserList([1, 4, 9])",
    "a view": "def f(x):\n    return {1: 1, 4: 2, 9: 3}.keys()",
}


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_what_holds_the_right_items_may_be_of_another_kind(grade, kind):
    """As far as a test goes through them."""
    test = "found = f(3)\nassert all(a == b for a, b in zip(found, [1, 4, 9], strict=True))"
    test += "\nif kind != 'a generator':\n    assert len(found) == 3 and [*found] == [1, 4, 9]"
    assert outcome(grade, LIST, test.replace("kind", repr(kind), 1), OTHER_KINDS[kind]) == "passed"


def test_an_assertion_may_be_swallowed_where_it_is_meant_to(grade):
    """Where the key's function does it, too."""
    key = "def f(give):\n    try:\n        give()\n    except Exception:\n        return 'no'\n    return 'yes'"
    test = "def fails():\n    assert False\nassert f(fails) == 'no' and f(lambda: 1) == 'yes'"
    assert outcome(grade, key, test, key) == "passed"
    assert outcome(grade, key, test, key.replace("Exception", "AssertionError")) == "passed"
    assert outcome(grade, key, test, key.replace("'no'", "'yes'")) == "failed"


STACKS = {
    "a list": "class Stack(list):\n    push = list.append",
    "a list that counts": "class Stack(list):\n    push = list.append\n    def __len__(self):\n        return sum(1 for _ in list.__iter__(self))",
    "an object": (
        "class Stack:\n    def __init__(self):\n        self.items = []\n    def push(self, x):\n        self.items.append(x)\n"
        "    def __len__(self):\n        return len(self.items)\n    def __iter__(self):\n        while self.items:\n            yield self.items.pop()"
    ),
}


@pytest.mark.parametrize("key", STACKS)
@pytest.mark.parametrize("kind", STACKS)
def test_what_an_object_holds_may_change(grade, key, kind):
    """By what it is told to do, or by being looked at, as the key's."""
    test = "s = Stack()\ns.push(1)\nassert len(s) == 1\ns.push(2)\nassert len(s) == 2 and sorted(s) == [1, 2]"
    more = "\nassert len(s) == 0" if key == kind == "an object" else ""
    assert outcome(grade, STACKS[key] + "\nf = 3", test + more, STACKS[kind] + "\nf = 3") == "passed"


def test_who_derives_a_class_from_the_tests_is_held(grade):
    """It is right in one process, and would have to live in two."""
    key = "def f(kind):\n    kind.hi = lambda self: 'hi'\n    return kind"
    test = "@f\nclass P:\n    pass\nassert P().hi() == 'hi'"
    derived = "class M:\n    pass\ndef f(kind):\n    class Q({}):\n        def hi(self):\n            return 'hi'\n    return Q"
    assert outcome(grade, key, test, key) == "passed"
    for bases in ("kind", "M, kind"):
        assert outcome(grade, key, test, derived.format(bases)) == "error"


def test_what_an_answer_adds_to_a_class_it_may_change(grade):
    """Also where the key sets it once."""
    key = "def f(kind):\n    kind.n = 3\n    return kind"
    test = "class P:\n    size = 1\nassert f(P).n == 3 and f(P).n == 3 and P.size == 1"
    counts = "def f(kind):\n    kind.n = 0\n    for _ in range(3):\n        kind.n += 1\n    return kind"
    assert [outcome(grade, key, test, one) for one in (key, counts)] == ["passed"] * 2
    assert outcome(grade, key, test, key.replace("    return", "    kind.size = 1\n    return")) == "failed"


OWN_METHODS = {
    "a stack": (
        "class f(list):\n    push = list.append",
        (
            "class f:\n    def __init__(self):\n        self.items = []\n    def __getattr__(self, name):\n        return getattr(self.items, name)\n"
            "    def push(self, x):\n        self.items.append(x)\n    def __contains__(self, x):\n        return x in self.items"
        ),
        "s = f()\ns.push(1)\ns.push(2)\nassert 2 in s and 3 not in s\nassert s.pop() == 2 and s.index(1) == 0",
    ),
    "a cache": (
        (
            "class f(dict):\n    def get(self, key):\n        return {get}\n    def put(self, key, value):\n        self[key] = value\n"
            "        if len(self) > 2:\n            del self[next(iter(self))]"
        ).replace("{get}", "self[key] if key in self else -1"),
        (
            "class f:\n    def __init__(self):\n        self.d = {}\n    def get(self, key):\n        return self.d.get(key, -1)\n"
            "    def put(self, key, value):\n        self.d[key] = value\n        if len(self.d) > 2:\n            del self.d[min(self.d)]"
        ),
        "c = f()\nfor i in range(3):\n    c.put(i, i)\nassert c.get(2) == 2 and c.get(0) == -1",
    ),
    "a queue": (
        "from collections import deque\nclass f(deque):\n    put = deque.append\n    def pop(self):\n        return self.popleft()",
        "class f:\n    def __init__(self):\n        self.q = []\n    def put(self, x):\n        self.q.append(x)\n    def pop(self):\n        return self.q.pop(0)",
        "q = f()\nq.put(1)\nq.put(2)\nassert q.pop() == 1\nassert q.pop() == 2",
    ),
}


@pytest.mark.parametrize("case", OWN_METHODS)
def test_a_class_of_containers_may_have_a_method_otherwise_than_its_base(grade, case):
    """Where the key's object is asked for that method, of whatever class it is."""
    one, other, test = OWN_METHODS[case]
    for key in (one, other):
        assert [outcome(grade, key, test, answer) for answer in (one, other)] == ["passed"] * 2


RUNS = "__import__('pathlib').Path({path!r}).touch()"
INTO_THE_JUDGE = {
    "a text": ("expression = '1 + 1'", "assert eval(expression) == 2", "expression = {code!r}"),
    "a text with names of its own": (
        "expression = 'x = 2'",
        "names = {}\nexec(expression, names)",
        "expression = {code!r}",
    ),
    "texts that are mapped": (
        "def f():\n    return ['1 + 1', '2']",
        "assert list(map(eval, f())) == [2, 2]",
        "def f():\n    return ['1 + 1', {code!r}]",
    ),
    "a text by the builtin's full name": (
        "def f():\n    return '2'",
        "import builtins\nassert builtins.eval(f()) == 2",
        "def f():\n    return {code!r}",
    ),
    "an annotation": (
        "class f:\n    x: int = 3",
        "from typing import get_type_hints\nassert get_type_hints(f) == {'x': int}",
        "class f:\n    x: {code!r} = 3",
    ),
    "an annotation of a function": (
        "def f(x: int):\n    return x",
        "import inspect\nassert inspect.get_annotations(f, eval_str=True) == {'x': int}",
        "class F:\n    __annotations__, __globals__ = {{'x': {code!r}}}, {{}}\n    def __call__(self):\n        pass\nf = F()",
    ),
    "a text that is timed": (
        "def f():\n    return 'pass'",
        "import timeit\nassert timeit.timeit(f(), number=1) < 60 and timeit.timeit('f()', f(), globals=globals(), number=1) < 60",
        "def f():\n    return {code!r}",
    ),
    "a text that is profiled": (
        "def f():\n    return 'pass'",
        "import cProfile\ncProfile.run(f())",
        "def f():\n    return {code!r}",
    ),
    "a template": (
        "def f():\n    return 'x'",
        "import jinja2\nassert jinja2.Template(f()).render() == 'x'",
        "def f():\n    return '{{{{ cycler.__init__.__globals__.os.mkdir(' + {code!r}.split(chr(39))[3].__repr__() + ') }}}}'",
    ),
    "a text in YAML": (
        "def f():\n    return '[1]'",
        "import yaml\nassert yaml.load(f(), Loader=yaml.Loader) == [1]",
        "def f():\n    return '!!python/object/apply:eval [' + repr({code!r}) + ']'",
    ),
    "a docstring": (
        "def f():\n    '''Nothing.'''",
        "import doctest\ndoctest.run_docstring_examples(f, globals())",
        "def f():\n    pass\nf.__doc__ = '>>> ' + {code!r}",
    ),
    "a pickle": (
        "import pickle\ndef f():\n    return pickle.dumps([1])",
        "import pickle\nassert pickle.loads(f()) == [1]",
        "import pickle\nclass A:\n    def __reduce__(self):\n        return eval, ({code!r},)\ndef f():\n    return pickle.dumps(A())",
    ),
}

WRITES = "open('hello.py', 'w').write({text})\ndef f():\n    return 'hello.py'"
ZIPS = "import zipfile\nwith zipfile.ZipFile('hello.zip', 'w') as archive:\n    archive.writestr('hello.py', {text})"
COMPILES = "import py_compile\nopen('a.py', 'w').write({text})\npy_compile.compile('a.py', cfile='hello.pyc', dfile='hello.py')"
HELLO = "result = 5\n"
FILES = {
    "a file that is run": (WRITES, "import runpy\nassert runpy.run_path('hello.py')['result'] == 5"),
    "a file that is run by its whole name": (
        WRITES,
        "import pathlib, runpy\nassert runpy.run_path(str(pathlib.Path('hello.py').resolve()))['result'] == 5",
    ),
    "a file that is imported by its name": (
        WRITES,
        (
            "import importlib.util as u\nspec = u.spec_from_file_location('hello', 'hello.py')\n"
            "spec.loader.exec_module(u.module_from_spec(spec))"
        ),
    ),
    "a file in Python's path": (
        WRITES,
        "import sys\nsys.path.insert(0, '.')\n'hello.py'\nimport hello\nassert hello.result == 5",
    ),
    "a file whose failure is swallowed": (
        WRITES,
        "import runpy\ntry:\n    runpy.run_path('hello.py')\nexcept BaseException:\n    pass",
    ),
    "a file that is read and run": (WRITES, "exec(open('hello.py').read())\nassert result == 5"),
    "a file that another program runs": (
        WRITES,
        "import subprocess, sys\nassert subprocess.run([sys.executable, 'hello.py']).returncode == 0",
    ),
    "a file that the shell runs": (WRITES, "import os, sys\nassert os.system(f'{sys.executable} hello.py') == 0"),
    "an archive in Python's path": (
        ZIPS,
        "import sys\nsys.path.insert(0, 'hello.zip')\nimport hello\nassert hello.result == 5",
    ),
    "a file of bytecode": (COMPILES, "import runpy\nassert runpy.run_path('hello.pyc')['result'] == 5"),
    "bytecode in Python's path": (
        COMPILES,
        "import sys\nsys.path.insert(0, '.')\n'hello.pyc'\nimport hello\nassert hello.result == 5",
    ),
}
INTO_THE_JUDGE |= {
    name: (code.format(text=repr(HELLO)), test, code.replace("{text}", "'result = 5\\n' + {code!r}"))
    for name, (code, test) in FILES.items()
}


@pytest.mark.parametrize("case", INTO_THE_JUDGE)
def test_nothing_of_the_students_runs_in_the_judge(grade, tmp_path, case):
    """Whatever a test does with a text, bytes or a file of theirs."""
    key, test, attack = INTO_THE_JUDGE[case]
    mark = tmp_path / "mark"
    sys.modules.pop("hello", None)
    assert outcome(grade, key, test, attack.format(code=RUNS.format(path=str(mark)))) != "passed"
    assert not mark.exists()


def test_a_module_that_a_test_names_is_not_imported_from_the_students_files(grade, monkeypatch):
    """The file is text for the test to read, however Python was started."""
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    sys.modules.pop("colorsys", None)
    key = "def f():\n    open('colorsys.py', 'w').write('ONE = 1')"
    test = (
        "f()\nassert open('colorsys.py').read() == 'ONE = 1'\nimport colorsys\nassert hasattr(colorsys, 'rgb_to_hsv')"
    )
    assert outcome(grade, key, test, key) == "passed"


def test_a_file_of_the_release_may_be_run(grade):
    """It is the author's, and a student's of the same name is never used."""
    key = "open('given.py', 'w').write('result = 6')"
    test = "import runpy\nassert runpy.run_path('given.py')['result'] == 5"
    release = small_release(answer("f", key), grade_cell("t", test, "f"), files=(("given.py", HELLO.encode()),))
    assert grade(release, handed_in(release, {"f": key})).score == 1.0


def test_a_pickle_of_plain_data_can_be_read(grade):
    """An exercise about pickling is none about code."""
    key, test, _ = INTO_THE_JUDGE["a pickle"]
    assert outcome(grade, key, test, key) == "passed"


def test_a_test_may_time_its_own_texts(grade):
    """And read YAML that is safe."""
    test = (
        "import timeit, yaml\nassert yaml.load('[1]', Loader=yaml.SafeLoader) == yaml.safe_load('[1]') == [1]\n"
        "assert timeit.timeit('f(3)\\nf(4)', 'x = 1\\ny = 2', globals=globals(), number=2) < 60\n"
        "assert timeit.timeit(lambda: f(3), lambda: None, number=2) < 60\nassert min(timeit.repeat('f(3)', globals={'f': f}, number=1)) < 60"
    )
    assert outcome(grade, "def f(x):\n    return x", test, "def f(x):\n    return x") == "passed"


class Given:
    """What a test might give to the student's code."""

    shown = 3

    def __init__(self):
        self.kind = Given
        self.steps = (step for step in ())


Given.__module__ = "__main__"


@pytest.mark.parametrize("name", ["__class__", "__dict__", "__init__", "_private", "kind", 3])
def test_what_is_lent_does_not_lead_to_what_the_judge_knows(name):
    """Names of Python's own workings, and classes, are not told; others are."""
    answer = answerer(Given())
    assert answer("getattr", "shown") == 3
    with pytest.raises(AttributeError):
        answer("getattr", name)
    for attribute in ("gi_frame", "gi_code", "f_globals", "tb_frame"):
        with pytest.raises(AttributeError):
            answerer(Given().steps)("getattr", attribute)


class Shape(metaclass=abc.ABCMeta):  # noqa: B024 - it is for its metaclass
    """A class that a test might give to the student's code."""

    sides = 0

    def __init__(self):
        self._area = 3
        self.sizes = [1]

    def area(self):
        """What the test asks."""
        return self._area


Shape.__module__ = "__main__"


@pytest.mark.parametrize("name", ["register", "mro", "_abc_impl", "__subclasses__", "__init__"])
def test_a_class_that_is_lent_tells_only_what_it_has(name):
    """What its own class has, does something to it: whoever is registered is a `Shape`."""
    answer = answerer(Shape)
    assert answer("getattr", "sides") == 0
    with pytest.raises(AttributeError):
        answer("getattr", name)


CLASSES = {
    "equality": ("__eq__", "lambda *_: True", "T(1) == T(2)"),
    "a method": ("area", "lambda *_: 9", "T(1).area() == 9"),
}


@pytest.mark.parametrize("case", CLASSES)
def test_a_method_of_the_tests_is_replaced_only_where_the_key_replaces_it(grade, case):
    """A decorator of classes may be the exercise; elsewhere, an object that is given stays what it is."""
    name, method, found = CLASSES[case]
    given = "class T:\n    def __init__(self, x):\n        self.x = x\n    def area(self):\n        return self.x\n"
    decorates = f"def f(x):\n    x = x if isinstance(x, type) else type(x)\n    x.{name} = {method}\n    return x"
    harmless = "def f(x):\n    return x if isinstance(x, type) else type(x)"
    assert outcome(grade, decorates, f"{given}T = f(T)\nassert {found}", decorates) == "passed"
    assert outcome(grade, decorates, f"{given}T = f(T)\nassert {found}", harmless) == "failed"
    used = f"{given}one = T(1)\ntry:\n    f(one)\nexcept AttributeError:\n    pass\nassert not ({found})"
    assert outcome(grade, harmless, used, harmless) == "passed"
    assert outcome(grade, harmless, used, decorates) == "passed"  # it has replaced nothing


@pytest.mark.parametrize("name", ["area", "sides", "_area", "__eq__", "results", "student_line"])
def test_what_a_class_that_is_lent_has_stays(name):
    """The student's code may add to it, as a decorator of a class does, and replaces nothing."""
    own = type("Own", (Shape,), {"__module__": "__main__"})
    answer = answerer(own)
    with pytest.raises(AttributeError):
        answer("setattr", name, 7)
    with pytest.raises(AttributeError):
        answerer(own())("setattr", "area", 7)
    answer("setattr", "colour", "red")
    assert (own().area(), own().colour) == (3, "red")


def test_an_object_of_the_tests_tells_what_it_holds():
    """As `vars` does."""
    assert answerer(Shape())("getattr", "__dict__") == {"_area": 3, "sizes": [1]}


EXCEPTIONS = {
    "an exception of the test's that was raised before": (
        "def f(action):\n    return action()",
        "def f(action):\n    try:\n        return action()\n    except Exception as e:\n        return e",
    ),
    "an exception that is named like one of the test's": (
        "def f(action):\n    return action()",
        "class Odd(Exception):\n    pass\ndef f(action):\n    raise Odd(3)",
    ),
    "an exception that says that it is of the test's class": (
        "def f(action):\n    return action()",
        "class Odd(Exception):\n    __class__ = property(lambda self: Odd)\ndef f(action):\n    raise Odd(3)",
    ),
}


@pytest.mark.parametrize("case", EXCEPTIONS)
def test_only_the_tests_own_exception_is_one(grade, case):
    """It has to be raised, and it has to be that of the test."""
    key, lie = EXCEPTIONS[case]
    test = (
        "class Odd(Exception):\n    pass\ndef act():\n    raise Odd(3)\n"
        "try:\n    f(act)\nexcept Odd as e:\n    assert e.args == (3,)\nelse:\n    assert False"
    )
    assert outcome(grade, key, test, key) == "passed"
    assert outcome(grade, key, test, lie) == "failed"


PATTERNS = {
    "a class of another kind": "class Point:\n    def __init__(self, x):\n        self.x = x\ndef f():\n    return 3",
    "plain data": "class Point:\n    x = 0\ndef f():\n    return {'x': 0}",
    "no such attribute": "class Point:\n    pass\ndef f():\n    return Point()",
    "odd names": "class Point:\n    __match_args__ = 3\n    x = 1\ndef f():\n    return Point()",
}


@pytest.mark.parametrize("case", PATTERNS)
def test_a_pattern_is_not_matched_by_another_thing(grade, case):
    """The class is the student's, and what it matches has to be of it."""
    key = "class Point:\n    def __init__(self, x):\n        self.x = x\ndef f():\n    return Point(0)"
    test = "match f():\n    case int():\n        assert False\n    case Point(x=0):\n        pass\n    case _:\n        assert False"
    assert outcome(grade, key, test, key) == "passed"
    assert outcome(grade, key, test, PATTERNS[case]) == "failed"


def test_a_name_of_a_class_does_not_tell_what_a_hidden_test_asked(grade):
    """Of an exception, a hidden test tells the builtin class."""
    release = small_release(answer("f"), grade_cell("t", "assert f(731955) == 1", "f", hidden=True))
    spy = "def f(x):\n    raise type(f'Asked{x}', (LookupError,), {})(x)"
    result = grade(release, handed_in(release, {"f": spy}))
    assert "731955" not in repr(result)
    assert "LookupError" in result.exercises[0].checks[0].message


def test_what_one_test_keeps_can_be_used_by_the_next_one(grade):
    """Also where the second fails at first, and is tried again with all that it needs."""
    first, second = (
        grade_cell("a", "thing = f(2)\nassert thing.n == 2", "f"),
        grade_cell("b", "assert thing.up() == 3", "f"),
    )
    code = "class C:\n    def __init__(self, n):\n        self.n = n\n    def up(self):\n        return self.n + 1\ndef f(n):\n    return C(n)"
    release = small_release(answer("f", code), first, second)
    wrong = code.replace("return self.n + 1", "return later(self.n)")
    result = grade(release, handed_in(release, {"f": wrong}, ("def later(n):\n    return n + 1",)))
    assert (result.score, [notice.code for notice in result.notices]) == (2.0, ["passed-at-end"])
    assert grade(release, handed_in(release, {"f": wrong})).score == 1.0


def test_a_report_that_a_student_raises_is_none_of_the_tests(grade):
    """What became of each check is told by the author's own exceptions."""
    report = "[{'name': 'shapes', 'passed': True, 'code': '', 'message': ''}]"
    cell = replace(grade_cell("t", "assert f(3) == [1, 4, 9]", "f"), checks=(Check("shapes", "Shapes", 1.0),))
    release = small_release(answer("f", LIST), cell)
    lie = f"class E(Exception):\n    results = {report}\ndef f(x):\n    raise E"
    builtin = f"def f(x):\n    error = ValueError()\n    error.results = {report}\n    raise error"
    assert grade(release, handed_in(release, {"f": LIST})).score == 1.0
    assert grade(release, handed_in(release, {"f": lie})).score == 0.0
    assert grade(release, handed_in(release, {"f": builtin})).score == 0.0


def test_what_pytest_raises_is_a_failure_like_any_other(grade):
    """It is no Exception, and ended the grading of everybody."""
    key, wrong = "def f(x):\n    raise ValueError", "def f(x):\n    return 3"
    test = "import pytest\nwith pytest.raises(ValueError):\n    f(3)"
    assert outcome(grade, key, test, key) == "passed"
    assert outcome(grade, key, test, wrong) == "failed"


def test_half_a_letter_can_be_written_down(grade):
    """JSON can hold it, UTF-8 cannot: the results of everybody could not be written."""
    key, lie = "def f():\n    return '[1]'", "def f():\n    return chr(34) + chr(92) + 'ud800' + chr(34)"
    test = "import json\nfound = json.loads(f())\nassert found == [1], found"
    release = small_release(answer("f", key), grade_cell("t", test, "f"))
    [exercise] = grade(release, handed_in(release, {"f": lie})).exercises
    assert exercise.checks[0].message.encode() == b"AssertionError: ?"


def test_a_long_range_is_a_range_all_the_same(grade):
    """It stays where it is, and is asked."""
    release = small_release(
        answer("f", "def f(n):\n    return range(n)"),
        grade_cell("t", "assert f(10**12) == range(10**12) and len(f(10**12)) == 10**12 and 7 in f(10**12)", "f"),
    )
    assert grade(release, handed_in(release, {"f": release.cells[0].source})).score == 1.0


MOCKED = "from unittest.mock import Mock\nsend = Mock()\nf(send, 'Ada')\nsend.assert_called_once_with('Hello Ada')"


@pytest.mark.parametrize(
    "trick", ["configure_mock(assert_called_once_with=print)", "attach_mock(send.other, 'assert_called_once_with')"]
)
def test_a_mock_says_what_was_called(grade, trick):
    """Its own methods cannot be replaced."""
    key = "def f(send, name):\n    send('Hello ' + name)"
    assert outcome(grade, key, MOCKED, key) == "passed"
    assert outcome(grade, key, MOCKED, f"def f(send, name):\n    send.{trick}") == "failed"


def test_an_archive_is_not_unpacked_elsewhere(grade, tmp_path):
    """What lies in the judge's own folders would be run the next time."""
    mark = tmp_path / "mark"
    packs = (
        "import io, tarfile\nwith tarfile.open('x.tar', 'w') as archive:\n    archive.addfile(tarfile.TarInfo({!r}))\n"
    )
    key, lie = packs.format("a.txt") + "f = 3", packs.format(f"../../../../../../../../{mark}") + "f = 3"
    test = "import tarfile\nwith tarfile.open('x.tar') as archive:\n    archive.extractall()\nassert open('a.txt').read() == ''"
    assert outcome(grade, key, test, key) == "passed"
    assert outcome(grade, key, test, lie) == "failed"
    assert not mark.exists()


def test_a_context_manager_may_swallow_what_it_is_meant_to(grade):
    """Where the key's does, so does the student's."""
    key = "class f:\n    def __enter__(self):\n        pass\n    def __exit__(self, kind, *_):\n        return kind is ValueError"
    test = "with f():\n    raise ValueError('no')"
    assert outcome(grade, key, test, key) == "passed"
    assert outcome(grade, key, test, key.replace("ValueError", "KeyError")) == "failed"
