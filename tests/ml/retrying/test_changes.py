"""What a retry may change, and of which class a failure is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewind import ml
from tradewind.authoring.exceptions import AirflowTaskTimeout
from tradewind.ml.retrying.changes import CannotChange
from tradewind.ml.retrying.failures import class_of, class_of_try
from tradewind.model.errors import TradewindError
from tradewind.model.records import TryRecord
from tradewind.model.states import TryPurpose, TryState


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        (ml.halve("x"), 64, 32),
        (ml.halve("x"), 3, 1),
        (ml.halve("x", at_least=10), 16, 10),
        (ml.halve("x", at_least=0), 0.5, 0.25),
        (ml.halve("x"), "64", "32"),
        (ml.double("x", at_most=6), 4, 6),
        (ml.scale("x", 0.1), 1.0, 0.1),
        (ml.use("x", "float16"), "float32", "float16"),
    ],
)
def test_a_change(change: Any, before: Any, after: Any) -> None:
    assert change.next_value(before) == after
    assert type(change.next_value(before)) is type(after)


@pytest.mark.parametrize(
    ("change", "value", "why"),
    [
        (ml.halve("x"), 1, "x is 1 already"),
        (ml.double("x", at_most=8), 8, "x is 8 already"),
        (ml.use("x", 3), 3, "x is 3 already"),
        (ml.halve("x"), "many", "no number"),
        (ml.halve("x"), None, "no number"),
        (ml.halve("x"), True, "no number"),
    ],
)
def test_what_cannot_be_changed(change: Any, value: Any, why: str) -> None:
    with pytest.raises(CannotChange, match=why):
        change.next_value(value)


@given(st.integers(min_value=1, max_value=10**9))
def test_halving_comes_to_its_end(value: int) -> None:
    for _ in range(40):
        try:
            value = ml.halve("x").next_value(value)
        except CannotChange:
            break
    assert value == 1


class OutOfMemoryError(RuntimeError):
    """As torch's."""


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (MemoryError(), "oom"),
        (OutOfMemoryError("x"), "oom"),
        (RuntimeError("CUDA out of memory. Tried to allocate 2 GiB"), "oom"),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory"), "oom"),
        (ml.NaNLoss("loss is nan"), "nan"),
        (AirflowTaskTimeout("too long"), "timeout"),
        (ValueError("x"), ""),
    ],
)
def test_of_which_class_an_exception_is(error: BaseException, expected: str) -> None:
    assert class_of(error) == expected


@pytest.mark.parametrize(
    ("state", "error_type", "error", "expected"),
    [
        (TryState.FAILED, "MemoryLimitExceeded", "over 2 GiB", "oom"),
        (TryState.LOST, "Lost", "ended by SIGKILL (9), probably because memory ran out: it had 900 MiB", "oom"),
        (TryState.LOST, "Lost", "ended by SIGKILL (9)", "lost"),
        (TryState.LOST, "TakenOver", "its process ended with the one that drove the run", ""),
        (TryState.FAILED, "AirflowTaskTimeout", "over time", "timeout"),
        (TryState.FAILED, "ValueError", "x", ""),
        (TryState.CANCELLED, None, None, ""),
    ],
    ids=["limit", "kernel", "killed", "taken over", "time", "reported", "cancelled"],
)
def test_of_which_class_the_end_of_a_try_is(
    state: TryState, error_type: str | None, error: str | None, expected: str
) -> None:
    record = TryRecord(
        "t", "train", (), 1, state, TryPurpose.EXECUTE, "local", "default_pool", 1, "log", datetime(2026, 1, 1, tzinfo=UTC),
        error_type=error_type, error=error,
    )  # fmt: skip
    assert class_of_try(record) == expected


def test_a_loss_that_is_none_is_told() -> None:
    assert ml.check_loss(0.5) == 0.5
    with pytest.raises(ml.NaNLoss, match="loss is nan at step 3"):
        ml.check_loss(float("nan"), 3)
    with pytest.raises(ml.NaNLoss, match="error is inf"):
        ml.check_loss(float("inf"), name="error")


@pytest.mark.parametrize("arguments", [{"oom": 3}, {"nan": []}, {"times": 0}, {"exceptions": {KeyError: "halve"}}])
def test_what_retry_on_refuses(arguments: dict[str, Any]) -> None:
    with pytest.raises(TradewindError, match="retry_on"):
        ml.retry_on(**arguments)
