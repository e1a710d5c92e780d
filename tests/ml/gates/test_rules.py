"""Numbers become passed, failed or unsure; rules that make no sense are refused where they are written."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tradewind.ml.gates.rules import Rule, against_threshold, better, better_by_mcnemar, not_surely_worse
from tradewind.ml.gates.statistics import Interval


def interval(difference: float, low: float, high: float) -> Interval:
    return Interval(difference, low, high, 0.5)


@pytest.mark.parametrize(
    ("value", "threshold", "sign", "expected"),
    [
        (0.9, 0.8, 1, "passed"),
        (0.8, 0.8, 1, "passed"),
        (0.7, 0.8, 1, "failed"),
        (0.7, 0.8, -1, "passed"),
        (0.9, 0.8, -1, "failed"),
        (math.nan, 0.8, 1, "failed"),
        (math.nan, 0.8, -1, "failed"),
        (math.inf, 0.8, -1, "failed"),
    ],
)
def test_a_threshold(value: float, threshold: float, sign: int, expected: str) -> None:
    assert against_threshold(value, threshold, sign)[0] == expected


@pytest.mark.parametrize(
    ("found", "better_by", "expected"),
    [
        (interval(0.05, 0.02, 0.08), 0.0, "passed"),
        (interval(0.05, 0.02, 0.08), 0.01, "passed"),
        (interval(0.05, 0.02, 0.08), 0.05, "unsure"),
        (interval(0.05, 0.02, 0.08), 0.1, "failed"),
        (interval(0.0, 0.0, 0.0), 0.0, "failed"),
        (interval(0.01, -0.02, 0.04), 0.0, "unsure"),
        (interval(-0.05, -0.08, -0.02), 0.0, "failed"),
        (interval(-0.005, -0.01, 0.0), -0.02, "passed"),
        (interval(0.0, 0.0, 0.0), -0.02, "passed"),
        (interval(math.nan, math.nan, math.nan), 0.0, "failed"),
    ],
)
def test_better_than_the_champion(found: Interval, better_by: float, expected: str) -> None:
    assert better(found, better_by)[0] == expected


@pytest.mark.parametrize(
    ("difference", "p_value", "better_by", "expected"),
    [
        (0.05, 0.001, 0.0, "passed"),
        (0.05, 0.001, 0.1, "failed"),
        (-0.05, 0.001, 0.0, "failed"),
        (0.05, 0.2, 0.0, "unsure"),
        (0.0, 1.0, 0.0, "unsure"),
        (0.0, 1.0, -0.1, "passed"),
    ],
)
def test_better_by_mcnemar(difference: float, p_value: float, better_by: float, expected: str) -> None:
    found = interval(difference, difference - 0.01, difference + 0.01)
    assert better_by_mcnemar(found, p_value, better_by, 0.95)[0] == expected


def test_a_slice_holds_only_for_what_is_certain() -> None:
    assert not_surely_worse(interval(-0.1, -0.3, 0.1), 0.0)[0] == "passed"
    assert not_surely_worse(interval(-0.1, -0.2, -0.05), 0.0)[0] == "failed"
    assert not_surely_worse(interval(-0.1, -0.2, -0.05), 0.06)[0] == "passed"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"metric": "accuracy"}, "asks nothing"),
        ({"metric": "acuracy", "threshold": 1.0}, "none of the metrics that a gate computes"),
        ({"metric": "f1", "better_by": 0.0, "test": "mcnemar"}, "about accuracy"),
        ({"metric": "f1", "better_by": 0.0, "confidence": 95}, "between 0.5 and 1"),
    ],
    ids=["nothing", "unknown", "mcnemar", "confidence"],
)
def test_rules_that_make_no_sense(arguments: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Rule(**arguments)
