"""Statistics of two samples: pure functions of NumPy arrays, without missing values. tests/ml/drifting holds them to
SciPy's. `scipy.special` alone is imported, where a p-value is made: `scipy.stats` costs 2 s."""

from __future__ import annotations

import math
from typing import Any

SMALLEST_SHARE = 1e-4
"""What an empty bin counts as in the stability index: its logarithm would be infinite."""
KS_SMALL, KS_SMALLER = 0.12, 0.11
"""Stephens' correction of the asymptotic distribution (1970), good from about five values on."""


def population_stability_index(reference: Any, current: Any) -> float:
    """PSI of two lists of counts over the same bins (Siddiqi 2006): the sum of (q - p) ln(q / p). Below 0.1 is taken
    for stable, from 0.25 on for a shift."""
    import numpy  # of whoever has data

    p = numpy.maximum(_shares(reference), SMALLEST_SHARE)
    q = numpy.maximum(_shares(current), SMALLEST_SHARE)
    return float(((q - p) * numpy.log(q / p)).sum())


def jensen_shannon_distance(reference: Any, current: Any) -> float:
    """Of two lists of counts over the same bins, to base 2: 0 for the same, 1 where they share no bin."""
    import numpy  # of whoever has data

    p, q = _shares(reference), _shares(current)
    middle = (p + q) / 2
    with numpy.errstate(divide="ignore", invalid="ignore"):
        left = numpy.where(p > 0, p * numpy.log2(p / middle), 0.0).sum()
        right = numpy.where(q > 0, q * numpy.log2(q / middle), 0.0).sum()
    return math.sqrt(max(float(left + right) / 2, 0.0))


def kolmogorov_smirnov(reference: Any, current: Any) -> tuple[float, float]:
    """(largest distance between the two distribution functions, two-sided p-value)."""
    import numpy  # of whoever has data
    from scipy.special import kolmogorov  # pyright: ignore  # an optional extra

    a, b = numpy.sort(reference), numpy.sort(current)
    values = numpy.concatenate((a, b))
    below_a = numpy.searchsorted(a, values, side="right") / len(a)
    below_b = numpy.searchsorted(b, values, side="right") / len(b)
    distance = float(numpy.abs(below_a - below_b).max())
    size = math.sqrt(len(a) * len(b) / (len(a) + len(b)))
    return distance, float(kolmogorov((size + KS_SMALL + KS_SMALLER / size) * distance))


def wasserstein_distance(reference: Any, current: Any) -> float:
    """How far values have to be moved on average, in the column's own unit."""
    import numpy  # of whoever has data

    a, b = numpy.sort(reference), numpy.sort(current)
    values = numpy.sort(numpy.concatenate((a, b)))
    below_a = numpy.searchsorted(a, values[:-1], side="right") / len(a)
    below_b = numpy.searchsorted(b, values[:-1], side="right") / len(b)
    return float((numpy.abs(below_a - below_b) * numpy.diff(values)).sum())


def chi_squared(reference: Any, current: Any) -> tuple[float, float]:
    """(statistic, p-value) of Pearson's test that two lists of counts come from one distribution. Bins that are empty
    in both have no part; one bin alone has the p-value 1."""
    import numpy  # of whoever has data
    from scipy.special import chdtrc  # pyright: ignore  # an optional extra

    table = numpy.array([reference, current], dtype=float)
    table = table[:, table.sum(axis=0) > 0]
    if table.shape[1] < 2 or not table.sum(axis=1).all():
        return 0.0, 1.0
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0, keepdims=True) / table.sum()
    statistic = float(((table - expected) ** 2 / expected).sum())
    return statistic, float(chdtrc(table.shape[1] - 1, statistic))


def auc_p_value(auc: float, reference_rows: int, current_rows: int) -> float:
    """That a ranking of so many rows which knows nothing has this area under its ROC curve, or a larger one: the normal
    approximation of Mann and Whitney's test (1947)."""
    deviation = math.sqrt((reference_rows + current_rows + 1) / (12 * reference_rows * current_rows))
    return math.erfc((auc - 0.5) / deviation / math.sqrt(2)) / 2


def _shares(counts: Any) -> Any:
    import numpy  # of whoever has data

    counted = numpy.asarray(counts, dtype=float)
    return counted / max(float(counted.sum()), 1.0)
