"""Asks for another user, more capabilities, higher limits and devices."""

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
import resource
won = [k.__name__ for k, a in ((os.setgroups, ([0, 1],)), (os.setresuid, (0, 0, 0)), (os.setresgid, (0, 0, 0)), (os.chroot, ("/",))) if not isinstance(attempt(k, *a), str) and (os.getuid(), os.getresuid()) == (0, (0, 0, 0)) and os.listdir("/root")]
won += [k for k in (resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE) if not isinstance(attempt(resource.setrlimit, k, (-1, -1)), str)]
won += [m for m in (0o20600, 0o60600) if not isinstance(attempt(os.mknod, "device", m, os.makedev(1, 1)), str)]
won += [n for n in (22, 38) if n == 22 and libc.prctl(22, 0, 0, 0, 0) == 0]
os.system("su -c id; sudo -n id; mount -t tmpfs x /tmp; passwd -d root; newuidmap 1 0 0 1")
for path in ("set-uid",):
    attempt(lambda: (open(path, "w").write("#!/bin/sh"), os.chmod(path, 0o6777), os.chown(path, 0, 0)))
if won:
    raise SystemExit(f"{'-'.join(('the-secret', 'beside-the-box', '58213'))} {won}")
