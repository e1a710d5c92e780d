"""What a try logs is told at once or a tenth of a second later, in order, and all of it."""

from __future__ import annotations

import math
import threading
from collections.abc import Generator
from typing import Any

import pytest

from tradewind.authoring import metrics, ports
from tradewind.authoring.metrics import MOST_POINTS_HELD, HeldMetrics, log_metric, log_metrics
from tradewind.model.messages import LogMetric, LogMetrics


class Listening:
    def __init__(self) -> None:
        self.told: list[Any] = []
        self.heard = threading.Semaphore(0)

    def ask(self, request: Any) -> None:
        return None

    def tell(self, notice: Any) -> None:
        self.told.append(notice)
        self.heard.release()

    @property
    def points(self) -> list[tuple[str, float, int | None]]:
        found: list[tuple[str, float, int | None]] = []
        for one in self.told:
            found += [(one.name, one.value, one.step)] if isinstance(one, LogMetric) else one.points
        return found


@pytest.fixture
def listening() -> Generator[Listening]:
    new = Listening()
    ports.install(new)
    yield new
    metrics.begin(None)
    ports.install(None)


def test_the_first_after_a_pause_is_told_at_once_and_the_next_ones_together(listening: Listening) -> None:
    now = [0.0]
    held = HeldMetrics("try", lambda: now[0])
    held.add("loss", 3.0, None)
    assert listening.told == [LogMetric("try", "loss", 3.0, None)]
    held.add("loss", 2.0, 1)
    held.add("loss", 1.0, 2)
    held.close()
    assert listening.points == [("loss", 3.0, None), ("loss", 2.0, 1), ("loss", 1.0, 2)]


def test_what_is_held_back_is_told_without_another_one(listening: Listening) -> None:
    held = HeldMetrics("try", lambda: 0.0)
    held.add("loss", 2.0, 1)
    held.add("loss", 1.0, 2)
    assert listening.heard.acquire(timeout=60)
    assert listening.heard.acquire(timeout=60), "the flusher has told the second"
    assert listening.points == [("loss", 2.0, 1), ("loss", 1.0, 2)]
    held.close()


def test_many_are_told_in_bounded_batches_and_none_is_lost(listening: Listening) -> None:
    metrics.begin("try")
    count = 5 * MOST_POINTS_HELD + 3
    for step in range(count):
        log_metric("loss", 1.0, step)
    metrics.begin(None)
    assert [step for _, _, step in listening.points] == list(range(count))
    assert max(len(one.points) for one in listening.told if isinstance(one, LogMetrics)) <= MOST_POINTS_HELD


def test_threads_log_at_the_same_time(listening: Listening) -> None:
    metrics.begin("try")

    def log(name: str) -> None:
        for step in range(2000):
            log_metric(name, 0.0, step)

    threads = [threading.Thread(target=log, args=(f"t{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    metrics.flush()
    for number in range(4):
        assert [step for name, _, step in listening.points if name == f"t{number}"] == list(range(2000))


def test_odd_values_and_names(listening: Listening) -> None:
    metrics.begin("try")
    log_metrics({"val/loss ü": math.nan, "überall": math.inf, "down": -math.inf})
    metrics.flush()
    assert [name for name, _, _ in listening.points] == ["val/loss ü", "überall", "down"]
    assert math.isnan(listening.points[0][1])
    assert [value for _, value, _ in listening.points[1:]] == [math.inf, -math.inf]


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [("", 1.0, ValueError), ("x" * 251, 1.0, ValueError), ("a", "many", ValueError), ("a", None, TypeError)],
    ids=["no name", "long name", "text", "None"],
)
def test_what_is_no_metric(listening: Listening, name: str, value: Any, error: type[Exception]) -> None:
    metrics.begin("try")
    with pytest.raises(error):
        log_metric(name, value)


def test_a_listener_hears_each_batch(listening: Listening) -> None:
    metrics.begin("try")
    heard: list[Any] = []
    log_metric("before", 1.0)
    metrics.listen(heard.extend)
    log_metric("loss", 1.0, 1)
    metrics.flush()
    assert heard == [("loss", 1.0, 1)]


def test_who_listens_late_gets_what_was_told_before_and_not_without_end(listening: Listening) -> None:
    metrics.begin("try")
    metrics.log_metric("rows", 7)
    for step in range(metrics.MOST_EARLY_POINTS + 1):
        metrics.log_metric("loss", 0.5, step)
    metrics.flush()
    early = metrics.take_early()
    assert early[0] == ("rows", 7.0, None)
    assert early[-1] == ("loss", 0.5, metrics.MOST_EARLY_POINTS)
    assert len(early) <= metrics.MOST_EARLY_POINTS
    assert not metrics.has_early()
