"""Two samples counted over the same bins: numbers by the reference's quantiles, categories by the reference's names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple, cast

NUMBER_BINS = 10
MOST_CATEGORIES = 50
OTHERS = "(others)"


class Binned(NamedTuple):
    labels: tuple[str, ...]
    """Of numbers the edges, one more than there are bins; else the categories."""
    reference: tuple[int, ...]
    current: tuple[int, ...]
    new: tuple[str, ...] = ()
    """Categories that the reference has none of, most frequent first."""
    gone: tuple[str, ...] = ()


def bin_numbers(reference: Any, current: Any, bins: int = NUMBER_BINS) -> Binned:
    """About equally many of the reference in each bin. What is now beyond the reference's range has bins of its own."""
    import numpy  # of whoever has data

    least, largest = float(reference.min()), float(reference.max())
    low, high = min(least, float(current.min())), max(largest, float(current.max()))
    quantiles = numpy.quantile(reference, numpy.arange(1, bins) / bins, method="higher")
    beyond = numpy.array([least, numpy.nextafter(largest, numpy.inf)])
    inner = numpy.unique(numpy.concatenate((quantiles, beyond)))
    inner = inner[(inner > low) & (inner <= high)]
    labels = tuple(f"{edge:.6g}" for edge in (low, *inner.tolist(), high))
    return Binned(labels, _counts(reference, inner), _counts(current, inner))


def _counts(values: Any, inner: Any) -> tuple[int, ...]:
    """A value that is an edge belongs to the bin above it."""
    import numpy  # of whoever has data

    places = cast("Any", numpy.searchsorted(inner, values, side="right"))
    return tuple(int(count) for count in numpy.bincount(places, minlength=len(inner) + 1))


def bin_categories(reference: Sequence[str], current: Sequence[str], most: int = MOST_CATEGORIES) -> Binned:
    """The reference's most frequent categories, then the most frequent new ones, then all others together."""
    before: Counter[str] = Counter(reference)
    now: Counter[str] = Counter(current)
    new = tuple(name for name, _ in now.most_common() if name not in before)
    gone = tuple(name for name, _ in before.most_common() if name not in now)
    shown = [*(name for name, _ in before.most_common(most)), *new[:most]]
    counts = ([counted[name] for name in shown] for counted in (before, now))
    first, second = (
        [*own, total - sum(own)] for own, total in zip(counts, (len(reference), len(current)), strict=True)
    )
    labels = [*shown, OTHERS]
    if not first[-1] and not second[-1]:
        labels, first, second = labels[:-1], first[:-1], second[:-1]
    return Binned(tuple(labels), tuple(first), tuple(second), new, gone)


def pooled(reference: Sequence[int], current: Sequence[int], least: float = 5.0) -> tuple[list[int], list[int]]:
    """Bins of which fewer than `least` would be expected in one of the samples, put together: with fewer the statistic
    does not have the chi-squared distribution (Cochran 1954)."""
    total = max(sum(reference) + sum(current), 1)
    smaller = min(sum(reference), sum(current)) / total
    own: tuple[list[int], list[int]] = ([], [])
    rest = [0, 0]
    for before, now in zip(reference, current, strict=True):
        if (before + now) * smaller >= least:
            own[0].append(before)
            own[1].append(now)
        else:
            rest = [rest[0] + before, rest[1] + now]
    if any(rest):
        own[0].append(rest[0])
        own[1].append(rest[1])
    return own
