"""Why a process ended without a word: the sentence a user reads, and what it is built on."""

from __future__ import annotations

import contextlib
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

from tradewind.model.warm import ChildEnded

TAIL_BYTES = 16 * 1024
TAIL_LINES = 50
NEAR_LIMIT = 0.9
_OUR_FRAME = re.compile(rf'  File "(<string>|{re.escape(str(Path(__file__).parents[2]))}/[^"]*)", line \d+ in ')
"""As `faulthandler` writes it, whose frames have no text of their line and no comma before `in`."""
FAULTS = frozenset({signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE, signal.SIGABRT})


class KernelOom:
    """The kernel's count of processes that it killed for want of memory, of our control group where it has one."""

    def __init__(self, cgroup: Path = Path("/sys/fs/cgroup"), vmstat: Path = Path("/proc/vmstat")) -> None:
        self._files = (cgroup / "memory.events", cgroup / "memory" / "memory.oom_control", vmstat)
        self._seen = self._count()

    def has_struck(self) -> bool:
        """Whether it has killed since the last call."""
        seen, self._seen = self._seen, self._count()
        return self._seen > seen

    def _count(self) -> int:
        found = 0
        for file in self._files:
            with contextlib.suppress(OSError):
                for line in file.read_text().splitlines():
                    name, _space, number = line.partition(" ")
                    if name == "oom_kill":
                        found = max(found, int(number))
        return found


def why_lost(ended: ChildEnded, *, limit_bytes: int, oom: KernelOom) -> str:
    """One or two sentences."""
    if ended.signal is None:
        return f"its process ended with exit code {ended.exit_code} before it reported a result"
    text = f"its process was ended by {signal_name(ended.signal)}"
    if ended.signal == signal.SIGKILL:
        near = limit_bytes > 0 and ended.max_rss_bytes > NEAR_LIMIT * limit_bytes
        if oom.has_struck() or near:
            return f"{text}, probably because memory ran out: it had {mebibytes(ended.max_rss_bytes)}"
    if ended.signal in FAULTS:
        return f"{text}: a fault in native code; its log shows where, if Python could still tell"
    return text


def signal_name(number: int) -> str:
    """`SIGKILL (9)`."""
    with contextlib.suppress(ValueError):
        return f"{signal.Signals(number).name} ({number})"
    return f"signal {number}"


def last_lines(path: str) -> tuple[str, ...]:
    """The end of a log; empty where there is none. What a fault in native code leaves ends with the author's frames:
    ours below them say nothing, and there are more of them than lines are kept."""
    with contextlib.suppress(OSError), open(path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        file.seek(max(0, size - TAIL_BYTES))
        lines = file.read().decode("utf-8", "replace").splitlines()
        whole = lines if size <= TAIL_BYTES else lines[1:]
        return tuple([line for line in whole if not _OUR_FRAME.search(line)][-TAIL_LINES:])
    return ()


def family_rss_bytes(pid: int) -> int:
    """Resident memory of a process and its descendants, pages shared with the warm parent included. 0 on macOS."""
    page = os.sysconf("SC_PAGE_SIZE")
    total = 0
    for member in family(pid):
        with contextlib.suppress(OSError, IndexError), open(f"/proc/{member}/statm", "rb") as file:
            total += int(file.read().split()[1]) * page
    return total


def family(pid: int) -> Iterator[int]:
    yield pid
    with contextlib.suppress(OSError):
        for thread in os.listdir(f"/proc/{pid}/task"):
            with contextlib.suppress(OSError), open(f"/proc/{pid}/task/{thread}/children", "rb") as file:
                for child in file.read().split():
                    yield from family(int(child))


def mebibytes(size_bytes: int) -> str:
    return f"{size_bytes / 2**20:,.0f} MiB"
