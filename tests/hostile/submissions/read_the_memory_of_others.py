"""Reads the memory of the judge, of the zygote and of a process beside the box."""

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
got = []
for p in (@JUDGE@, @VICTIM@, *@ZYGOTES@, 1, os.getppid()):
    maps = read(f"/proc/{p}/maps")
    buffer = ctypes.create_string_buffer(64)
    iov = (ctypes.c_void_p * 2)(ctypes.addressof(buffer), 64)
    if p != os.getpid() and isinstance(maps, bytes) and maps:
        got.append(("maps", p, maps[:300]))
    if call(101, 16, p, 0, 0) == 0 or call(101, 0x4206, p, 0, 0) == 0 or call(310, p, iov, 1, iov, 1, 0) > 0:
        got.append(("traced", p, "-".join(("the-secret", "beside-the-box", "58213"))))
print(got)
raise ValueError(str(got)[:1_900])
