"""What a student's code may do, how each is tested, and what it means that two gradings found the same."""

from __future__ import annotations

from dataclasses import replace

from autograder.records import Limits

TIGHT = Limits(cell_seconds=1, call_seconds=1, submission_seconds=8, memory_mb=600, processes=40, output_bytes=5000)


def same(one, other):
    """Whether two gradings found the same, times left out."""

    def timeless(graded):
        return replace(graded.result, seconds=0), {place: replace(run, seconds=0) for place, run in graded.runs.items()}

    return timeless(one) == timeless(other)


FAILS = "assert f(2) == 4\nassert f(3) == 7"
BEHAVIOUR = {
    "right": ("def f(x):\n    return 2 * x", "assert f(2) == 4"),
    "wrong": ("def f(x):\n    return 2 * x", FAILS),
    "prints": ("print('here')\ndef f(x):\n    print(x)\n    return 2 * x", FAILS),
    "prints too much": ("def f(x):\n    print('x' * 4000)\n    return 2 * x", FAILS),
    "raises in a cell": ("def f(x):\n    return 2 * x\n1 / 0", FAILS),
    "raises in a call": ("def f(x):\n    raise KeyError(x)", FAILS),
    "raises SystemExit": ("def f(x):\n    raise SystemExit", FAILS),
    "no such name": ("g = 1", FAILS),
    "a loop in a cell": ("def f(x):\n    return 4\nwhile True: pass", FAILS),
    "a loop in a call": ("def f(x):\n    while x > 2: pass\n    return 4", FAILS),
    "leaves in a cell": ("import os\ndef f(x):\n    return 4\nos._exit(0)", FAILS),
    "leaves in a call": ("import os\ndef f(x):\n    return 4 if x == 2 else os._exit(0)", FAILS),
    "leaves a little later": (
        "import os, threading\ndef f(x):\n    threading.Timer(0.05, os._exit, [0]).start()\n    return 4",
        "import time\nassert f(2) == 4\ntime.sleep(0.3)\nassert f(2) == 5",
    ),
    "crashes": ("import os\ndef f(x):\n    os.abort()", FAILS),
    "fills the memory": ("def f(x):\n    kept = [bytearray(200_000_000) for _ in range(9)]", FAILS),
    "leaves a thread alive": (
        "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()\ndef f(x):\n    return 2 * x",
        FAILS,
    ),
    "counts its calls": ("n = 0\ndef f(x):\n    global n\n    n += 1\n    return 4 + n", FAILS),
    "draws at random": ("import random\ndef f(x):\n    return random.random()", FAILS),
    "draws from NumPy": ("import numpy as np\ndef f(x):\n    return np.random.rand(x)", "assert f(3).sum() > 9"),
    "tells the time": ("import time\ndef f(x):\n    print(time.perf_counter())\n    return time.perf_counter()", FAILS),
    "large arrays": (
        "import numpy as np\ndef f(x):\n    return np.arange(9000.0) + x",
        "assert f(2)[1] == 3\nassert f(2)[2] == 3",
    ),
    "an argument changed": ("def f(x):\n    x.append(1)", "a = [2]\nf(a)\nassert a == [2, 1]\nassert a == []"),
    "a generator": (
        "def f(x):\n    yield from range(x)",
        "it = f(3)\nassert next(it) == 0\nassert list(it) == [1, 2, 3]",
    ),
    "an instance": (
        "class f:\n    def __init__(self, x):\n        self.x = x\n    def more(self):\n        self.x += 1\n        return self.x",
        "t = f(4)\nassert t.more() == 5\nt.x = 8\nassert t.more() == 8",
    ),
    "calls back": ("def f(g):\n    return g(2) + g(3)", "assert f(lambda n: n * 10) == 50\nassert f(lambda n: n) == 6"),
    "calls back what raises": ("def f(g):\n    return g(1)", "def no(n):\n    raise KeyError(n)\nf(no)"),
    "calls back what asks": (
        "def f(g):\n    return g(h)\ndef h(x):\n    return x + 1",
        "assert f(lambda h: h(1)) == 3",
    ),
    "a set": ("def f(x):\n    return {str(x), 'a', 'b'}", "assert f({'p', 'q', 'r', 's'}) == {'b'}"),
    "babbles": (
        "import os\ndef f(x):\n    for fd in range(3, 20):\n        try:\n            os.write(fd, b'babble')\n        except OSError:\n            pass\n    return 4",
        FAILS,
    ),
    "stops the copy that tests it": (
        "import os\nfirst = os.getpid()\ndef f(x):\n    return 4 if os.getpid() == first else os._exit(0)",
        FAILS,
    ),
}
