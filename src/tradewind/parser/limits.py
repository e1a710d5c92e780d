"""What the import of a DAG file may take of its machine."""

from __future__ import annotations

import contextlib
import resource

WRITTEN_BYTES = 256 << 20
"""Of any one file that it writes, what it prints among them."""


def set_limits(memory_bytes: int) -> None:
    """For this process and all it starts. `memory_bytes`: over what it has now; 0: as much as there is."""
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, WRITTEN_BYTES)
    if memory_bytes:
        # Private writable memory: the address space would also count what a library maps and never touches.
        _lower(resource.RLIMIT_DATA, _data_bytes() + memory_bytes)


def _lower(kind: int, limit: int) -> None:
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (limit, limit))


def _data_bytes() -> int:
    with contextlib.suppress(OSError), open("/proc/self/status", encoding="ascii", errors="replace") as file:
        for line in file:
            if line.startswith("VmData:"):
                return int(line.split()[1]) * 1024
    return 0
