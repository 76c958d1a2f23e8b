"""Questions that the judge asks a box."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from autograder.records import Handle, Lent, Raised, UnsendableError

CLASS = """
class Point:
    kind = "point"
    def __init__(self, x): self.x = x
    def __add__(self, other): return Point(self.x + other.x)
    def __eq__(self, other): return self.x == other.x
    def __getitem__(self, key): return key
    def __iter__(self): return iter(range(10**9))
    def __contains__(self, item): return item == self.x
    def __call__(self, y=2): return self.x * y
    def __neg__(self): return -self.x
    def __format__(self, spec): return f"<{spec}>"
a, b, items = Point(1), Point(2), [1, 2]
def f(x, *, y=3):
    "doc"
    return x + y
"""


@pytest.fixture
def filled(box_a):
    """A box with a class, two instances and a function."""
    assert box_a.run_cell(CLASS).raised is None
    return box_a


@pytest.mark.parametrize(
    ("operation", "operands", "value"),
    [
        ("getattr", ["x"], 1),
        ("hasattr", ["y"], False),
        ("getitem", [slice(1, None)], slice(1, None)),
        ("getitem", [(1, Ellipsis)], (1, Ellipsis)),
        ("contains", [1], True),
        ("call", [(), {"y": 5}], 5),
        ("format", ["04d"], "<04d>"),
        ("isinstance", ["dict"], False),
        ("type", [], ["Point", ["__main__.Point", "builtins.object"]]),
        ("bool", [], True),
    ],
)
def test_an_instance_answers_by_its_handle(filled, operation, operands, value):
    """What stays in the box can be asked for everything that a test cell may do with it."""
    handle = filled.ask("get", "a").value
    assert handle == Handle(handle.number, "Point", callable=True)
    assert filled.ask(operation, handle, *operands).value == value


def test_operators_work_between_handles(filled):
    """Operators get both operands, in order."""
    a, b = filled.ask("get", "a").value, filled.ask("get", "b").value
    total = filled.ask("binary", "add", a, b).value
    assert filled.ask("getattr", total, "x").value == 3
    assert filled.ask("compare", "eq", a, b).value is False
    assert filled.ask("unary", "neg", b).value == -2
    assert filled.ask("is", a, a).value is True
    assert filled.ask("binary", "divmod", 7, 2).value == (3, 1)


def test_names_and_items_can_be_set_and_deleted(filled):
    """A test cell may bind names, and change what the student made."""
    assert filled.ask("set", "z", [1, {"k": (2,)}]).value is None
    assert filled.ask("get", "z").value == [1, {"k": (2,)}]
    assert filled.ask("delete", "z").raised is None
    assert filled.ask("get", "z").raised == Raised("NameError", "name 'z' is not defined")
    a = filled.ask("get", "a").value
    filled.ask("setattr", a, "x", 9)
    assert filled.ask("getattr", a, "x").value == 9
    filled.ask("delattr", a, "x")
    assert filled.ask("getattr", a, "x").raised.type == "AttributeError"
    assert filled.ask("names", ["a", "nope"]).value == ["a"]


def test_functions_tell_their_source_and_signature(filled):
    """For tests that look at how an answer is written."""
    f = filled.ask("get", "f").value
    assert "return x + y" in filled.ask("source", f).value
    parameters = [["x", "POSITIONAL_OR_KEYWORD", [], []], ["y", "KEYWORD_ONLY", [3], []]]
    assert filled.ask("signature", f).value == [parameters, []]  # defaults, annotations, and that of what is returned
    assert filled.ask("getattr", f, "__doc__").value == "doc"


def test_iteration_can_be_taken_step_by_step(filled):
    """An endless iterator is a handle that gives one item at a time."""
    iterator = filled.ask("iterator", filled.ask("get", "a").value).value
    assert [filled.ask("next", iterator).value for _ in range(3)] == [[0], [1], [2]]
    assert filled.ask("next", iterator, 3).value == [3, 4, 5]
    assert len(filled.ask("next", iterator, 20_000).value) == 10_000


def test_printed_text_comes_with_the_reply(box_a):
    """Also when the call raised."""
    box_a.run_cell("def f():\n    print('hello')\n    raise ValueError('no')")
    reply = box_a.ask("call", box_a.ask("get", "f").value, (), {})
    assert reply.stdout == "hello\n"
    assert reply.raised == Raised("ValueError", "no", 3)


def test_arguments_changed_in_place_come_back(box_a):
    """Only those that were changed, by position or keyword; arrays too."""
    box_a.run_cell("def f(a, b, c, *, d):\n    a.append(3)\n    c[0] = 5\n    d['k'] = 1")
    reply = box_a.ask("call", box_a.ask("get", "f").value, ([1], [2], np.zeros(2)), {"d": {}})
    assert set(reply.changed) == {0, 2, "d"}
    assert reply.changed[0] == [1, 3]
    assert reply.changed[2].tolist() == [5.0, 0.0]
    assert reply.changed["d"] == {"k": 1}


def test_the_judges_random_state_is_installed_for_a_call(box_a):
    """The student's draws are those that the judge would have drawn, and the state can be read back."""
    box_a.run_cell("import numpy as np, random\ndef f():\n    return np.random.randn(3), random.random()")
    np.random.seed(7)
    _, key, position, has_gauss, cached = np.random.get_state()
    state = {"numpy": (position, key.tobytes(), has_gauss, cached)}
    reply = box_a.ask("call", box_a.ask("get", "f").value, (), {}, state)
    assert reply.value[0].tobytes() == np.random.randn(3).tobytes()
    after = box_a.ask("random_state").value["numpy"]
    assert after[0] == np.random.get_state()[2]
    assert after[1] == np.random.get_state()[1].tobytes()


def test_a_callable_of_the_judge_runs_in_the_judge(box_a):
    """It is called with plain data, and may ask the box meanwhile; builtins and NumPy's functions go by name."""
    box_a.run_cell(
        "seen = []\ndef apply(f, x):\n    seen.append(x)\n    return f(x) + 1\ndef twice(f, x):\n    return f(f(x))"
    )
    apply, twice = (box_a.ask("get", name).value for name in ("apply", "twice"))

    def mine(x):
        return 10 * x + len(box_a.ask("get", "seen").value)

    assert box_a.ask("call", apply, (mine, 2), {}).value == 22
    assert box_a.ask("call", twice, (lambda x: x + 1, 0), {}).value == 2
    assert box_a.ask("call", apply, (np.sqrt, 4.0), {}).value == 3.0
    assert box_a.ask("call", twice, (abs, -3), {}).value == 3


def test_an_exception_of_the_judges_callable_reaches_the_student(box_a):
    """As its builtin type, so that a student can catch it."""
    box_a.run_cell(
        "def catches(f):\n    try:\n        f()\n    except KeyError as error:\n        return error.args[0]"
    )

    def raises():
        raise KeyError("a key")

    assert box_a.ask("call", box_a.ask("get", "catches").value, (raises,), {}).value == "'a key'"


def test_a_callable_may_call_back_into_the_student(box_a):
    """Nested three deep."""
    box_a.run_cell("def g(f, n):\n    return f(n) + 1\ndef h(n):\n    return 2 * n")
    g, h = (box_a.ask("get", name).value for name in ("g", "h"))
    inner = lambda n: box_a.ask("call", h, (n,), {}).value  # noqa: E731  a test cell's lambda
    outer = lambda n: box_a.ask("call", g, (inner, n), {}).value  # noqa: E731  a test cell's lambda
    assert box_a.ask("call", g, (outer, 5), {}).value == 12


def test_what_cannot_be_sent_is_a_fault_of_ours(box_a):
    """An object of the judge has no meaning in the box."""
    with pytest.raises(UnsendableError, match="object"):
        box_a.ask("set", "x", object())


def test_large_values_stay_in_the_box_and_can_be_asked(box_a):
    """100 MB in the box is fine; the judge asks for its shape."""
    box_a.run_cell("import numpy as np\nbig = np.ones(13_000_000)")
    big = box_a.ask("get", "big").value
    assert big == Handle(big.number, "ndarray", callable=False)
    assert box_a.ask("getattr", big, "shape").value == (13_000_000,)
    assert box_a.ask("get", "big").value == big


def test_megabytes_cross_both_ways(box_a):
    """An array of 32 MB goes there and comes back."""
    array = np.random.rand(2000, 2000)
    box_a.ask("set", "array", array)
    assert (box_a.ask("get", "array").value == array).all()


def test_a_fork_leaves_no_trace(box):
    """What is done in the copy is gone afterwards; a copy that dies takes nothing along."""
    box.run_cell("x = 1")
    with box.fork() as forked:
        assert forked
        box.run_cell("x = 2; y = 3")
        assert box.ask("get", "x").value == 2
    assert box.ask("get_many", ["x", "y"]).value == {"x": (1, None)}
    with box.fork():
        assert box.run_cell("import os; os._exit(3)").stop.code == "exited"
        assert box.ask("get", "x").stop.code == "exited"
    assert box.ask("get", "x").value == 1
    with box.fork():
        assert box.run_cell("import os, signal; os.kill(os.getpid(), 9)").stop.code in ("exited", "killed")
    assert box.ask("get", "x").value == 1


def test_a_box_with_threads_does_not_fork(box_a):
    """A copy could hang for ever: the judge talks to the box itself, and is told."""
    box_a.run_cell(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\nx = 1"
    )
    with box_a.fork() as forked:
        assert forked is False
        assert box_a.ask("get", "x").value == 1
    assert box_a.ask("get", "x").value == 1


def test_an_unknown_operation_is_an_answer(box_a):
    """It raises, and the box lives on."""
    assert box_a.ask("no such thing").raised.type == "KeyError"
    assert box_a.ask("set", "x", 1).raised is None


def test_a_container_is_known_again_and_can_be_filled_anew(box_a):
    """By its number, wherever it is asked for; an argument that comes back itself is said to."""
    box_a.run_cell("kept = [1]\ndef give():\n    return kept\ndef back(x, y):\n    return y")
    first = box_a.ask("get", "kept")
    give, back = box_a.ask("get", "give").value, box_a.ask("get", "back").value
    assert box_a.ask("call", give, (), {}).identity == first.identity
    assert box_a.ask("refill", first.identity, [2, 3]).raised is None
    assert box_a.ask("call", give, (), {}).value == [2, 3]
    reply = box_a.ask("call", back, ([1], [1]), {})
    assert (reply.same, reply.identity) == (1, None)


def test_warnings_are_heard_while_somebody_listens(box_a):
    """All of them, with class and text; and the filters are the student's own again afterwards."""
    box_a.run_cell(
        "import warnings\nwarnings.simplefilter('error')\ndef f():\n    warnings.warn('old', DeprecationWarning)"
    )
    f = box_a.ask("get", "f").value
    assert box_a.ask("call", f, (), {}).raised.type == "DeprecationWarning"
    box_a.ask("warn")
    assert box_a.ask("call", f, (), {}).raised is None
    assert box_a.ask("warned").value == [[DeprecationWarning, "old"]]
    assert box_a.ask("call", f, (), {}).raised.type == "DeprecationWarning"


def test_files_are_told_and_written_by_name(box_a):
    """What is too large or no file is left out, and what is known has no content."""
    box_a.run_cell(
        "open('a.txt', 'w').write('hi')\nopen('big', 'wb').write(bytes(9_000_000))\nimport os\nos.mkdir('sub')\n"
        "os.symlink('/etc/passwd', 'link')\nos.mkfifo('pipe')"
    )
    lesson = {"work/lesson.py": hashlib.sha256(b"ANSWER = 42\n\ndef double(x):\n    return 2 * x\n").digest()}
    root, here, found, same = box_a.ask("folder", lesson).value
    assert (here, found, same) == ("work", {"work/a.txt": b"hi", "work/sub/": b""}, ["work/lesson.py"])
    known = lesson | {name: hashlib.sha256(content).digest() for name, content in found.items()}
    assert box_a.ask("folder", known).value == [root, "work", {}, ["work/a.txt", "work/lesson.py", "work/sub/"]]
    box_a.ask("lay", {"work/sub/b.txt": b"ho", "tmp/c/": b"", "work/a.txt": None}, "work/sub")
    assert box_a.ask("folder", known).value == [
        *(root, "work/sub", {"work/sub/b.txt": b"ho", "tmp/c/": b""}, ["work/lesson.py", "work/sub/"])
    ]
    assert box_a.run_cell("print(open('b.txt').read(), os.listdir('../../tmp'))").stdout == "ho ['c']\n"


def test_an_object_of_the_judges_is_asked_back(box_a):
    """Attributes, calls and operators of it are the judge's; when it is given back, it is the same thing."""
    asked = []

    def answer(operation, *operands):
        asked.append((operation, *operands))
        return {"getattr": 3, "len": 2, "add": 9}.get(operation)

    box_a.run_cell("def f(x):\n    x.n = 1\n    return x.m, len(x), x + 4, x")
    value = box_a.ask("call", box_a.ask("get", "f").value, (Lent(answer),), {}).value
    assert value == (3, 2, 9, answer)
    assert asked == [("setattr", "n", 1), ("getattr", "m"), ("len",), ("add", 4)]
