"""How a running task is interrupted: its time limit (SIGALRM) and a cancel (SIGTERM).

Both raise in the main thread, where the task runs. While C code holds the interpreter no handler can run: then the
executor's hard stop ends the process.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType

from tradewind.authoring.exceptions import AirflowTaskTerminated, AirflowTaskTimeout
from tradewind.runner.interrupts import INTERRUPTS


@contextmanager
def time_limit(
    seconds: float | None, what: str = "the task ran longer than its execution_timeout of"
) -> Generator[None]:
    """Raise AirflowTaskTimeout inside the block after this time. In another thread than the main one no signal can
    be received: the executor alone holds the limit there."""
    if seconds is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    if seconds <= 0:
        raise AirflowTaskTimeout(f"execution_timeout of {seconds:g} s is not above zero")

    def alarm(number: int, frame: FrameType | None) -> None:
        INTERRUPTS.deliver(stop)

    def stop() -> None:
        raise AirflowTaskTimeout(f"{what} {seconds:g} s")

    before = signal.signal(signal.SIGALRM, alarm)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def cancellable(on_kill: Callable[[], None]) -> Generator[None]:
    """Turn the first SIGTERM inside the block into `on_kill()` and then AirflowTaskTerminated, as Airflow does. A
    second one while the task cleans up is ignored: the executor follows with SIGKILL."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def terminate(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        INTERRUPTS.deliver(stop)

    def stop() -> None:
        try:
            on_kill()
        finally:
            raise AirflowTaskTerminated("the task received SIGTERM")

    before = signal.signal(signal.SIGTERM, terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
        INTERRUPTS.forget()
