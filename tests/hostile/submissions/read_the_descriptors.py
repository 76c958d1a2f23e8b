"""Reads every descriptor of its own and of other processes."""

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
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
def call(number, *args):
    return libc.syscall(ctypes.c_long(number), *[ctypes.c_long(a) if isinstance(a, int) else a for a in args])
import fcntl
got = [(p, d, attempt(os.readlink, f"/proc/{p}/fd/{d}"), read(f"/proc/{p}/fd/{d}", 1000)) for p in (1, @JUDGE@, @VICTIM@, *@ZYGOTES@) for d in (attempt(os.listdir, f"/proc/{p}/fd") or []) if p != 1]
got += [(fd, attempt(os.pread, fd, 1000, 0)) for fd in range(4, 256)]
for p in (@JUDGE@, @VICTIM@):
    fd = call(434, p, 0)
    got.append(fd >= 0 and [call(438, fd, n, 0) for n in range(9)])
print(got)
raise ValueError(str(got)[:1_900])
