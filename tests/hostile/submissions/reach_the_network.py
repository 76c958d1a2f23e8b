"""Opens sockets of every family, and sends what it has."""

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
import socket
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK, socket.AF_PACKET, 40, 38, 1, 16, 17, 31):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        s = attempt(socket.socket, family, kind)
        if not isinstance(s, str):
            s.settimeout(0.05)
            for address in (("127.0.0.1", 22), ("8.8.8.8", 53), ("::1", 80), "\0@SOCKET@", "\0@MARK@", "/tmp/@MARK@", (2, 1024)):
                attempt(s.connect, address), attempt(s.sendto, b"x", address), attempt(s.bind, address), attempt(s.listen)
attempt(lambda: socket.getaddrinfo("example.org", 80))
os.system("timeout 1 bash -c 'echo > /dev/tcp/127.0.0.1/22' 2>/dev/null")
