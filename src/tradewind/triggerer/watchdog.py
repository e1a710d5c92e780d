"""Names the trigger that keeps the event loop from going on, with a sample of its stack.

The kernel's timer is set whenever the loop wakes up and taken back when it goes to wait: no thread, no polling. It goes
off in the middle of the code that blocks, so that the sample shows where.
"""

from __future__ import annotations

import contextlib
import selectors
import signal
import time
import traceback
from collections.abc import Callable
from types import FrameType

from tradewind.model.triggers import WaitFor
from tradewind.triggerer.current import CURRENT

PATIENCE_SECONDS = 0.2
MOST_FRAMES = 12
Report = Callable[[WaitFor | None, str], None]
Over = Callable[[WaitFor, float], None]


class WatchedSelector(selectors.DefaultSelector):
    """Tells the watchdog when the loop is busy."""

    def __init__(self, watchdog: Watchdog) -> None:
        super().__init__()
        self._watchdog = watchdog

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self._watchdog.idle()
        try:
            return super().select(timeout)
        finally:
            self._watchdog.busy()


class Watchdog:
    """`report(wait, stack)` is called when the loop has been held up for PATIENCE_SECONDS, from inside the code that
    does so; `over(wait, seconds)` when it goes on again."""

    def __init__(self, report: Report, over: Over) -> None:
        self._report = report
        self._over = over
        self._since = 0.0
        self._blocking: WaitFor | None = None
        self._has_reported = False
        signal.signal(signal.SIGALRM, self._patience_ended)

    def busy(self) -> None:
        self._since = time.monotonic()
        self._has_reported = False
        signal.setitimer(signal.ITIMER_REAL, PATIENCE_SECONDS)

    def idle(self) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if self._blocking is not None:
            wait, self._blocking = self._blocking, None
            self._over(wait, time.monotonic() - self._since)

    def _patience_ended(self, _number: int, frame: FrameType | None) -> None:
        """A signal's handler runs in the context of the code that it interrupts."""
        if self._has_reported:
            return
        self._has_reported = True
        self._blocking = CURRENT.get()
        stack = "".join(traceback.format_stack(frame, limit=MOST_FRAMES))
        with contextlib.suppress(RuntimeError):  # it was in the middle of a write to the same stream
            self._report(self._blocking, stack)
