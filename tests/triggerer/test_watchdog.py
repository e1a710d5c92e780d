"""Who is named when the triggerer's loop is held up: the one that blocks, nobody where many take a little each."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextvars import copy_context

import pytest

from tradewind.model.triggers import WaitFor
from tradewind.triggerer.current import CURRENT
from tradewind.triggerer.watchdog import PATIENCE_SECONDS, Watchdog


class Watched:
    """Samples are taken by hand: the kernel's timer belongs to whoever limits the time of tests."""

    def __init__(self) -> None:
        self.named: list[int] = []
        self.over: list[float] = []
        self.dog = Watchdog(
            lambda wait, _: self.named.append(wait.wait_id if wait else 0), lambda _, seconds: self.over.append(seconds)
        )

    def sample(self, wait: WaitFor) -> None:
        def inside() -> None:
            CURRENT.set(wait)
            self.dog._sample(signal.SIGALRM, None)

        copy_context().run(inside)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    before = signal.getsignal(signal.SIGALRM)
    monkeypatch.setattr(signal, "setitimer", lambda *_: None)
    yield Watched()
    signal.signal(signal.SIGALRM, before)


def wait_of(number: int) -> WaitFor:
    return WaitFor(number, "my.Trigger", {}, "")


def test_many_that_take_a_little_each_are_not_blamed(watched: Watched) -> None:
    watched.dog.busy()
    until = time.monotonic() + 2 * PATIENCE_SECONDS
    number = 0
    while time.monotonic() < until:
        watched.sample(wait_of(number := number + 1))
    watched.dog.idle()
    assert (watched.named, watched.over) == ([], [])


def test_the_one_that_blocks_is_named_once(watched: Watched) -> None:
    blocks = wait_of(7)
    watched.dog.busy()
    watched.sample(wait_of(1))
    until = time.monotonic() + 2 * PATIENCE_SECONDS
    while time.monotonic() < until:
        watched.sample(blocks)
    watched.dog.idle()
    assert watched.named == [7]
    assert watched.over[0] > PATIENCE_SECONDS


def test_a_new_turn_begins_without_suspicion(watched: Watched) -> None:
    same = wait_of(7)
    until = time.monotonic() + 2 * PATIENCE_SECONDS
    while time.monotonic() < until:
        watched.dog.busy()
        watched.sample(same)
        watched.dog.idle()
    assert watched.named == []
