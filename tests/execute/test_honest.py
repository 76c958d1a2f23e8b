"""What honest notebooks do works in the box, at both levels."""

from __future__ import annotations

import sys

import pytest

pytestmark = pytest.mark.slow  # many live boxes

HONEST = {
    "savefig": "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.savefig('plot.png')\nimport os\nassert os.path.getsize('plot.png') > 1000",
    "savefig-svg": "import matplotlib.pyplot as plt\nplt.title('$x^2$')\nplt.savefig('plot.svg')",
    "scikit-learn": "from sklearn.linear_model import LogisticRegression\nfrom sklearn.datasets import make_moons\n"
    "X, y = make_moons(200, random_state=0)\nassert LogisticRegression().fit(X, y).score(X, y) > 0.8",
    "openmp": "from sklearn.cluster import KMeans\nfrom sklearn.datasets import make_blobs\nKMeans(3, n_init=2).fit(make_blobs(200, random_state=0)[0])",
    "threads": "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(4) as pool:\n    assert list(pool.map(abs, [-1, 2])) == [1, 2]",
    "fork-pool": "import multiprocessing as mp\nwith mp.get_context('fork').Pool(2) as pool:\n    assert pool.map(abs, [-1, 2]) == [1, 2]",
    "spawn-pool": "import multiprocessing as mp\nwith mp.get_context('spawn').Pool(2) as pool:\n    assert pool.map(abs, [-1, 2]) == [1, 2]",
    "process-executor": "from concurrent.futures import ProcessPoolExecutor\nwith ProcessPoolExecutor(2) as pool:\n    assert list(pool.map(abs, [-1])) == [1]",
    "joblib": "from joblib import Parallel, delayed\nassert Parallel(n_jobs=2)(delayed(abs)(i) for i in [-1, 2]) == [1, 2]",
    "joblib-for-a-while": "from joblib import Parallel, delayed\nimport time\n"
    "assert Parallel(n_jobs=2, batch_size=1)(delayed(time.sleep)(0.2) for _ in range(8)) == [None] * 8",
    "sqlite-file": "import sqlite3\nwith sqlite3.connect('my.db') as db:\n    db.execute('create table t (x)')\n    db.execute('insert into t values (1)')\n"
    "assert sqlite3.connect('my.db').execute('select x from t').fetchall() == [(1,)]",
    "sqlite-memory": "import sqlite3\nassert sqlite3.connect(':memory:').execute('select 1').fetchone() == (1,)",
    "asyncio": "import asyncio\nasync def f():\n    await asyncio.sleep(0.01)\n    return 3\nassert await asyncio.gather(f(), f()) == [3, 3]",
    "asyncio-run": "import asyncio, threading\nt = threading.Thread(target=lambda: asyncio.run(asyncio.sleep(0)))\nt.start(); t.join()",
    "subprocess": "import subprocess, sys\nassert subprocess.run([sys.executable, '-c', 'print(5)'], capture_output=True, text=True).stdout == '5\\n'",
    "shell": "!ls -la | wc -l\n!echo x > made.txt\nassert open('made.txt').read() == 'x\\n'",
    "os-system": "import os\nassert os.system('cat lesson.py | grep -q ANSWER') == 0",
    "files": "import os\nos.makedirs('a/b')\nopen('a/b/c.txt', 'w').write('x')\nos.rename('a/b/c.txt', 'd.txt')\nassert os.listdir('a/b') == []",
    "temporary": "import tempfile, os\nwith tempfile.TemporaryDirectory() as d:\n    open(os.path.join(d, 'f'), 'w').write('x')\nwith tempfile.NamedTemporaryFile() as f:\n    f.write(b'x')",
    "pickle-and-npz": "import pickle, numpy as np\nnp.savez('a.npz', x=np.ones(3))\nassert np.load('a.npz')['x'].sum() == 3\npickle.dump([1], open('p', 'wb'))",
    "copy-tree": "import shutil, os\nos.makedirs('s/t')\nopen('s/t/f', 'w').close()\nshutil.copytree('s', 'r')\nshutil.rmtree('s')\nassert os.path.exists('r/t/f')",
    "large-arrays": "import numpy as np\nx = np.ones(15_000_000)\ny = x * 2\nassert y.sum() == 30_000_000",
    "matrix-product": "import numpy as np\na = np.random.rand(500, 500)\nassert np.allclose(a @ np.linalg.inv(a), np.eye(500), atol=1e-6)",
    "scipy": "from scipy.optimize import minimize\nassert abs(minimize(lambda x: (x - 3) ** 2, 0.0).x[0] - 3) < 1e-3",
    "time-and-zones": "import datetime, time, zoneinfo\ntime.sleep(0.001)\ndatetime.datetime.now(zoneinfo.ZoneInfo('Europe/Paris'))",
    "who-am-i": "import getpass, os, platform, pathlib\npathlib.Path.home(); platform.platform(); os.cpu_count(); os.getlogin if True else 0",
    "signals": "import signal\nsignal.signal(signal.SIGALRM, lambda *a: None)\nsignal.setitimer(signal.ITIMER_REAL, 0.01)\nimport time\ntime.sleep(0.05)",
    "inspect": "import inspect\ndef f():\n    return 7\nassert 'return 7' in inspect.getsource(f)",
    "warnings": "import warnings\nwarnings.warn('a warning')\nimport sys\nprint('to stderr', file=sys.stderr)",
    "shared-memory": "from multiprocessing import shared_memory\ns = shared_memory.SharedMemory(create=True, size=100)\ns.buf[0] = 5\ns.close(); s.unlink()",
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_things_work(box, name):
    """A cell that any notebook might hold raises nothing."""
    done = box.run_cell(HONEST[name])
    assert done.stop is None
    assert done.raised is None, done.stderr


@pytest.mark.parametrize("folder", ["tempfile.gettempdir()", "'/tmp'"])
def test_tmp_is_there_at_level_a(box_a, folder):
    """The folder for temporary files is the box's own, and so is /tmp unless the interpreter itself lies below it."""
    if folder == "'/tmp'" and "/tmp/" in sys.prefix:
        pytest.skip("the interpreter lies below /tmp, which is read-only then")
    done = box_a.run_cell(
        f"import os, tempfile\nplace = {folder}\nassert os.listdir(place) == []\n"
        "open(place + '/x', 'w').write('1')\nassert open(place + '/x').read() == '1'\nos.remove(place + '/x')"
    )
    assert done.raised is None
