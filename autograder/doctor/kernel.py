"""Start a real kernel, as nbgrader and Jupyter do, and let it compute."""

from __future__ import annotations

import queue
import subprocess
import sys
import tempfile
import time
from typing import Any

from autograder.doctor.finding import Finding

SECONDS = 60.0
FIX = f"{sys.executable} -m pip install --requirement requirements.txt"


def kernel(name: str = "python3", seconds: float = SECONDS) -> Finding:
    """Whether a kernel starts and answers."""
    from jupyter_client.kernelspec import NoSuchKernel  # noqa: PLC0415 - takes half a second
    from jupyter_client.manager import KernelManager  # noqa: PLC0415 - the same

    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="seedbed-doctor-") as folder:
        manager = KernelManager(kernel_name=name)
        try:
            manager.start_kernel(cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            answer = compute(manager, seconds)
        except NoSuchKernel:
            return Finding("Kernel", False, f"there is no kernel {name!r}", f"{FIX}  (it brings ipykernel)")
        except (OSError, RuntimeError, TimeoutError, queue.Empty) as error:
            return Finding("Kernel", False, f"it does not start ({type(error).__name__}: {error})", FIX)
        finally:
            if manager.has_kernel:
                manager.shutdown_kernel(now=True)
            manager.cleanup_resources()
    if answer != "42":
        return Finding("Kernel", False, f"it answers {answer!r} to 6 * 7", FIX)
    return Finding("Kernel", True, f"{name} started and answered in {time.monotonic() - started:.1f} s")


def compute(manager: Any, seconds: float) -> str:
    """What the kernel prints for a product."""
    client = manager.client()
    client.start_channels()
    printed: list[str] = []

    def hear(message: dict[str, Any]) -> None:
        if message["header"]["msg_type"] == "stream":
            printed.append(message["content"]["text"])

    try:
        client.wait_for_ready(timeout=seconds)
        client.execute_interactive("print(6 * 7)", timeout=seconds, output_hook=hear, allow_stdin=False)
    finally:
        client.stop_channels()
    return "".join(printed).strip()
