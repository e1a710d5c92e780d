"""As the first process of a container, a part of the service gets a parent that takes in what others leave behind:
tasks' processes whose own parent has ended would stay as zombies until the container ends."""

from __future__ import annotations

import contextlib
import os
import signal
from types import FrameType

FORWARDED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2, signal.SIGQUIT)


def stand_aside() -> None:
    """Nothing, unless this is process 1: then what follows goes on in a child, and this process only hands signals on
    to it, and ends with its exit code."""
    if os.getpid() != 1:
        return
    child = os.fork()
    if child == 0:
        os.setsid()  # Ctrl-C at a terminal comes once, from the parent
        return
    _watch_over(child)


def _watch_over(child: int) -> None:
    """Never returns."""

    def hand_on(number: int, _frame: FrameType | None) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, number)

    for number in FORWARDED:
        signal.signal(number, hand_on)
    while True:
        pid, status = os.wait()
        if pid == child:
            code = os.waitstatus_to_exitcode(status)
            os._exit(code if code >= 0 else 128 - code)
