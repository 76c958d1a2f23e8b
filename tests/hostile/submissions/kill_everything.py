"""Kills every process that it can, its own first process included."""

# answers: two
# earns: 20

# %% first
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
def call(number, *args):
    return libc.syscall(ctypes.c_long(number), *[ctypes.c_long(a) if isinstance(a, int) else a for a in args])
def attempt(f, *args):
    try:
        return f(*args)
    except BaseException as error:
        return f"{type(error).__name__}"
def read(path, size=200_000):
    return attempt(lambda: open(path, "rb").read(size))
import signal
for pid in (-1, 0, 1, -os.getpgid(0)):
    attempt(os.kill, pid, signal.SIGTERM)
    attempt(os.kill, pid, signal.SIGKILL)
attempt(os.kill, os.getpid(), signal.SIGKILL)
