"""Columns of polars frames."""

from __future__ import annotations

from typing import Any

from tradewind.ml.profiling.column import Read
from tradewind.ml.profiling.pandas_columns import read_objects


def read(frame: Any, place: int, chosen: Any) -> Read:
    import numpy  # needed for what is made of the column
    import polars  # the frame's own library

    series = frame.to_series(place)
    if chosen is not None:
        series = series.gather(chosen)
    dtype, rows, there = series.dtype, len(series), series.drop_nulls()
    name, present = str(dtype), len(there)
    if dtype == polars.Null:
        return Read(name, "empty", [], 0, rows)
    if dtype.is_numeric():
        values = there.cast(polars.Float64).to_numpy()
        values = values[~numpy.isnan(values)]
        return Read(name, "number", values, len(values), rows)
    if dtype.is_temporal():
        return Read(name, "time", _seconds(there, polars), present, rows)
    if dtype == polars.Boolean:
        return Read(name, "category", [str(value) for value in there.to_list()], present, rows)
    if dtype.is_nested() or dtype == polars.Binary:
        return Read(name, "nested", None, present, rows)
    if dtype == polars.Object:
        return read_objects(name, there.to_list(), rows)
    return Read(name, "category", there.cast(polars.String).to_list(), present, rows)


def _seconds(series: Any, polars: Any) -> Any:
    if series.dtype == polars.Time:
        return series.cast(polars.Int64).to_numpy() / 1e9
    if series.dtype == polars.Duration:
        return series.dt.total_microseconds().to_numpy() / 1e6
    return series.cast(polars.Datetime("us")).cast(polars.Int64).to_numpy() / 1e6
