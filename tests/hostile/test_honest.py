"""What honest notebooks do works, and costs nothing: each keeps full marks through the whole of grading."""

from __future__ import annotations

import copy
import json

import pytest

from tests.hostile.hostile_files import RIGHT, answer, insert

pytestmark = pytest.mark.slow  # many live boxes

BESIDE = {
    "savefig": "plt.plot([1, 2])\nplt.title('$x^2$')\nplt.savefig('plot.png')\nplt.show()\nimport os\nassert os.path.getsize('plot.png') > 1000",
    "scikit-learn": "from sklearn.linear_model import LogisticRegression\nX, y = sklearn.datasets.make_moons(100, random_state=0)\n"
    "assert LogisticRegression().fit(X, y).score(X, y) > 0.7",
    "threads": "import threading\ndone = []\nworkers = [threading.Thread(target=done.append, args=(i,)) for i in range(4)]\n"
    "for worker in workers:\n    worker.start()\nfor worker in workers:\n    worker.join()\nassert sorted(done) == [0, 1, 2, 3]",
    "a thread that stays": "import threading, time\nthreading.Thread(target=time.sleep, args=(3600,), daemon=True).start()",
    "a pool of processes": "import multiprocessing\nwith multiprocessing.get_context('fork').Pool(2) as pool:\n    assert pool.map(abs, [-1, 2]) == [1, 2]",
    "an executor that stays": "from concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor(2)\nassert list(pool.map(abs, [-1, 2])) == [1, 2]",
    "joblib": "from joblib import Parallel, delayed\nassert Parallel(n_jobs=2, prefer='threads')(delayed(abs)(i) for i in [-1, 2]) == [1, 2]",
    "sqlite": "import sqlite3\nwith sqlite3.connect('my.db') as db:\n    db.execute('create table t (x)')\n    db.execute('insert into t values (1)')\n"
    "assert db.execute('select x from t').fetchall() == [(1,)]",
    "asyncio": "import asyncio\nasync def f():\n    await asyncio.sleep(0.001)\n    return 3\nassert await asyncio.gather(f(), f()) == [3, 3]",
    "shell": "!ls -la\nfiles = !ls\nassert 'init_utils.py' in files",
    "magics": "%matplotlib inline\n%timeit -n 1 -r 1 sum(range(10))\n%time sum(range(10))\n%config InlineBackend.figure_format = 'retina'\n%pwd",
    "%%time": "%%time\nx = 1",
    "%%timeit": "%%timeit -n 1 -r 1\nsum(range(10))",
    "%%writefile": "%%writefile mine.py\ndef double(x):\n    return 2 * x",
    "given modules": "import init_utils, public_tests\nassert init_utils.sigmoid(0) == 0.5\nfrom init_utils import relu\nassert relu(-1) == 0",
    "warnings": "import sys, warnings\nwarnings.warn('careful')\nprint('to stderr', file=sys.stderr)",
    "questions and help": "np.zeros?\nlen??\nhelp(len)",
    "seeds and state of its own": "np.random.seed(7)\nimport random\nrandom.seed(1)\nnp.set_printoptions(precision=2)\nnp.seterr(all='ignore')",
    "logging and progress": "import logging, sys\nlogging.basicConfig(level=logging.INFO)\nlogging.info('x')\nfor i in range(3):\n    sys.stdout.write(f'\\r{i}')",
    "rich output": "from IPython.display import HTML, Markdown, clear_output, display\ndisplay(HTML('<b>x</b>'), Markdown('*x*'))\nclear_output()",
}
"""A cell of the student's own, beside right answers."""

STYLES = {
    "a timed cell": "%%time\n" + RIGHT["initialize_parameters_he"],
    "a cell that draws and prints": RIGHT["initialize_parameters_he"]
    + "\nprint(initialize_parameters_he([2, 3, 1]))\nplt.plot([1])\nplt.show()",
    "a decorator": "import functools\ndef logged(f):\n    @functools.wraps(f)\n    def g(*a):\n        print('called')\n        return f(*a)\n    return g\n@logged\n"
    + RIGHT["initialize_parameters_he"],
    "a lambda": "def build(d):\n    np.random.seed(3)\n    return {k: v for l in range(1, len(d)) for k, v in ((f'W{l}', np.random.randn(d[l], d[l-1]) * (2 / d[l-1]) ** .5), "
    "(f'b{l}', np.zeros((d[l], 1))))}\ninitialize_parameters_he = lambda d: build(d)",
    "an object": "class Initializer:\n    def __call__(self, d):\n        return draw(d)\n"
    + RIGHT["initialize_parameters_he"].replace("initialize_parameters_he", "draw")
    + "\ninitialize_parameters_he = Initializer()",
    "threads within": RIGHT["initialize_parameters_he"].replace("initialize_parameters_he", "draw")
    + "\nfrom concurrent.futures import ThreadPoolExecutor\ndef initialize_parameters_he(d):\n    with ThreadPoolExecutor(2) as pool:\n        return pool.submit(draw, d).result()",
    "a warning in every call": "import warnings\n"
    + RIGHT["initialize_parameters_he"].replace(
        "    np.random.seed(3)", "    warnings.warn('slow')\n    np.random.seed(3)"
    ),
    "an ordered dictionary": "from collections import OrderedDict, defaultdict\n"
    + RIGHT["initialize_parameters_he"].replace("parameters = {}", "parameters = OrderedDict()"),
    "its own generator": RIGHT["initialize_parameters_he"]
    .replace("np.random.seed(3)", "r = np.random.RandomState(3)")
    .replace("np.random.randn", "r.randn"),
}
"""Right answers to the third exercise in other styles."""


def handed_in(given, own=(), answers=None):
    """The bytes of a submission with right answers."""
    notebook = copy.deepcopy(given)
    answer(notebook, RIGHT | (answers or {}))
    for place, source in own:
        insert(notebook, place, source)
    return json.dumps(notebook).encode()


@pytest.mark.parametrize("level", ["A", "B"])
@pytest.mark.parametrize("name", BESIDE)
def test_what_stands_beside_the_answers_costs_nothing(graders, graded, given, name, level):
    """Full marks, and no notice: the cell ran."""
    result = graded(graders(level), handed_in(given, [("first", BESIDE[name])])).result
    assert (result.status, result.score) == ("graded", 30.0)
    assert [(notice.code, notice.message) for notice in result.notices] == []


@pytest.mark.parametrize("name", STYLES)
def test_style_never_matters(graders, graded, given, name):
    """Any way of writing it that returns the right thing earns everything."""
    result = graded(graders("A"), handed_in(given, answers={"initialize_parameters_he": STYLES[name]})).result
    assert (result.status, result.score) == ("graded", 30.0), result
    assert result.notices == ()
