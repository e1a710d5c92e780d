"""What running tries use of the machine."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from tradewind.executors.local.sampling import FIRST_SECONDS, Sampler, family_cpu_seconds, gpu_use
from tradewind.model.messages import LogMetric


class ByHand:
    """Timers whose time comes when a test says so."""

    def __init__(self) -> None:
        self.calls: list[Callable[[], None]] = []

    def after(self, seconds: float, call: Callable[[], None]) -> None:
        assert seconds == FIRST_SECONDS
        self.calls.append(call)

    def come(self) -> None:
        calls, self.calls = self.calls, []
        for call in calls:
            call()


class House:
    def __init__(self) -> None:
        self.timers = ByHand()
        self.now = 100.0
        self.told: list[LogMetric] = []
        own: Any = SimpleNamespace(try_id="a", child=SimpleNamespace(pid=os.getpid()), grant=None)
        self.live: list[Any] = [own]
        timers: Any = self.timers
        self.sampler = Sampler(timers, lambda: self.live, self.told.append, lambda: self.now)

    def look(self, after_seconds: float = 2.0) -> set[str]:
        """Names of what the next look tells."""
        self.told.clear()
        self.now += after_seconds
        self.timers.come()
        return {one.name for one in self.told}


def test_a_try_is_sampled_from_its_second_look_on() -> None:
    house = House()
    house.sampler.begin()
    assert house.look() == set()
    assert house.look() == {"tradewind.cpu_percent", "tradewind.rss_bytes"}
    memory = next(one.value for one in house.told if one.name == "tradewind.rss_bytes")
    assert memory > 1e6


def test_an_old_try_is_sampled_more_seldom() -> None:
    house = House()
    house.sampler.begin()
    house.look()
    assert house.look(after_seconds=3_000.0)
    assert house.look() == set()
    assert house.look(after_seconds=20.0)


def test_nothing_is_looked_at_where_nothing_runs() -> None:
    house = House()
    house.sampler.begin()
    house.live.clear()
    house.look()
    assert house.timers.calls == []


def test_only_one_look_is_waited_for() -> None:
    house = House()
    for _ in range(5):
        house.sampler.begin()
    assert len(house.timers.calls) == 1


def test_cpu_time_grows_with_work() -> None:
    before = family_cpu_seconds(os.getpid())
    end = time.process_time() + 0.1
    while time.process_time() < end:
        sum(range(1000))
    assert family_cpu_seconds(os.getpid()) > before


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0, 87, 10\n1, 3, 0\n", {"0": (87.0, 10 * 2**20), "1": (3.0, 0.0)}),
        ("0, [N/A], 10\n", {}),
        ("", {}),
        ("No devices were found\n", {}),
    ],
    ids=["two", "one that cannot tell", "nothing", "words"],
)
def test_what_nvidia_smi_says(text: str, found: dict[str, tuple[float, float]]) -> None:
    assert gpu_use(text) == found
