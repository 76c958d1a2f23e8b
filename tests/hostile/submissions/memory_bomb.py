"""Takes memory without end, in one process, in many, and in shared pages."""

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
import mmap, time
for _ in range(8):
    if not os.fork():
        keep = []
        while True:
            attempt(lambda: keep.append(b"x" * 50_000_000))
            area = attempt(mmap.mmap, -1, 50_000_000)
            attempt(lambda: area.write(b"x" * 50_000_000))
            keep.append(area)
time.sleep(600)
