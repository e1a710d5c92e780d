"""A challenger that fails, or cannot keep up: the log and the numbers know, and no request is lost."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from tradewind.ml.serving.numbers import Numbers
from tradewind.ml.serving.request_log import LoggedRequest
from tradewind.ml.serving.shadow import QUEUED_REQUESTS, Shadow
from tradewind.ml.serving.sources import Loaded

pytest.importorskip("prometheus_client")
pytestmark = pytest.mark.timeout(300)
FRAME = pd.DataFrame({"a": [1, 2]})


class Model:
    def __init__(self, predict: Any) -> None:
        self.predict = predict


def shadow_of(predict: Any, kept: list[LoggedRequest], numbers: Numbers) -> Shadow:
    loaded = Loaded("churn", "7", Model(predict), (), {})
    return Shadow(SimpleNamespace(current=loaded), numbers, kept.append)  # type: ignore[arg-type]


def asked(number: int = 0) -> LoggedRequest:
    return LoggedRequest(f"r{number}", datetime(2026, 1, 1, tzinfo=UTC), "1", ["a"], [[1], [2]], [0, 1])


def fail(rows: Any) -> Any:
    raise MemoryError("too much")


@pytest.mark.parametrize(
    ("predict", "said"),
    [(fail, "too much"), (lambda rows: [1], "1 predictions for 2 rows")],
    ids=["it raises", "it answers with too few"],
)
def test_a_challenger_that_fails_is_told_of_in_the_log(predict: Any, said: str) -> None:
    kept: list[LoggedRequest] = []
    numbers = Numbers("churn")
    shadow = shadow_of(predict, kept, numbers)
    shadow.offer(FRAME, asked())
    shadow.close()
    (one,) = kept
    assert (one.shadow_version, one.shadow_predictions, one.predictions) == ("7", None, [0, 1])
    assert said in one.shadow_error
    assert b'tradewind_serve_errors_total{kind="shadow",model="churn"} 1.0' in numbers.text("1")


def test_what_a_slow_challenger_cannot_keep_up_with_is_logged_without_it() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(rows: Any) -> Any:
        begun.set()
        go_on.wait(120)
        return [0, 0]

    kept: list[LoggedRequest] = []
    numbers = Numbers("churn")
    shadow = shadow_of(slow, kept, numbers)
    shadow.offer(FRAME, asked())
    assert begun.wait(120)
    for number in range(1, QUEUED_REQUESTS + 3):
        shadow.offer(FRAME, asked(number))
    assert [one.shadow_version for one in kept] == ["", ""]
    go_on.set()
    shadow.close()
    assert len({one.id for one in kept}) == QUEUED_REQUESTS + 3
    assert b'tradewind_serve_dropped_total{model="churn",queue="shadow"} 2.0' in numbers.text("1")
