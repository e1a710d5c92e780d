"""Which machine this is, so that a process that died on it is known to be dead without waiting for its lease."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

KEY = "machine"


@cache
def this_machine() -> str:
    """Boot and process namespace: two containers of one host name are two machines. Empty where it is not known."""
    with suppress(OSError):
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}/{os.readlink('/proc/self/ns/pid')}"
    return ""


def is_dead_here(pid: int, detail: dict[str, Any]) -> bool:
    """For sure: it was a process of this machine, and there is no such process any more."""
    if not this_machine() or detail.get(KEY) != this_machine():
        return False
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return state in ("Z", "X")
