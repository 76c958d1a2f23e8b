"""Makes namespaces, mounts, and a root of its own."""

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
won = [flag for flag in (0x10000000, 0x20000, 0x40000000, 0x20000000, 0x4000000, 0x8000000, 0x2000000, 0x80) if libc.unshare(flag) == 0 and flag != 0x80]
won += [call(56, flag | 17, None, None, None, 0) for flag in (0x10000000, 0x20000000) if False]
for kind in (b"tmpfs", b"proc", b"sysfs", b"overlay"):
    for target in (b".", b"/tmp", b"/"):
        won += [kind] * (call(165, ctypes.c_char_p(kind), ctypes.c_char_p(target), ctypes.c_char_p(kind), 0, None) == 0)
won += [n for n in (428, 430, 431, 432, 442) if call(n, -100, ctypes.c_char_p(b"/"), 0, 0, 0) >= 0]
won += [n for n in (155, 161) if call(n, ctypes.c_char_p(b"."), ctypes.c_char_p(b".")) == 0]
won += [p for p in (b"/", b"/proc", b"/tmp") if call(166, ctypes.c_char_p(p), 2) == 0]
won += [p for p in ("/proc/self/uid_map", "/proc/self/setgroups", "/proc/self/gid_map") if attempt(lambda: open(p, "w").write("0 0 1")) == 5]
if won:
    raise SystemExit(f"{'-'.join(('the-secret', 'beside-the-box', '58213'))} {won}")
