"""One column, before and now: statistics, a p-value, and whether what differs is large enough to matter."""

from __future__ import annotations

from typing import Any, NamedTuple

from tradewind.ml.drifting.bins import Binned, bin_categories, bin_numbers, pooled
from tradewind.ml.drifting.statistics import (
    chi_squared,
    jensen_shannon_distance,
    kolmogorov_smirnov,
    population_stability_index,
    wasserstein_distance,
)
from tradewind.ml.profiling.column import Column
from tradewind.ml.profiling.column_profile import label
from tradewind.model.entries import ColumnDrift

NAMED = 5
NUMBERS = frozenset({"number", "time"})


class Compared(NamedTuple):
    drift: ColumnDrift
    """Its p-value not yet corrected, `drifted` not yet decided."""
    is_certain: bool = False
    """No test is needed: the column is gone, or of another kind."""


class _Pair(NamedTuple):
    before: Column
    now: Column
    values_before: Any
    """Finite, where they are numbers; what is infinite counts as missing."""
    values_now: Any

    @property
    def nulls(self) -> tuple[int, int]:
        return self.before.rows - len(self.values_before), self.now.rows - len(self.values_now)

    @property
    def shares(self) -> tuple[float, float]:
        before, now = self.nulls
        return before / max(self.before.rows, 1), now / max(self.now.rows, 1)


def compare(before: Column | None, now: Column | None, *, with_time: bool = False) -> Compared:
    """None: the column is not there. Later data has later instants: without `with_time` they are no drift."""
    if before is None or now is None:
        return _only_one(before, now)
    kinds = {before.kind, now.kind} - {"empty"}
    if "nested" in kinds:
        return Compared(ColumnDrift(now.name, "category", {}, reason="nested values are not compared"))
    if len({kind in NUMBERS for kind in kinds}) > 1:
        why = f"the type changed: {before.read.dtype} before, {now.read.dtype} now"
        return Compared(ColumnDrift(now.name, _kind(now), {}, drifted=True, reason=why), is_certain=True)
    if kinds == {"time"} and not with_time:
        why = "instants are compared only where columns= names them"
        return Compared(ColumnDrift(now.name, "numeric", {}, reason=why))
    pair = _Pair(before, now, _usable(before), _usable(now))
    if not len(pair.values_before) or not len(pair.values_now):
        return _all_missing(pair)
    return _numbers(pair) if kinds <= NUMBERS else _categories(pair)


def _only_one(before: Column | None, now: Column | None) -> Compared:
    if before is None:
        assert now is not None, "a column is somewhere"
        return Compared(ColumnDrift(now.name, _kind(now), {}, reason="a new column: the reference does not have it"))
    drift = ColumnDrift(before.name, _kind(before), {}, drifted=True, reason="the column is missing now")
    return Compared(drift, is_certain=True)


def _all_missing(pair: _Pair) -> Compared:
    nulls_before, nulls_now = pair.nulls
    if not len(pair.values_before) and not len(pair.values_now):
        why = "every value is missing, in the reference as well"
    else:
        why = "every value is missing now" if not len(pair.values_now) else "the reference has no value of it"
    counts = [len(pair.values_before), nulls_before], [len(pair.values_now), nulls_now]
    statistics = _over_bins(*counts)
    p_value = chi_squared(*counts)[1] if len(pair.values_before) or len(pair.values_now) else None
    kind = "numeric" if {pair.before.kind, pair.now.kind} & NUMBERS else "category"
    return Compared(ColumnDrift(pair.now.name, kind, statistics, p_value, reason=why, nulls=pair.shares))


def _numbers(pair: _Pair) -> Compared:
    before, now = pair.values_before, pair.values_now
    binned = bin_numbers(before, now)
    distance, p_value = kolmogorov_smirnov(before, now)
    spread = float(before.std())
    statistics: dict[str, float | None] = {
        **_over_bins(*_with_nulls(binned, pair)),
        "ks": distance,
        "wasserstein": wasserstein_distance(before, now) / (spread or 1.0),
    }
    return _made(pair, "numeric", statistics, p_value, binned, "")


def _categories(pair: _Pair) -> Compared:
    binned = bin_categories(pair.values_before, pair.values_now)
    statistic, p_value = chi_squared(*pooled(binned.reference, binned.current))
    statistics: dict[str, float | None] = {**_over_bins(*_with_nulls(binned, pair)), "chi2": statistic}
    return _made(pair, "category", statistics, p_value, binned, _what_is_new(binned))


def _made(
    pair: _Pair, kind: Any, statistics: dict[str, float | None], p_value: float, binned: Binned, reason: str
) -> Compared:
    shares = pair.shares
    if any(pair.nulls):
        # Two tests of one column: the smaller p-value counts, twice (Bonferroni).
        rows = (len(pair.values_before), len(pair.values_now))
        of_nulls = chi_squared([rows[0], pair.nulls[0]], [rows[1], pair.nulls[1]])[1]
        p_value = min(1.0, 2 * min(p_value, of_nulls))
    return Compared(
        ColumnDrift(
            column=pair.now.name,
            kind=kind,
            statistics=statistics,
            p_value=p_value,
            reason=reason,
            nulls=shares,
            labels=tuple(label(one) for one in binned.labels),
            reference_counts=binned.reference,
            current_counts=binned.current,
        )
    )


def _over_bins(reference: Any, current: Any) -> dict[str, float | None]:
    return {
        "psi": population_stability_index(reference, current),
        "jensen_shannon": jensen_shannon_distance(reference, current),
    }


def _with_nulls(binned: Binned, pair: _Pair) -> tuple[list[int], list[int]]:
    """Missing values are a bin of their own, where there are any."""
    before, now = pair.nulls
    more = (before or now) and 1
    return [*binned.reference, *[before] * more], [*binned.current, *[now] * more]


def _what_is_new(binned: Binned) -> str:
    said = [
        f"{what}: {', '.join(label(name) for name in names[:NAMED])}" + (" …" if len(names) > NAMED else "")
        for what, names in (("new categories", binned.new), ("no longer there", binned.gone))
        if names
    ]
    return "; ".join(said)


def _usable(column: Column) -> Any:
    import numpy  # the frame's library has imported it

    return column.values[numpy.isfinite(column.values)] if column.kind in NUMBERS else column.values


def _kind(column: Column) -> Any:
    return "numeric" if column.kind in NUMBERS else "category"
