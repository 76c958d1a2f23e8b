"""Stops its own process and waits for somebody to wait for it."""

# answers: two
# earns: 20
# limits: tight

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
os.kill(os.getpid(), signal.SIGSTOP)
os.kill(0, signal.SIGSTOP)
import time
time.sleep(600)
