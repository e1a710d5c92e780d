"""Frames of pandas, polars and Arrow as columns of numbers or categories: all that profiles and drift have to know.

Nothing is imported that the frame's own library has not imported already. Columns are taken by their place, so that two
of one name are two columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, TypeAlias

from tradewind.authoring.exceptions import AirflowException
from tradewind.ml.profiling import arrow_columns, pandas_columns, polars_columns
from tradewind.ml.profiling.column import Column
from tradewind.ml.profiling.sampling import places

FrameKind: TypeAlias = Literal["pandas", "polars", "arrow"]


class NotAFrameError(AirflowException):
    """A profile, a check or a comparison was asked for of something that is no DataFrame."""


def frame_kind(value: object) -> FrameKind | None:
    """Which library's frame it is; None for anything else, a series included."""
    for base in type(value).__mro__:
        match base.__module__.partition(".")[0], base.__name__:
            case "pandas", "DataFrame":
                return "pandas"
            case "polars", "DataFrame":
                return "polars"
            case "pyarrow", "Table" | "RecordBatch":
                return "arrow"
            case _:
                pass
    return None


def as_frame(value: Any, what: str) -> Any:
    """The frame itself; of a series a frame of one column, of a lazy frame what it becomes. Raises NotAFrameError."""
    if frame_kind(value) is not None:
        return value
    library, name = type(value).__module__.partition(".")[0], type(value).__name__
    if library in {"pandas", "polars"} and name == "Series":
        return value.to_frame()
    if library == "polars" and name == "LazyFrame":
        return value.collect()
    raise NotAFrameError(
        f"{what} needs a DataFrame, not {type(value).__module__}.{name}",
        hint="pass a frame of pandas or polars, or an Arrow table",
    )


def row_count(frame: Any) -> int:
    return int(frame.num_rows) if frame_kind(frame) == "arrow" else len(frame)


def column_names(frame: Any) -> list[str]:
    names: Any = frame.column_names if frame_kind(frame) == "arrow" else frame.columns
    return [str(name) for name in names]


def columns_of(frame: Any, sample_rows: int | None) -> Iterator[Column]:
    """One after the other, of all rows or of `sample_rows` that are spread evenly."""
    rows = row_count(frame)
    chosen = None if sample_rows is None or rows <= sample_rows else places(rows, sample_rows)
    reading: Any = {"pandas": pandas_columns, "polars": polars_columns, "arrow": arrow_columns}[frame_kind(frame) or ""]
    for place, name in enumerate(column_names(frame)):
        yield Column(name, reading.read(frame, place, chosen))


def sampled(frame: Any, sample_rows: int) -> Any:
    """The frame with at most so many of its rows, spread evenly, in their order."""
    rows = row_count(frame)
    if rows <= sample_rows:
        return frame
    chosen = places(rows, sample_rows)
    match frame_kind(frame):
        case "pandas":
            return frame.iloc[chosen]
        case "polars":
            return frame[chosen]
        case _:
            return frame.take(chosen)
