"""Names the trigger that keeps the event loop from going on, with a sample of its stack.

The kernel's timer is set whenever the loop wakes up and taken back when it goes to wait: no thread, no polling. It goes
off in the middle of the code that blocks, so that the sample shows where.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import time
import traceback
from collections.abc import Callable
from types import FrameType

from tradewind.model.triggers import WaitFor
from tradewind.triggerer.current import CURRENT

PATIENCE_SECONDS = 0.2
SAMPLE_SECONDS = 0.1
MOST_FRAMES = 12
ABOVE_TRIGGERS = os.path.join(os.path.dirname(__file__), "one_wait.py")
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
    """`report(wait, stack)` is called when one trigger has held up the loop for PATIENCE_SECONDS, from inside the code
    that does so; `over(wait, seconds)` when the loop goes on again.

    A turn of the loop may take long by nobody's fault, where hundreds begin at once: so samples are taken, and who is
    there in all of them blocks. Each has one step in a turn."""

    def __init__(self, report: Report, over: Over) -> None:
        self._report = report
        self._over = over
        self._suspect: WaitFor | None = None
        self._suspected_since: float | None = None
        """None: no sample was taken in this turn."""
        self._has_reported = False
        signal.signal(signal.SIGALRM, self._sample)

    def busy(self) -> None:
        self._suspected_since = None
        self._has_reported = False
        signal.setitimer(signal.ITIMER_REAL, SAMPLE_SECONDS, SAMPLE_SECONDS)

    def idle(self) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if self._has_reported and self._suspect is not None and self._suspected_since is not None:
            self._over(self._suspect, SAMPLE_SECONDS + time.monotonic() - self._suspected_since)

    def _sample(self, _number: int, frame: FrameType | None) -> None:
        """A signal's handler runs in the context of the code that it interrupts."""
        if self._has_reported:
            return
        wait, now = CURRENT.get(), time.monotonic()
        if self._suspected_since is None or wait is not self._suspect:
            self._suspect, self._suspected_since = wait, now
            return
        if now - self._suspected_since < PATIENCE_SECONDS - SAMPLE_SECONDS / 2:
            return
        self._has_reported = True
        with contextlib.suppress(RuntimeError):  # it was in the middle of a write to the same stream
            self._report(wait, _stack(frame))


def _stack(frame: FrameType | None) -> str:
    """The trigger's own frames: what is above them is our loop."""
    frames = traceback.extract_stack(frame)
    ours = [number for number, one in enumerate(frames) if one.filename == ABOVE_TRIGGERS]
    theirs = frames[ours[-1] + 1 :] if ours else []
    return "".join(traceback.format_list((theirs or frames)[-MOST_FRAMES:]))
