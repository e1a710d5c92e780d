"""What a try takes of the machine, counted by its own process: exact, and free for short tries."""

from __future__ import annotations

import contextlib
import resource
import time

from tradewind.model.outcomes import Used

LONG_SECONDS = 0.5
"""Of shorter tries nothing is told, unless they hold resources."""


class Meter:
    """Made when the try begins; a process may serve several."""

    def __init__(self, *, always: bool) -> None:
        self._always = always
        self._begun = time.monotonic()
        self._cpu_seconds = cpu_seconds()

    def used(self) -> Used | None:
        """Since it began; None where that is not worth telling. Bytes are those of the process, whose tries before
        this one were short; of a short one they are not looked up, which would cost more than some tries do."""
        is_long = time.monotonic() - self._begun >= LONG_SECONDS
        if not (self._always or is_long):
            return None
        return Used(round(max(0.0, cpu_seconds() - self._cpu_seconds), 3), *(disk_bytes() if is_long else (0, 0)))


def cpu_seconds() -> float:
    """Of this process and of those that it has waited for."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)


def disk_bytes() -> tuple[int, int]:
    """(Read, written) by this process and those that it has waited for; zeros where the system does not tell."""
    found: dict[str, int] = {}
    with contextlib.suppress(OSError, ValueError), open("/proc/self/io", encoding="ascii") as file:
        for line in file:
            name, _, number = line.partition(":")
            found[name] = int(number)
    return found.get("read_bytes", 0), found.get("write_bytes", 0)
