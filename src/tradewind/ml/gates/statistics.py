"""Whether two models differ on the same rows: pure functions over arrays.

Paired bootstrap: Efron & Tibshirani, An Introduction to the Bootstrap (1993), percentile intervals. McNemar's test in
its exact form: Dietterich, Approximate Statistical Tests for Comparing Supervised Classification Learning Algorithms
(1998).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

RESAMPLES = 2000
MANY_ROWS = 50_000
"""From here on the mean of the rows is normal for all purposes, and resampling it would only cost time."""
_CHUNK_NUMBERS = 4_000_000

Array = NDArray[Any]
Statistic = Callable[[Array, Array], float]
"""(truth, prediction) → number."""


class Interval(Struct, frozen=True):
    """Of a difference: challenger less champion."""

    difference: float
    low: float
    high: float
    p_value: float
    """Two-sided, of no difference."""


def mcnemar(only_challenger: int, only_champion: int) -> float:
    """The exact two-sided p-value, given on how many rows only the one, and only the other, was right."""
    total = only_challenger + only_champion
    if total == 0:
        return 1.0
    fewer = np.arange(min(only_challenger, only_champion) + 1)
    log_choose = math.lgamma(total + 1) - _log_gamma(fewer + 1) - _log_gamma(total - fewer + 1)
    return min(1.0, 2.0 * float(np.exp(log_choose - total * math.log(2)).sum()))


def paired_means(
    challenger: Array, champion: Array, *, confidence: float, resamples: int = RESAMPLES, seed: int = 0
) -> Interval:
    """Of a metric that is the mean of a number a row."""
    rows = np.asarray(challenger, dtype=float) - np.asarray(champion, dtype=float)
    difference = float(rows.mean())
    if len(rows) >= MANY_ROWS:
        return _normal(difference, float(rows.std(ddof=1)) / math.sqrt(len(rows)), confidence)
    random = np.random.default_rng(seed)
    chunk = max(1, _CHUNK_NUMBERS // len(rows))
    means: list[Array] = []
    for start in range(0, resamples, chunk):
        picked = random.integers(0, len(rows), (min(chunk, resamples - start), len(rows)))
        means.append(rows[picked].mean(axis=1))
    return _percentiles(difference, np.concatenate(means), confidence)


def paired_statistic(
    statistic: Statistic,
    truth: Array,
    challenger: Array,
    champion: Array,
    *,
    confidence: float,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Interval:
    """Of any metric. Resamples on which it is not defined (of one class alone) are left out."""
    random = np.random.default_rng(seed)
    found: list[float] = []
    for _ in range(resamples):
        rows = random.integers(0, len(truth), len(truth))
        try:
            found.append(statistic(truth[rows], challenger[rows]) - statistic(truth[rows], champion[rows]))
        except ValueError:
            continue
    differences = np.asarray([one for one in found if not math.isnan(one)])
    difference = statistic(truth, challenger) - statistic(truth, champion)
    if not len(differences):
        return Interval(difference, -math.inf, math.inf, 1.0)
    return _percentiles(difference, differences, confidence)


def _percentiles(difference: float, resampled: Array, confidence: float) -> Interval:
    tail = (1 - confidence) / 2
    low, high = np.quantile(resampled, [tail, 1 - tail])
    beyond = min(int((resampled <= 0).sum()), int((resampled >= 0).sum()))
    p_value = min(1.0, 2 * (beyond + 1) / (len(resampled) + 1))
    return Interval(difference, float(low), float(high), p_value)


def _normal(difference: float, error: float, confidence: float) -> Interval:
    if error == 0:
        return Interval(difference, difference, difference, 1.0 if difference == 0 else 0.0)
    wide = NormalDist().inv_cdf((1 + confidence) / 2) * error
    p_value = 2 * (1 - NormalDist().cdf(abs(difference) / error))
    return Interval(difference, difference - wide, difference + wide, p_value)


def _log_gamma(values: Array) -> Array:
    return np.asarray([math.lgamma(float(one)) for one in values])
