"""Fills its disk, and the memory that the disk lives in."""

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
for i in range(200):
    for folder in (".", "/tmp", "/dev/shm", os.environ["TMPDIR"]):
        attempt(lambda: open(f"{folder}/{i}", "wb").write(b"x" * 60_000_000))
