"""Signals that end a task by raising in its main thread, held back while a frame is on its way.

Scenario this prevents: the time limit's SIGALRM raises in the middle of `sendall`; half a frame is out, and the report
that follows is read by the supervisor as the other half.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager


class Interrupts:
    """One per process. `deliver` is called by signal handlers, `shielded` wraps what must not be torn."""

    def __init__(self) -> None:
        self._depth = 0
        self._pending: Callable[[], None] | None = None

    def deliver(self, action: Callable[[], None]) -> None:
        """Call `action`, which raises, now or at the end of the shield the main thread is in: it may itself ask the
        supervisor (an `on_kill` that looks a connection up), whose line is not free before."""
        if self._depth:
            self._pending = action
            return
        action()

    @contextmanager
    def shielded(self) -> Generator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield  # Handlers raise in the main thread alone, so no other thread can be torn.
            return
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            pending = self._pending
            if self._depth == 0 and pending is not None:
                self._pending = None
                pending()

    def forget(self) -> None:
        """Drop what was held back: the task has ended."""
        self._pending = None


INTERRUPTS = Interrupts()
