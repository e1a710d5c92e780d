"""Time limits and cancels raise in the task, but never tear a frame that is on its way."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from tradewind.authoring.exceptions import AirflowTaskTerminated, AirflowTaskTimeout
from tradewind.runner.interrupts import INTERRUPTS
from tradewind.runner.timeouts import cancellable, time_limit

FOREVER = threading.Event()


def wait_for_good() -> None:
    try:
        FOREVER.wait(10)
    except Exception:
        pytest.fail("what interrupts a task is no Exception, which tasks catch")


def send_sigterm_and_wait() -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    wait_for_good()


def test_a_task_over_its_limit_gets_an_exception_it_cannot_swallow_by_accident() -> None:
    with pytest.raises(AirflowTaskTimeout, match=r"0\.02 s"), time_limit(0.02):
        wait_for_good()


def test_a_limit_is_gone_after_its_block() -> None:
    with time_limit(30):
        pass
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) is not None


def test_no_limit_and_other_threads_do_nothing() -> None:
    seen: list[str] = []

    def work() -> None:
        with time_limit(0.001), cancellable(lambda: None):
            seen.append("ran")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    with time_limit(None):
        seen.append("ran")
    assert seen == ["ran", "ran"]


def test_sigterm_kills_what_the_operator_started_and_ends_the_task() -> None:
    killed: list[str] = []
    with pytest.raises(AirflowTaskTerminated), cancellable(lambda: killed.append("on_kill")):
        send_sigterm_and_wait()
    assert killed == ["on_kill"]


def test_sigterm_ends_the_task_even_where_on_kill_fails() -> None:
    def on_kill() -> None:
        raise ZeroDivisionError

    with pytest.raises(AirflowTaskTerminated), cancellable(on_kill):
        send_sigterm_and_wait()


def test_an_interrupt_waits_for_the_end_of_an_exchange() -> None:
    steps: list[str] = []

    def exchange() -> None:
        with INTERRUPTS.shielded():
            os.kill(os.getpid(), signal.SIGTERM)
            steps.append("frame is out whole")
        steps.append("never")

    with pytest.raises(AirflowTaskTerminated), cancellable(lambda: steps.append("on_kill, which may ask")):
        exchange()
    assert steps == ["frame is out whole", "on_kill, which may ask"]
