"""Leaves files wherever it may write."""

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
import sys, tempfile
for folder in (".", "/tmp", "/var/tmp", "/dev/shm", "/", "/run", "/home", "/root", "/box", "/zygote", os.path.expanduser("~"), tempfile.gettempdir(), sys.prefix, "/proc/1/root/tmp", "/proc/1/cwd", *os.environ.values()):
    attempt(lambda: open(os.path.join(folder, "@MARK@"), "w").write("x"))
    attempt(os.makedirs, os.path.join(folder, "@MARK@", "x"))
    attempt(os.symlink, "/", os.path.join(folder, "@MARK@"))
