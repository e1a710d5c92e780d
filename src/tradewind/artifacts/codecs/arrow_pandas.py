"""pandas frames, series and indexes as one Arrow record batch.

Columns that are plain NumPy numbers go in and out without a copy: pyarrow's own conversion would turn NaN into null
(a copy when read) and hand out read-only memory (on which `df.loc[…] = …` fails). Everything else pandas knows of a
frame (labels, dtypes, attrs) travels pickled in the schema's metadata. What Arrow cannot carry exactly raises
CannotCarryError.
"""

from __future__ import annotations

import importlib
import math
import pickle
from typing import Any, cast

from tradewind.artifacts.codecs.arrow_table import load_pyarrow, open_ipc, write_ipc
from tradewind.artifacts.codecs.base import CannotCarryError, class_name
from tradewind.artifacts.sink import Sink
from tradewind.artifacts.source import Source

CLASSES = frozenset(
    {"DataFrame", "Series", "Index", "RangeIndex", "MultiIndex", "DatetimeIndex", "TimedeltaIndex"}
    | {"PeriodIndex", "CategoricalIndex", "IntervalIndex"}
)
_METADATA = b"tradewind.pandas"


def write(value: Any, sink: Sink) -> None:
    pyarrow = load_pyarrow()
    kind = class_name(value)
    columns: list[Any] = []
    about: dict[str, Any] = {"kind": kind if kind in {"DataFrame", "Series"} else "Index"}
    names: list[str] = []
    if kind == "DataFrame":
        columns = [value.iloc[:, number] for number in range(value.shape[1])]
        names = [str(label) for label in value.columns]
        about |= {"columns": value.columns, "attrs": value.attrs, "flags": value.flags.allows_duplicate_labels}
    elif kind == "Series":
        columns, names = [value], [str(value.name)]
        about |= {"name": value.name, "attrs": value.attrs, "flags": value.flags.allows_duplicate_labels}
    index = value if about["kind"] == "Index" else value.index
    about["index"], levels = _take_index_apart(index)
    names += [f"__index_level_{number}__" for number in range(len(levels))]
    encoded = [_to_arrow(column, pyarrow) for column in columns + levels]
    about["restore"] = [how for _, how in encoded]
    arrays = [array for array, _ in encoded]
    fields = [pyarrow.field(name, array.type) for name, array in zip(names, arrays, strict=True)]
    about["rows"] = len(index)
    schema = pyarrow.schema(fields, metadata={_METADATA: pickle.dumps(about, protocol=5)})
    write_ipc(schema, [pyarrow.RecordBatch.from_arrays(arrays, schema=schema)] if arrays else [], sink)


def read(source: Source) -> Any:
    pyarrow, pandas = load_pyarrow(), importlib.import_module("pandas")
    table = open_ipc(source.memory).read_all()
    about = pickle.loads(table.schema.metadata[_METADATA])  # noqa: S301  # only in runner processes
    base = pyarrow.py_buffer(source.memory).address if source.memory.nbytes else 0
    restored = [
        _from_arrow(table.column(number), how, source.memory, base) for number, how in enumerate(about["restore"])
    ]
    levels = _level_count(about["index"])
    index = _put_index_together(about["index"], restored[len(restored) - levels :], pandas)
    if about["kind"] == "Index":
        return index
    if about["kind"] == "Series":
        found = pandas.Series(restored[0], index=index, name=about["name"], copy=False, dtype=restored[0].dtype)
    else:
        # As Series with their dtype: pandas would guess anew what an array of objects is.
        arrays = restored[: len(restored) - levels]
        columns = {number: pandas.Series(array, dtype=array.dtype, copy=False) for number, array in enumerate(arrays)}
        found = pandas.DataFrame(columns, index=pandas.RangeIndex(about["rows"]), copy=False)
        found.index, found.columns = index, about["columns"]
    found.attrs = about["attrs"]
    found.flags.allows_duplicate_labels = about["flags"]
    return found


# ------------------------------------------------------------------------------------------------ index


def _take_index_apart(index: Any) -> tuple[tuple[Any, ...], list[Any]]:
    match class_name(index):
        case "RangeIndex":
            return ("range", index.start, index.stop, index.step, index.name), []
        case "MultiIndex":
            return ("multi", list(index.names)), [index.get_level_values(level) for level in range(index.nlevels)]
        case name if name in CLASSES:
            return ("single", index.name, getattr(index, "freq", None) if name != "PeriodIndex" else None), [index]
        case name:
            raise CannotCarryError(f"an index of class {name}")


def _level_count(about: tuple[Any, ...]) -> int:
    return {"range": 0, "single": 1}.get(about[0], len(cast("list[Any]", about[1])) if about[0] == "multi" else 0)


def _put_index_together(about: tuple[Any, ...], levels: list[Any], pandas: Any) -> Any:
    match about:
        case ("range", start, stop, step, name):
            return pandas.RangeIndex(start, stop, step, name=name)
        case ("multi", names):
            indexes = [pandas.Index(level, dtype=level.dtype) for level in levels]
            return pandas.MultiIndex.from_arrays(indexes, names=names)
        case (_, name, freq):
            index = pandas.Index(levels[0], name=name, copy=False, dtype=levels[0].dtype)
            if freq is not None:
                index.freq = freq
            return index
        case _:
            raise ValueError(f"an index described as {about[0]!r}")


# ------------------------------------------------------------------------------------------------ columns


def _to_arrow(column: Any, pyarrow: Any) -> tuple[Any, tuple[str, Any]]:
    """The column as an Arrow array, and how to make it again: ("view", NumPy dtype), ("object", the missing value),
    ("extension", pandas dtype) or ("categories", pandas dtype)."""
    dtype = column.dtype
    if class_name(dtype) == "CategoricalDtype":
        codes = column.cat.codes if hasattr(column, "cat") else column.codes
        return _view(_array_of(codes), pyarrow)[0], ("categories", dtype)
    if not type(dtype).__module__.startswith("numpy"):
        if not hasattr(dtype, "__from_arrow__"):
            raise CannotCarryError(f"dtype {dtype}")
        return pyarrow.array(column.array, from_pandas=True), ("extension", dtype)
    if dtype.kind == "O":
        return _texts(column, pyarrow)
    return _view(_array_of(column), pyarrow)


def _array_of(column: Any) -> Any:
    return column.to_numpy() if hasattr(column, "to_numpy") else column


def _view(values: Any, pyarrow: Any) -> tuple[Any, tuple[str, Any]]:
    numpy = importlib.import_module("numpy")
    dtype = values.dtype
    if dtype.kind not in "iufbmM" or not dtype.isnative or dtype.itemsize > 8:
        raise CannotCarryError(f"dtype {dtype}")
    arrow_type = pyarrow.uint8() if dtype.kind == "b" else pyarrow.from_numpy_dtype(dtype)
    memory = pyarrow.py_buffer(numpy.ascontiguousarray(values).view(numpy.uint8))
    return pyarrow.Array.from_buffers(arrow_type, len(values), [None, memory]), ("view", dtype)


def _texts(column: Any, pyarrow: Any) -> tuple[Any, tuple[str, Any]]:
    """Objects that are all exactly str, with one kind of missing value (None, or NaN)."""
    values = column.to_numpy()
    kinds = set(map(type, values))
    if not kinds <= {str, type(None), float} or {type(None), float} <= kinds or (kinds and kinds <= {float}):
        raise CannotCarryError("a column of objects")
    if float in kinds and not all(math.isnan(item) for item in values if type(item) is float):
        raise CannotCarryError("texts and numbers in one column")
    array = pyarrow.array(values, type=pyarrow.large_string(), from_pandas=True)
    return array, ("object", math.nan if float in kinds else None)


def _from_arrow(column: Any, how: tuple[str, Any], memory: memoryview, base: int) -> Any:
    kind, detail = how
    if kind == "view":
        return _mapped(column, detail, memory, base)
    if kind == "categories":
        pandas = importlib.import_module("pandas")
        numpy = importlib.import_module("numpy")
        codes = _mapped(column, numpy.dtype(str(column.type)), memory, base)
        return pandas.Categorical.from_codes(codes, dtype=detail)
    if kind == "extension":
        return detail.__from_arrow__(column)
    values = column.to_numpy()
    if detail is not None:
        values[column.is_null().to_numpy()] = detail
    return values


def _mapped(column: Any, dtype: Any, memory: memoryview, base: int) -> Any:
    """The column's numbers where they lie in the mapped file, writable (each process changes its own pages)."""
    numpy = importlib.import_module("numpy")
    if not len(column):
        return numpy.empty(0, dtype)
    offset = column.chunk(0).buffers()[1].address - base
    return numpy.frombuffer(memory, dtype, count=len(column), offset=offset)
