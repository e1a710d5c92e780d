"""Whether a child that has run a try may serve another one: only if the try has left nothing behind that shows.

The rules, for users: docs/worker-reuse.md.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import Any

from tradewind.model.outcomes import Failed, TryReport

MEMORY_FACTOR = 2.0
MEMORY_ALLOWANCE_BYTES = 200 * 1024 * 1024
SIGNALS = tuple(n for n in range(1, 32) if n in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP})


class CleanSlate:
    """The child as it was before its first try. The environment is put back; all else that differs ends the child."""

    def __init__(self) -> None:
        self._cwd = _cwd()
        self._handlers = _handlers()
        self._threads = set(threading.enumerate())
        self._environment = dict(os.environ)
        self._encoded_environment = _encoded_environment()
        self._rss_bytes = resident_bytes()

    def why_not(self, report: TryReport) -> str:
        """Why this child must not serve another try; "" where it may."""
        if isinstance(report.outcome, Failed):
            return "the try failed"
        if any(not thread.daemon for thread in threading.enumerate() if thread not in self._threads):
            return "the try left a thread running"
        if has_children():
            return "the try left a child process"
        if _cwd() != self._cwd:
            return "the try changed the working directory"
        if _handlers() != self._handlers:
            return "the try changed a signal handler"
        if resident_bytes() > MEMORY_FACTOR * self._rss_bytes + MEMORY_ALLOWANCE_BYTES:
            return "the process has grown"
        return ""

    def restore_environment(self) -> None:
        if _encoded_environment() != self._encoded_environment:
            os.environ.clear()
            os.environ.update(self._environment)


def resident_bytes() -> int:
    """Resident memory of this process; 0 where the system does not tell (then growth replaces no child)."""
    if sys.platform != "linux":
        return 0
    with open("/proc/self/statm", "rb") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def has_children() -> bool:
    """Whether this process has child processes, ended ones that nobody waited for included. Always False on macOS."""
    if sys.platform != "linux":
        return False
    try:
        # WNOWAIT: looking must not take a child's exit status away from whoever waits for it.
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


# `signal.getsignal` itself makes an enum member of each number: some percent of a small try.
_get_handler: Any = getattr(signal.getsignal, "__wrapped__", signal.getsignal)


def _handlers() -> list[Any]:
    return [_get_handler(number) for number in SIGNALS]


def _encoded_environment() -> dict[Any, Any]:
    # Comparing `os.environ` itself decodes every name and value: a tenth of a small try.
    encoded: Any = os.environ
    return dict(encoded._data)


def _cwd() -> str:
    try:
        return os.getcwd()
    except OSError:  # the folder was removed under us
        return ""
