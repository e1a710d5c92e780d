"""A table's rows and statistics of its columns, from an Arrow file that is mapped, not loaded: of a large one the first
rows speak for all."""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Collection, Generator
from pathlib import Path
from typing import Any

from tradewind.api.ours.bodies.values import ColumnStats, TablePreview
from tradewind.api.ours.plain import Mask, as_it_is, plain

SAMPLE_ROWS = 50_000
MOST_COLUMNS = 200
MOST_SAMPLE_BYTES = 256 * 1024 * 1024
BINS = 20
TOP = 5


def read(
    source: Path | bytes, *, rows: int, offset: int, booleans: Collection[str] = (), mask: Mask = as_it_is
) -> TablePreview:
    """`booleans`: columns that pandas keeps as a byte each, and so does the file.

    Raises ValueError where it is no Arrow file, ImportError without pyarrow."""
    with _opened(source) as reader:
        total = _total(reader)
        sample = _rows(reader, 0, SAMPLE_ROWS)
        while sample.nbytes > MOST_SAMPLE_BYTES and sample.num_rows > 1:
            sample = sample.slice(0, sample.num_rows // 4)
        sample, shown = (_with_booleans(table, booleans) for table in (sample, _rows(reader, offset, rows)))
        names = [str(name) for name in sample.schema.names][:MOST_COLUMNS]
        columns = [_column(name, sample.column(place)) for place, name in enumerate(names)]
        cells = [[plain(value, mask=mask) for value in shown.column(place).to_pylist()] for place in range(len(names))]
    listed: list[list[Any]]
    listed = [list(row) for row in zip(*cells, strict=True)] if cells else [[] for _ in range(shown.num_rows)]
    return TablePreview(columns, listed, total, sample.num_rows < total)


def _pyarrow() -> Any:
    return importlib.import_module("pyarrow")  # heavy, and an optional extra: only where a table is looked at


def _compute() -> Any:
    return importlib.import_module("pyarrow.compute")


@contextlib.contextmanager
def _opened(source: Path | bytes) -> Generator[Any]:
    pyarrow = _pyarrow()
    memory = pyarrow.py_buffer(source) if isinstance(source, bytes) else pyarrow.memory_map(str(source))
    try:
        yield pyarrow.ipc.open_file(memory)
    except pyarrow.ArrowException as error:
        raise ValueError(str(error)) from error


def _total(reader: Any) -> int:
    return sum(reader.get_batch(place).num_rows for place in range(reader.num_record_batches))


def _rows(reader: Any, offset: int, count: int) -> Any:
    """So many rows from there on, of as few batches as have them."""
    pyarrow = _pyarrow()
    found: list[Any] = []
    skip, left = offset, count
    for place in range(reader.num_record_batches):
        batch = reader.get_batch(place)
        if skip >= batch.num_rows:
            skip -= batch.num_rows
            continue
        piece = batch.slice(skip, left)
        skip, left = 0, left - piece.num_rows
        found.append(piece)
        if left <= 0:
            break
    return pyarrow.Table.from_batches(found, reader.schema)


def _with_booleans(table: Any, names: Collection[str]) -> Any:
    pyarrow = _pyarrow()
    for place, field in enumerate(table.schema):
        if field.name in names and pyarrow.types.is_uint8(field.type):
            table = table.set_column(place, field.name, table.column(place).cast(pyarrow.bool_()))
    return table


def _column(name: str, column: Any) -> ColumnStats:
    pyarrow, compute = _pyarrow(), _compute()
    kind = column.type
    if pyarrow.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    stats: dict[str, Any] = {
        "name": name,
        "dtype": str(kind),
        "count": len(column) - column.null_count,
        "nulls": column.null_count,
        "unique": None,
    }
    types = pyarrow.types
    with contextlib.suppress(pyarrow.ArrowException):  # a type without this function
        if types.is_floating(kind):  # pandas has NaN for what is missing
            missing: int = compute.sum(compute.is_nan(column)).as_py() or 0
            stats |= {"count": stats["count"] - missing, "nulls": stats["nulls"] + missing}
        if types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind):
            stats |= _numbers(column, compute)
        elif types.is_temporal(kind):
            stats |= {key: plain(value.as_py()) for key, value in _ends(column, compute).items()}
        elif types.is_string(kind) or types.is_large_string(kind) or types.is_boolean(kind):
            stats["top"] = _top(column, compute)
        stats["unique"] = compute.count_distinct(column).as_py()
    return ColumnStats(**stats)


def _numbers(column: Any, compute: Any) -> dict[str, Any]:
    pyarrow = _pyarrow()
    values = column.cast(pyarrow.float64(), safe=False).drop_null()
    finite = values.filter(compute.is_finite(values))
    if not len(finite):
        return {}
    ends = _ends(finite, compute)
    low, high = ends["minimum"].as_py(), ends["maximum"].as_py()
    return {
        "minimum": plain(low),
        "maximum": plain(high),
        "mean": compute.mean(finite).as_py(),
        "std": compute.stddev(finite).as_py(),
        "histogram": _histogram(finite, low, high, compute),
    }


def _histogram(values: Any, low: float, high: float, compute: Any) -> list[int]:
    if high <= low:
        return [len(values)]
    pyarrow = _pyarrow()
    place = compute.floor(compute.multiply(compute.divide(compute.subtract(values, low), high - low), BINS))
    place = compute.min_element_wise(place, pyarrow.scalar(float(BINS - 1)))
    counts = [0] * BINS
    for one in compute.value_counts(place):
        found = one.as_py()
        if found["values"] is not None and 0 <= found["values"] < BINS:
            counts[int(found["values"])] += found["counts"]
    return counts


def _ends(column: Any, compute: Any) -> dict[str, Any]:
    found = compute.min_max(column)
    return {"minimum": found["min"], "maximum": found["max"]}


def _top(column: Any, compute: Any) -> list[tuple[str, int]]:
    counted = [one.as_py() for one in compute.value_counts(column.drop_null())]
    counted.sort(key=lambda one: -one["counts"])
    return [(_word(one["values"]), one["counts"]) for one in counted[:TOP]]


def _word(value: Any) -> str:
    """As the cells show it."""
    return str(value).lower() if isinstance(value, bool) else str(value)[:100]
