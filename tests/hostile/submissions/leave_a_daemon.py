"""Leaves daemons that lead sessions of their own, block every signal and listen."""

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
import signal, socket, sys, time
for _ in range(3):
    if not os.fork():
        os.setsid()
        if os.fork():
            os._exit(0)
        signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
        call(157, 15, ctypes.c_char_p(b"@MARK@"), 0, 0, 0)
        s = attempt(socket.socket, socket.AF_UNIX)
        attempt(lambda: (s.bind("\0@MARK@"), s.listen()))
        while True:
            attempt(lambda: open("/tmp/@MARK@", "w").close())
            time.sleep(0.01)
