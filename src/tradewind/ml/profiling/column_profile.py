"""The profile of one column, from one sort of its numbers or one count of its categories."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tradewind.authoring.secrets import redact
from tradewind.ml.profiling.column import Column
from tradewind.model.entries import ColumnProfile

QUANTILES = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
BINS = 20
TOP = 20
LONGEST_LABEL = 80


def profile_column(column: Column) -> ColumnProfile:
    """Infinite values count, but have no part in mean, quantiles and histogram. Instants are seconds since 1970."""
    if column.kind in {"number", "time"}:
        return _of_numbers(column)
    if column.kind == "category":
        return _of_categories(column)
    return ColumnProfile(column.name, column.read.dtype, column.rows, column.nulls)


def _of_numbers(column: Column) -> ColumnProfile:
    import numpy  # the frame's library has imported it

    finite = column.values[numpy.isfinite(column.values)]
    ordered = numpy.sort(finite)
    if not len(ordered):
        return ColumnProfile(column.name, column.read.dtype, column.rows, column.nulls)
    places = [round(share * (len(ordered) - 1)) for share in QUANTILES]
    edges, counts = histogram_of_sorted(ordered)
    with numpy.errstate(over="ignore", invalid="ignore"):  # numbers near the largest there are have no sum
        mean, std = float(ordered.mean()), float(ordered.std())
    return ColumnProfile(
        column=column.name,
        dtype=column.read.dtype,
        count=column.rows,
        nulls=column.nulls,
        distinct=int((ordered[1:] != ordered[:-1]).sum()) + 1,
        mean=_finite(mean),
        std=_finite(std),
        minimum=float(ordered[0]),
        maximum=float(ordered[-1]),
        quantiles={str(share): float(ordered[place]) for share, place in zip(QUANTILES, places, strict=True)},
        histogram_edges=edges,
        histogram_counts=counts,
    )


def histogram_of_sorted(ordered: Any, bins: int = BINS) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """Equally wide bins from the least to the largest; one bin where all are equal. `bins + 1` edges."""
    import numpy  # the frame's library has imported it

    low, high = float(ordered[0]), float(ordered[-1])
    steps = numpy.arange(bins + 1) / bins
    edges = low * (1 - steps) + high * steps  # `high - low` may be more than a float can hold
    if not (numpy.diff(edges) > 0).all():
        return (low, high), (len(ordered),)
    inner = numpy.searchsorted(ordered, edges[1:-1], side="left")
    counts = numpy.diff(numpy.concatenate(([0], inner, [len(ordered)])))
    return tuple(edges.tolist()), tuple(counts.tolist())


def _of_categories(column: Column) -> ColumnProfile:
    counted: Counter[str] = Counter(column.values)
    return ColumnProfile(
        column=column.name,
        dtype=column.read.dtype,
        count=column.rows,
        nulls=column.nulls,
        distinct=len(counted),
        top=tuple((label(name), count) for name, count in counted.most_common(TOP)),
    )


def label(value: str) -> str:
    """A category as it is shown: secrets masked, then cut."""
    shown = redact(value)
    return shown if len(shown) <= LONGEST_LABEL else shown[: LONGEST_LABEL - 1] + "…"


def _finite(value: float) -> float | None:
    return value if abs(value) < float("inf") else None
