"""Columns of pandas frames."""

from __future__ import annotations

import numbers
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from tradewind.ml.profiling.column import ColumnKind, Read

SNIFFED = 1000
"""Objects that are looked at to see what a column of objects holds."""


def read(frame: Any, place: int, chosen: Any) -> Read:
    import numpy  # comes with pandas

    series = frame.iloc[:, place]
    if chosen is not None:
        series = series.iloc[chosen]
    dtype, rows = str(series.dtype), len(series)
    kind_letter = getattr(series.dtype, "kind", "O")
    if dtype == "category":
        return _read(dtype, "category", _categories(series), rows)
    if kind_letter == "b":
        return _read(dtype, "category", [str(bool(value)) for value in series.dropna().to_numpy()], rows)
    if kind_letter in "iuf":
        values = series.to_numpy(dtype=numpy.float64, na_value=numpy.nan)
        return _read(dtype, "number", values[~numpy.isnan(values)], rows)
    if kind_letter in "mM" and hasattr(series, "dt"):
        return _read(dtype, "time", _seconds(series, numpy), rows)
    return read_objects(dtype, series[series.notna()].tolist(), rows)


def _read(dtype: str, kind: ColumnKind, values: Any, rows: int) -> Read:
    return Read(dtype, kind, values, len(values), rows)


def _categories(series: Any) -> list[str]:
    names = [str(name) for name in series.cat.categories]
    return [names[code] for code in series.cat.codes.to_numpy() if code >= 0]


def _seconds(series: Any, numpy: Any) -> Any:
    there = series.dropna()
    zoned = getattr(there.dt, "tz", None)
    if zoned is not None:
        there = there.dt.tz_convert("UTC").dt.tz_localize(None)
    unit = "timedelta64[us]" if series.dtype.kind == "m" else "datetime64[us]"
    return there.to_numpy().astype(unit).astype(numpy.int64) / 1e6


def read_objects(dtype: str, values: Sequence[Any], rows: int) -> Read:
    """Of Python objects, none of them missing."""
    import numpy  # comes with pandas

    first = values[:SNIFFED]
    if not values:
        return Read(dtype, "empty", [], 0, rows)
    if any(_is_nested(value) for value in first):
        return Read(dtype, "nested", None, len(values), rows)
    if all(_is_number(value) for value in first) and all(_is_number(value) for value in values):
        found = numpy.asarray([float(value) for value in values], dtype=numpy.float64)
        return _read(dtype, "number", found[~numpy.isnan(found)], rows)
    return _read(dtype, "category", [value if type(value) is str else str(value) for value in values], rows)


def _is_nested(value: Any) -> bool:
    return isinstance(value, (list, dict, tuple, set, bytes)) or (hasattr(value, "__array__") and bool(value.shape))


def _is_number(value: Any) -> bool:
    return type(value) is not bool and isinstance(value, (numbers.Real, Decimal))
