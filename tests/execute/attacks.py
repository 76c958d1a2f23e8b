"""Attacks from a student's cell, one per entry, by family. Each leaves in `got` whatever it gained; None if nothing.

A prelude binds what an attacker might know: SECRET_FILE, VICTIM (a process outside), JUDGE, TCP, UDP (ports), PATH, ABSTRACT
(names of UNIX sockets that somebody listens on), and `libc`.
"""

from __future__ import annotations

PRELUDE = """
import ctypes, fcntl, mmap, os, resource, signal, socket, struct, subprocess, sys
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
got = None
def attempt(f, *args):
    try:
        return f(*args)
    except BaseException as error:
        return None
def read(path, size=100_000):
    return attempt(lambda: open(path, 'rb').read(size))
def system_call(number, *args):
    return libc.syscall(ctypes.c_long(number), *[ctypes.c_long(a) if isinstance(a, int) else a for a in args])
"""

STEALS = {
    "file": "got = read(SECRET_FILE)",
    "file by the shell": "got = subprocess.run(['cat', SECRET_FILE], capture_output=True).stdout",
    "file by /proc/1/root": "got = [read(f'/proc/{p}/root{SECRET_FILE}') for p in (1, VICTIM, JUDGE, 'self')]",
    "file by a link": "os.symlink(SECRET_FILE, 'link'); got = read('link')",
    "file by a hard link": "attempt(os.link, SECRET_FILE, 'hard'); got = read('hard')",
    "file by climbing": "got = read('../' * 30 + SECRET_FILE)",
    "file by chroot": "attempt(os.chroot, '/'); got = read(SECRET_FILE)",
    "file by handle": "h = ctypes.create_string_buffer(struct.pack('Ii', 128, 0), 200)\nm = ctypes.c_int()\n"
    "system_call(303, -100, ctypes.c_char_p(SECRET_FILE.encode()), h, ctypes.byref(m), 0)\ngot = system_call(304, -100, h, 0) > 0 or None",
    "file by mount": "system_call(165, ctypes.c_char_p(b'/'), ctypes.c_char_p(b'/box'), None, 4096, None)\ngot = read('/box' + SECRET_FILE)",
    "file by a disk": "got = [read(f'/dev/{d}', 4096) for d in ('vda', 'sda', 'nvme0n1', 'mem', 'kmem', 'kcore')] + [read('/proc/kcore', 4096)]\ngot = any(got) or None",
    "folder of the file": "got = attempt(os.listdir, os.path.dirname(SECRET_FILE))",
    "environment": "got = [read(f'/proc/{p}/environ') for p in (VICTIM, JUDGE, os.getppid(), 1)] + [repr(os.environ)]",
    "command lines": "got = [read(f'/proc/{p}/cmdline') for p in attempt(os.listdir, '/proc') or [] if p.isdigit()]",
    "command line by ps": "got = subprocess.run('ps auxww; cat /proc/*/cmdline', shell=True, capture_output=True).stdout",
    "memory by /proc": "got = [read(f'/proc/{p}/maps') or None for p in (VICTIM, JUDGE)]\ngot = any(got) or None",
    "memory by process_vm_readv": "b = ctypes.create_string_buffer(8)\niov = (ctypes.c_void_p * 2)(ctypes.addressof(b), 8)\n"
    "got = system_call(310, VICTIM, iov, 1, iov, 1, 0) > 0 or None",
    "memory by ptrace": "got = [1 for p in (VICTIM, JUDGE) if system_call(101, 16, p, 0, 0) == 0 or system_call(101, 0x4206, p, 0, 0) == 0] or None",
    "descriptors of others": "got = [attempt(os.listdir, f'/proc/{p}/fd') for p in (VICTIM, JUDGE)]\ngot = any(got) or None",
    "descriptor by pidfd": "fd = system_call(434, VICTIM, 0)\ngot = (fd >= 0 and system_call(438, fd, 0, 0) >= 0) or None",
    "inherited descriptors": "kept = {d: os.readlink(f'/proc/self/fd/{d}') for d in os.listdir('/proc/self/fd') if os.path.exists(f'/proc/self/fd/{d}')}\n"
    "got = {d: to for d, to in kept.items() if to != '/dev/null' and not to.startswith('socket:') and '/proc' not in to and 'urandom' not in to} or None",
    "zygote's objects": "import gc\ngot = [repr(o) for o in gc.get_objects() if isinstance(o, (str, bytes))]",
    "zygote's modules": "got = [m for m in sys.modules if m.split('.')[0] in ('autograder', 'nbgrader')] or None",
    "path of the repository": "import importlib.util\ngot = importlib.util.find_spec('autograder') and read(importlib.util.find_spec('autograder').origin or '') or None",
}

REACHES = {
    "tcp": "got = attempt(lambda: socket.create_connection(('127.0.0.1', TCP), 1).send(b'x'))",
    "tcp listen": "got = attempt(lambda: socket.create_server(('127.0.0.1', 0)).fileno())",
    "udp": "got = attempt(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', UDP)))",
    "raw": "got = attempt(lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1).fileno())",
    "packet": "got = attempt(lambda: socket.socket(17, socket.SOCK_RAW, 3).fileno())",
    "unix path": "s = attempt(socket.socket, socket.AF_UNIX)\ngot = s and attempt(lambda: (s.connect(PATH), s.send(b'x')))",
    "unix abstract": "s = attempt(socket.socket, socket.AF_UNIX)\ngot = s and attempt(lambda: (s.connect('\\0' + ABSTRACT), s.send(b'x')))",
    "netlink": "got = attempt(lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0).fileno())",
    "vsock": "got = attempt(lambda: socket.socket(40, socket.SOCK_STREAM, 0).fileno())",
    "pair of another family": "a = (ctypes.c_int * 2)()\ngot = libc.socketpair(30, 1, 0, a) == 0 or None",
    "socket by system call": "got = [f for f in (1, 2, 10, 16, 38, 40) if system_call(41, f, 1, 0) >= 0] or None",
    "socket by 32-bit call": "code = mmap.mmap(-1, 4096, prot=7)\n"
    "code.write(bytes.fromhex('53b866010000bb02000000b901000000ba00000000cd805bc3'))\n"
    "pid = os.fork()\n"
    "if not pid:\n"
    "    f = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))\n"
    "    os._exit(7 if f() >= 0 else 0)\n"
    "got = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7 or None",
    "download": "import urllib.request\ngot = attempt(lambda: urllib.request.urlopen(f'http://127.0.0.1:{TCP}', timeout=1).read())",
}

HARMS = {
    "kill": "for p in (VICTIM, JUDGE):\n    for s in (15, 9):\n        attempt(os.kill, p, s)",
    "kill the group": "attempt(os.killpg, VICTIM, 9)",
    "tgkill": "system_call(234, VICTIM, VICTIM, 9); system_call(200, VICTIM, 9)",
    "sigqueue": "system_call(129, VICTIM, 9, ctypes.create_string_buffer(128)); system_call(297, VICTIM, VICTIM, 9, ctypes.create_string_buffer(128))",
    "pidfd signal": "fd = system_call(434, VICTIM, 0)\nsystem_call(424, fd, 9, None, 0)",
    "signal by fcntl": "a, b = socket.socketpair()\nattempt(fcntl.fcntl, a, 8, VICTIM); attempt(fcntl.fcntl, a, 10, 9)\n"
    "attempt(fcntl.fcntl, a, fcntl.F_SETFL, os.O_ASYNC); b.send(b'x')",
    "signal by timer": "system_call(222, 0, None, None)",
    "limits of others": "attempt(resource.prlimit, VICTIM, resource.RLIMIT_CPU, (0, 0)); attempt(resource.prlimit, VICTIM, resource.RLIMIT_NOFILE, (0, 0))",
    "priority of others": "attempt(os.setpriority, os.PRIO_PROCESS, VICTIM, 19)",
    "affinity of others": "attempt(os.sched_setaffinity, VICTIM, {0})",
    "scheduling of others": "attempt(os.sched_setscheduler, VICTIM, os.SCHED_IDLE, os.sched_param(0))",
    "adjust the victim's end": "attempt(lambda: open(f'/proc/{VICTIM}/oom_score_adj', 'w').write('1000'))",
    "write the file": "attempt(lambda: open(SECRET_FILE, 'w').write('x')); attempt(os.unlink, SECRET_FILE); attempt(os.rename, SECRET_FILE, 'x')\n"
    "attempt(os.chmod, SECRET_FILE, 0); attempt(os.truncate, SECRET_FILE, 0); attempt(os.utime, SECRET_FILE, (0, 0))",
    "type on the terminal": "attempt(fcntl.ioctl, 0, 0x5412, b'x')",
    "set the clock": "attempt(__import__('time').clock_settime, 0, 0)",
    "host name": "attempt(socket.sethostname, 'owned')",
}

ESCAPES = {
    "user namespace": "got = libc.unshare(0x10000000) == 0 or None",
    "every namespace": "got = [f for f in (0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000, 0x80) if libc.unshare(f) == 0] or None",
    "namespace by clone": "r = system_call(56, 0x10000000 | 17, 0, 0, 0, 0)\nif r == 0: os._exit(0)\ngot = r > 0 or None",
    "clone3": "args = ctypes.create_string_buffer(struct.pack('11Q', 0x10000000, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0), 88)\n"
    "r = system_call(435, args, 88)\nif r == 0: os._exit(0)\ngot = r > 0 or None",
    "setns": "fds = [attempt(os.open, f'/proc/{p}/ns/mnt', 0) for p in (1, VICTIM, JUDGE)]\ngot = [f for f in fds if f and libc.setns(f, 0) == 0] or None",
    "io_uring": "got = system_call(425, 1, ctypes.create_string_buffer(120)) >= 0 or None",
    "bpf": "got = system_call(321, 0, ctypes.create_string_buffer(struct.pack('4I', 2, 4, 4, 1), 128), 128) >= 0 or None",
    "userfaultfd": "got = (system_call(323, 0) >= 0 or system_call(323, 1) >= 0 or attempt(os.open, '/dev/userfaultfd', 2)) or None",
    "perf": "got = system_call(298, ctypes.create_string_buffer(struct.pack('2I', 1, 120), 120), 0, -1, -1, 0) >= 0 or None",
    "modules": "got = [n for n in (175, 176, 313) if system_call(n, 0, 0, 0) == 0] or None",
    "keyring": "got = [r for r in (system_call(250, 0, -3, 1), system_call(248, ctypes.c_char_p(b'user'), ctypes.c_char_p(b'k'), ctypes.c_char_p(b'v'), 1, -4)) if r > 0] or None",
    "set-uid program": "got = [p for p in ('su', 'mount', 'sudo', 'passwd') if subprocess.run(['find', '/usr/bin/' + p, '-perm', '-4000'], capture_output=True).stdout and "
    "b'Uid:\\t0\\t0' in (subprocess.run(['/usr/bin/' + p, '--version'], capture_output=True).stdout or b'')] or None",
    "become root": "got = [f for f, a in ((os.setuid, (0,)), (os.setgid, (0,)), (os.setgroups, ([0],)), (os.setresuid, (0, 0, 0))) if attempt(lambda: (f(*a), 1))] or None",
    "capabilities": "status = dict(l.split(':\\t') for l in open('/proc/self/status').read().splitlines() if ':\\t' in l)\n"
    "got = (int(status['CapEff'], 16) & ~4) or (int(status['CapBnd'], 16) & ~4) or status['NoNewPrivs'] != '1' or status['Seccomp'] != '2' or None",
    "device": "got = [1 for mode in (0o20600, 0o60600) if attempt(lambda: (os.mknod('dev', mode, os.makedev(1, 1)), 1))] or None",
    "mount": "got = [1 for t in (b'tmpfs', b'proc', b'sysfs') if system_call(165, ctypes.c_char_p(t), ctypes.c_char_p(b'/box'), ctypes.c_char_p(t), 0, None) == 0] or None",
    "unmount": "got = [1 for t in (b'/proc', b'/box', b'/') if system_call(166, ctypes.c_char_p(t), 2) == 0] or None",
    "new mount calls": "got = [n for n in (428, 430, 431, 432, 442) if system_call(n, -100, ctypes.c_char_p(b'/'), 0, 0, 0) >= 0] or None",
    "pivot": "got = system_call(155, ctypes.c_char_p(b'.'), ctypes.c_char_p(b'.')) == 0 or None",
    "raise limits": "got = [k for k in (resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE) if attempt(lambda: (resource.setrlimit(k, (-1, -1)), 1))] or None",
    "system control": "got = [1 for p in ('/proc/sys/kernel/core_pattern', '/proc/sysrq-trigger', '/sys/kernel/uevent_helper') if attempt(lambda: open(p, 'w').write('x'))] or None",
    "write beside": "got = [p for p in ('/usr/x', '/etc/x', '/lib/x', sys.prefix + '/lib/x', '/x', '/zygote/x', '/var/tmp/x') if attempt(lambda: (open(p, 'w').close(), 1))] or None",
    "kernel log": "got = read('/dev/kmsg', 10) or (system_call(103, 3, ctypes.create_string_buffer(100), 100) > 0) or None",
    "undo the filter": "got = libc.prctl(22, 0, 0, 0, 0) == 0 or system_call(317, 0, 0, 0) == 0 or None",
}

LEFTOVERS = {
    "tmp": ("import tempfile\nopen(tempfile.gettempdir() + '/left', 'w').write('x'); attempt(lambda: open('/tmp/left', 'w').write('x')); attempt(lambda: open('/var/tmp/left', 'w').write('x'))",
            "import tempfile\ngot = [p for p in (tempfile.gettempdir(), '/tmp', '/var/tmp') if os.path.exists(p + '/left')] or None"),
    "own folder": ("open('left', 'w').write('x')", "got = [f for f in os.listdir('.') if f not in ('lesson.py', '__pycache__')] or None"),
    "posix shm": ("attempt(lambda: open('/dev/shm/left', 'w').write('x'))", "got = attempt(os.path.exists, '/dev/shm/left') or None"),
    "system v shm": ("libc.shmget(0x5eed, 4096, 0o1666)", "got = libc.shmget(0x5eed, 4096, 0o666) >= 0 or None"),
    "system v queue": ("libc.msgget(0x5eed, 0o1666)", "got = libc.msgget(0x5eed, 0o666) >= 0 or None"),
    "system v semaphore": ("libc.semget(0x5eed, 1, 0o1666)", "got = libc.semget(0x5eed, 1, 0o666) >= 0 or None"),
    "posix queue": ("libc.mq_open(b'/left', os.O_CREAT | os.O_RDWR, 0o666, None)", "got = libc.mq_open(b'/left', os.O_RDONLY) >= 0 or None"),
    "named semaphore": ("import multiprocessing as mp\nattempt(lambda: libc.sem_open(b'/left', os.O_CREAT, 0o666, 1))", "libc.sem_open.restype = ctypes.c_void_p\ngot = libc.sem_open(b'/left', 0)"),
    "keyring": ("system_call(248, ctypes.c_char_p(b'user'), ctypes.c_char_p(b'left'), ctypes.c_char_p(b'v'), 1, -4)",
                "got = system_call(249, ctypes.c_char_p(b'user'), ctypes.c_char_p(b'left'), None, 0) > 0 or None"),
    "lock": ("f = open(os.__file__); attempt(fcntl.flock, f, fcntl.LOCK_EX)\nif not os.fork():\n    import time; time.sleep(100)",
             "got = attempt(lambda: (fcntl.flock(open(os.__file__), fcntl.LOCK_EX | fcntl.LOCK_NB), 1)) is None or None"),
    "daemon": ("if not os.fork():\n    os.setsid()\n    if not os.fork():\n        signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\n        import time\n        time.sleep(4321)\n    os._exit(0)",
               "got = [p for p in attempt(os.listdir, '/proc') or [] if p.isdigit() and int(p) not in (os.getpid(), 1)] or None"),
    "home": ("open(os.path.expanduser('~/.left'), 'w').write('x')", "got = os.path.exists(os.path.expanduser('~/.left')) or None"),
    "start-up file": ("os.makedirs(os.path.expanduser('~/ipython/profile_default/startup'), exist_ok=True)\nopen(os.path.expanduser('~/sitecustomize.py'), 'w').write('x')",
                      "got = attempt(os.path.exists, os.path.expanduser('~/sitecustomize.py')) or None"),
    "compiled helper": ("import lesson, importlib\nopen('lesson.py', 'w').write('ANSWER = 0'); os.makedirs('__pycache__', exist_ok=True)", "import lesson\ngot = lesson.ANSWER != 42 or None"),
    "patched module": ("import numpy as np\nnp.allclose = lambda *a, **k: True\nnp.left = 1", "import numpy as np\ngot = hasattr(np, 'left') or None"),
}  # fmt: skip
