"""What this machine has: CPUs, memory, GPUs."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

NVIDIA_DRIVER_FOLDER = Path("/proc/driver/nvidia/gpus")


def cpu_count() -> int:
    """CPUs this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def memory_bytes(cgroup: Path = Path("/sys/fs/cgroup")) -> int:
    """The machine's memory, or less where a control group (a container) limits us."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for file in (cgroup / "memory.max", cgroup / "memory" / "memory.limit_in_bytes"):
        with contextlib.suppress(OSError, ValueError):  # `max`: no limit
            total = min(total, int(file.read_text()))
    return total


def gpu_ids(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """GPUs as CUDA_VISIBLE_DEVICES names them: those it lists, else all that the driver or nvidia-smi knows."""
    listed = environment.get("CUDA_VISIBLE_DEVICES")
    if listed is not None:
        ids = [part.strip() for part in listed.split(",")]
        return tuple(ids[: ids.index("-1")] if "-1" in ids else filter(None, ids))
    with contextlib.suppress(OSError):
        return tuple(str(number) for number in range(len(list(NVIDIA_DRIVER_FOLDER.iterdir()))))
    return _from_nvidia_smi()


def _from_nvidia_smi() -> tuple[str, ...]:
    program = shutil.which("nvidia-smi")
    if program is None:
        return ()
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        listed = subprocess.run([program, "-L"], capture_output=True, text=True, timeout=10, check=True).stdout
        return tuple(str(number) for number in range(sum(line.startswith("GPU ") for line in listed.splitlines())))
    return ()
