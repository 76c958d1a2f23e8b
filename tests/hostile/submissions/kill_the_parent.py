"""Kills its parent, the zygote, the judge and a process beside the box."""

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
for pid in (os.getppid(), @JUDGE@, @VICTIM@, *@ZYGOTES@):
    for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP, signal.SIGALRM, signal.SIGINT, signal.SIGUSR1):
        attempt(os.kill, pid, number)
        fd = call(434, pid, 0)
        call(424, fd, number, 0, 0)
    attempt(os.killpg, pid, signal.SIGKILL)
