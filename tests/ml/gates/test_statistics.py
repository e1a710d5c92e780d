"""The tests of a gate, against scipy's."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tradewind.ml.gates.metrics import METRICS
from tradewind.ml.gates.statistics import MANY_ROWS, mcnemar, paired_means, paired_statistic

stats = pytest.importorskip("scipy.stats")


@settings(deadline=None)
@given(st.integers(0, 300), st.integers(0, 300))
def test_mcnemar_is_the_exact_binomial_test(one: int, other: int) -> None:
    expected = stats.binomtest(one, one + other, 0.5).pvalue if one + other else 1.0
    assert mcnemar(one, other) == pytest.approx(expected, rel=1e-9)


@settings(deadline=None)
@given(st.integers(0, 2000), st.integers(0, 2000))
def test_mcnemar_does_not_care_who_is_who(one: int, other: int) -> None:
    assert mcnemar(one, other) == mcnemar(other, one)
    assert 0 <= mcnemar(one, other) <= 1


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(-1, 1), st.sampled_from([0.8, 0.9, 0.95]))
def test_the_bootstrap_is_as_scipys(seed: int, shift: float, confidence: float) -> None:
    random = np.random.default_rng(seed)
    old = random.normal(size=150)
    new = old + random.normal(shift, 1, size=150)
    found = paired_means(new, old, confidence=confidence, resamples=4000, seed=seed)
    theirs = stats.bootstrap(
        (new - old,), np.mean, confidence_level=confidence, n_resamples=4000, method="percentile", rng=seed + 1
    ).confidence_interval
    width = theirs.high - theirs.low
    assert found.difference == pytest.approx(float((new - old).mean()))
    assert found.low == pytest.approx(theirs.low, abs=0.2 * width)
    assert found.high == pytest.approx(theirs.high, abs=0.2 * width)


def test_many_rows_are_taken_as_normal_and_agree_with_the_t_test() -> None:
    random = np.random.default_rng(1)
    old = random.normal(size=MANY_ROWS)
    new = old + random.normal(0.01, 1, size=MANY_ROWS)
    found = paired_means(new, old, confidence=0.95)
    theirs = stats.ttest_rel(new, old)
    interval = theirs.confidence_interval(0.95)
    assert found.p_value == pytest.approx(theirs.pvalue, rel=1e-2)
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high), abs=1e-4)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_any_statistic_gives_what_the_mean_gives(seed: int) -> None:
    random = np.random.default_rng(seed)
    truth = random.normal(size=80)
    new, old = truth + random.normal(0, 1, 80), truth + random.normal(0, 1.2, 80)
    mae = METRICS["mae"]
    assert mae.per_row is not None
    fast = paired_means(mae.per_row(truth, new), mae.per_row(truth, old), confidence=0.9, resamples=1500)
    slow = paired_statistic(mae.of, truth, new, old, confidence=0.9, resamples=1500)
    assert slow.difference == pytest.approx(fast.difference)
    assert (slow.low, slow.high) == pytest.approx((fast.low, fast.high), abs=0.2 * (fast.high - fast.low))


def test_equal_models_do_not_differ() -> None:
    same = np.ones(40)
    found = paired_means(same, same, confidence=0.95)
    assert (found.difference, found.low, found.high, found.p_value) == (0, 0, 0, 1)


def test_a_metric_that_is_defined_on_no_resample_says_nothing() -> None:
    def never(truth: object, guess: object) -> float:
        return math.nan

    found = paired_statistic(never, np.zeros(5), np.zeros(5), np.zeros(5), confidence=0.95, resamples=10)
    assert (found.low, found.high, found.p_value) == (-math.inf, math.inf, 1.0)
