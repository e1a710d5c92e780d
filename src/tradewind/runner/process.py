"""What Linux offers to keep a family of processes together: ends with the parent, orphans come to us.

On macOS neither exists: there a child notices the end of its supervisor on its socket alone, and a process that has
left its group (a daemon) cannot be found any more.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable
from typing import Any

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36

_prctl: Any = ctypes.CDLL(None, use_errno=True).prctl if sys.platform == "linux" else None


def end_with_parent(parent_pid: int) -> None:
    """SIGKILL for this process once its parent has ended."""
    if _prctl is None:
        return
    _prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent_pid:  # it ended before the call
        os._exit(1)


def adopt_orphans() -> None:
    """Descendants whose parent has ended become children of this process instead of init's."""
    if _prctl is not None:
        _prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def child_pids() -> set[int]:
    """Direct children of this process, adopted ones too. Empty on macOS."""
    pids: set[int] = set()
    with contextlib.suppress(OSError):
        for thread in os.listdir("/proc/self/task"):
            with contextlib.suppress(OSError), open(f"/proc/self/task/{thread}/children", "rb") as file:
                pids.update(map(int, file.read().split()))
    return pids


def is_named(pid: int, name: str) -> bool:
    """Whether a process calls itself so (15 characters at most)."""
    try:
        with open(f"/proc/{pid}/comm") as file:
            return file.read().rstrip("\n") == name
    except OSError:
        return False


def wait_for_one(before_reaping: Callable[[int], None]) -> tuple[int, int, resource.struct_rusage] | None:
    """(process id, status, usage) of a child that has ended, or None. `before_reaping` is called while its number still
    cannot be another process's; on macOS, which cannot look without reaping, right after."""
    try:
        if sys.platform == "darwin":
            pid, status, usage = os.wait4(-1, os.WNOHANG)
            if pid:
                before_reaping(pid)
            return (pid, status, usage) if pid else None
        found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if found is None:
            return None
        before_reaping(found.si_pid)
        return os.wait4(found.si_pid, 0)
    except ChildProcessError:
        return None


def send_signal_to_group(leader: int, number: int) -> None:
    """To the process group this child leads; to the child alone where it has not made its group yet."""
    try:
        os.killpg(leader, number)
    except (ProcessLookupError, PermissionError):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(leader, number)
