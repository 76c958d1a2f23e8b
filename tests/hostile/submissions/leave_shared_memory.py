"""Leaves shared memory, queues, semaphores and keys of System V and POSIX."""

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
libc.shmget(@KEY@, 4096, 0o1666)
libc.semget(@KEY@, 1, 0o1666)
libc.msgget(@KEY@, 0o1666)
libc.mq_open(b"/@MARK@", os.O_CREAT | os.O_RDWR, 0o666, None)
libc.sem_open(b"/@MARK@", os.O_CREAT, 0o666, 1)
from multiprocessing import shared_memory
attempt(lambda: shared_memory.SharedMemory("@MARK@", create=True, size=4096))
call(248, ctypes.c_char_p(b"user"), ctypes.c_char_p(b"@MARK@"), ctypes.c_char_p(b"v"), 1, -4)
