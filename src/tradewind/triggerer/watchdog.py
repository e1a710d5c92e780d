"""Names the trigger that keeps the event loop from going on, with a sample of its stack.

The kernel's timer is set whenever the loop wakes up and taken back when it goes to wait: no thread, no polling. It goes
off in the middle of the code that blocks, so that the sample shows where.
"""

from __future__ import annotations

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
Report = Callable[[WaitFor | None, float, str], None]


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
    """`report(wait, seconds, stack)` is called once for each time that the loop was held up, when it is over; the stack
    is that of the moment when patience ended."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._since = 0.0
        self._sample: tuple[WaitFor | None, str] | None = None
        signal.signal(signal.SIGALRM, self._take_sample)

    def busy(self) -> None:
        self._since = time.monotonic()
        signal.setitimer(signal.ITIMER_REAL, PATIENCE_SECONDS)

    def idle(self) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if self._sample is not None:
            (wait, stack), self._sample = self._sample, None
            self._report(wait, time.monotonic() - self._since, stack)

    def _take_sample(self, _number: int, frame: FrameType | None) -> None:
        if self._sample is None:
            # A signal's handler runs in the context of the code that it interrupts.
            self._sample = CURRENT.get(), "".join(traceback.format_stack(frame, limit=MOST_FRAMES))
