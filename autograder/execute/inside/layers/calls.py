"""The system calls that honest notebooks need: files, memory, threads, processes, pipes, time.

Left out on purpose, among others: sockets (but for pairs), mounts, namespaces, tracing and other processes' memory,
keys, bpf, io_uring, userfaultfd, perf, System V and POSIX message queues and shared memory, modules, pidfds, quotas,
swap, setting of time.
"""

from __future__ import annotations

_FILES = """
read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 open openat openat2 creat
close close_range lseek stat fstat lstat newfstatat statx access faccessat faccessat2 getdents
getdents64 getcwd chdir fchdir rename renameat renameat2 mkdir mkdirat rmdir link linkat unlink
unlinkat symlink symlinkat readlink readlinkat chmod fchmod fchmodat fchmodat2 chown fchown lchown
fchownat umask utime utimes utimensat futimesat statfs fstatfs truncate ftruncate fallocate
fadvise64 readahead sync_file_range fsync fdatasync flock fcntl dup dup2 dup3 sendfile
copy_file_range splice getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr
"""
_MEMORY = "mmap munmap mprotect mremap msync mincore madvise brk mlock munlock memfd_create"
_WAITING = """
poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2
eventfd eventfd2 pipe pipe2 sendto recvfrom sendmsg recvmsg sendmmsg recvmmsg shutdown getsockopt
getsockname getpeername
"""
_TIME = """
nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time times getitimer setitimer
alarm pause timer_create timer_settime timer_gettime timer_getoverrun timer_delete timerfd_create
timerfd_settime timerfd_gettime
"""
_PROCESSES = """
fork vfork execve exit exit_group wait4 waitid kill tkill tgkill futex futex_waitv set_robust_list
set_tid_address rseq membarrier arch_prctl rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending
rt_sigtimedwait rt_sigsuspend sigaltstack signalfd signalfd4 restart_syscall sched_yield
sched_getaffinity sched_getparam sched_getscheduler sched_get_priority_max sched_get_priority_min
getcpu
"""
_ABOUT = """
getpid getppid gettid getuid geteuid getgid getegid getresuid getresgid getgroups getpgid getpgrp
getsid setpgid setsid getrusage getrlimit setrlimit getpriority uname sysinfo getrandom capget
"""

ALLOWED = tuple(name for group in (_FILES, _MEMORY, _WAITING, _TIME, _PROCESSES, _ABOUT) for name in group.split())

NAMESPACE_FLAGS = 0x7E020000
"""CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. clone3 hides its flags: it does not exist."""

PRCTLS = (1, 2, 3, 15, 16, 23, 38, 39, 0x53564D41)
"""Parent-death signal, dumpable (to ask), name, capabilities (to ask), no new privileges, names of memory areas."""

IOCTLS = (0x5401, 0x540F, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
"""TCGETS, TIOCGPGRP, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX: asking, and flags of descriptors."""
