"""Columns of Arrow tables and record batches."""

from __future__ import annotations

import importlib
from typing import Any

from tradewind.ml.profiling.column import Read


def read(frame: Any, place: int, chosen: Any) -> Read:
    numpy = importlib.import_module("numpy")  # needed for what is made of the column
    pyarrow: Any = importlib.import_module("pyarrow")  # the frame's own library
    column = frame.column(place)
    if chosen is not None:
        column = column.take(pyarrow.array(chosen))
    types, dtype, rows = pyarrow.types, column.type, len(column)
    if types.is_dictionary(dtype):
        column = column.cast(dtype.value_type)
    kind, there = column.type, column.drop_null()
    name, present = str(dtype), len(there)
    if types.is_null(kind):
        return Read(name, "empty", [], 0, rows)
    if types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind):
        values = numpy.asarray(there.cast(pyarrow.float64(), safe=False))
        values = values[~numpy.isnan(values)]
        return Read(name, "number", values, len(values), rows)
    if types.is_timestamp(kind) or types.is_date(kind):
        return Read(name, "time", _seconds(there, pyarrow.timestamp("us", tz=_zone(kind)), pyarrow), present, rows)
    if types.is_duration(kind):
        return Read(name, "time", _seconds(there, pyarrow.duration("us"), pyarrow), present, rows)
    if types.is_nested(kind) or types.is_binary(kind) or types.is_large_binary(kind):
        return Read(name, "nested", None, present, rows)
    return Read(name, "category", [str(value) for value in there.to_pylist()], present, rows)


def _zone(kind: Any) -> str | None:
    return getattr(kind, "tz", None)


def _seconds(column: Any, unit: Any, pyarrow: Any) -> Any:
    numpy = importlib.import_module("numpy")
    return numpy.asarray(column.cast(unit, safe=False).cast(pyarrow.int64())) / 1e6
