"""Resource limits of each process of a box. What they cannot count, the judge's watch over the whole box does."""

from __future__ import annotations

import resource
from pathlib import Path
from typing import Any

MB = 1 << 20
SPARE_SECONDS = 10
ROOM_FOR_THREADS_MB = 1024


def enter(limits: dict[str, Any]) -> None:
    """Set the limits, soft and hard."""
    cpu = int(limits["submission_seconds"]) + SPARE_SECONDS
    space = _address_space() + (limits["memory_mb"] + ROOM_FOR_THREADS_MB) * MB
    for kind, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_AS, space),
        (resource.RLIMIT_FSIZE, limits["file_mb"] * MB),
        (resource.RLIMIT_NOFILE, limits["open_files"]),
        (resource.RLIMIT_NPROC, limits["processes"]),
        (resource.RLIMIT_MEMLOCK, MB),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        lower = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (lower, lower))


def _address_space() -> int:
    """What the libraries that the zygote has loaded take already."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return 2048 * MB
