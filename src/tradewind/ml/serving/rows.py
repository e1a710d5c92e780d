"""The body of a request as a DataFrame, and an answer as JSON. What is wrong with a body is said column by column."""

from __future__ import annotations

import importlib
import math
from collections.abc import Mapping, Sequence
from typing import Any, cast

import msgspec
import numpy as np

from tradewind.ml.serving.columns import Column, width_of
from tradewind.ml.serving.sources import Loaded

pd: Any = importlib.import_module("pandas")
"""It has no types."""
_SPLIT, _RECORDS = ("dataframe_split",), ("records", "dataframe_records", "instances", "inputs", "rows")
MOST_PROBLEMS = 20


class BadRequestError(Exception):
    """The rows cannot be predicted. `problems`: one sentence each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = list(problems)


def frame_of(body: bytes, most_rows: int) -> Any:
    """`{"columns": […], "rows": [[…], …]}`, `{"records": [{…}, …]}` or a plain list of either; MLflow's bodies too
    (`dataframe_split`, `dataframe_records`, `instances`, `inputs`). Raises BadRequestError."""
    try:
        given: Any = msgspec.json.decode(body)
    except msgspec.DecodeError as error:
        raise BadRequestError([f"the body is not JSON: {error}"]) from error
    rows, columns = _rows_and_columns(given)
    if len(rows) > most_rows:
        raise BadRequestError([f"{len(rows)} rows are more than {most_rows} at once: send them in batches"])
    if rows and all(isinstance(one, Mapping) for one in rows):
        return pd.DataFrame.from_records(rows)
    return _of_lists(rows, columns)


def _rows_and_columns(given: Any) -> tuple[list[Any], list[str] | None]:
    if isinstance(given, Mapping):
        found = cast("Mapping[str, Any]", given)
        for key in _SPLIT:
            if isinstance(found.get(key), Mapping):
                split = cast("Mapping[str, Any]", found[key])
                return _list(split.get("data"), f"{key}.data"), _names(split.get("columns"))
        for key in _RECORDS:
            rows: Any = found.get(key)
            if isinstance(rows, Mapping):
                return _turned(rows), None
            if key in found:
                return _list(rows, key), _names(found.get("columns"))
        known = ", ".join((*_RECORDS, *_SPLIT))
        raise BadRequestError([f"the body has none of {known}; it has: {', '.join(map(str, found)) or 'nothing'}"])
    return _list(given, "the body"), None


def _turned(columns: Any) -> list[dict[str, Any]]:
    """`{"a": [1, 2], "b": [3, 4]}` as rows."""
    lengths = {
        name: len(cast("list[Any]", values)) if isinstance(values, list) else -1 for name, values in columns.items()
    }
    if -1 in lengths.values() or len(set(lengths.values())) > 1:
        raise BadRequestError(
            ["columns are lists of the same length: " + ", ".join(f"{k}: {n}" for k, n in lengths.items())]
        )
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _list(given: Any, where: str) -> list[Any]:
    if not isinstance(given, list):
        raise BadRequestError([f"{where} is a list of rows, not {type(given).__name__}"])
    return cast("list[Any]", given)


def _names(given: Any) -> list[str] | None:
    if given is None:
        return None
    if not isinstance(given, list) or not all(isinstance(one, str) for one in cast("list[Any]", given)):
        raise BadRequestError(["columns is a list of names"])
    names = cast("list[str]", given)
    if len(set(names)) != len(names):
        raise BadRequestError(["columns: a name is there twice"])
    return names


def _of_lists(rows: list[Any], columns: list[str] | None) -> Any:
    width = len(cast("list[Any]", rows[0]) if columns is None and rows and isinstance(rows[0], list) else columns or [])
    lengths = [len(cast("list[Any]", row)) if isinstance(row, list) else -1 for row in rows]
    problems = [
        f"row {index} is no list" if length < 0 else f"row {index} has {length} values, not {width}"
        for index, length in enumerate(lengths)
        if length != width
    ][:MOST_PROBLEMS]
    if problems:
        raise BadRequestError(problems)
    return pd.DataFrame(rows, columns=columns if columns is not None else range(width))


# ------------------------------------------------------------------------------------ for a model


def fitted(frame: Any, loaded: Loaded) -> Any:
    """The columns that the model takes, in its order and of its types; further ones are left out.

    Raises BadRequestError: which are missing, and which values are of another type."""
    if not len(frame):
        raise BadRequestError(["there are no rows to predict"])
    if not loaded.columns:
        width = width_of(loaded.model)
        if width is not None and width != frame.shape[1]:
            raise BadRequestError([f"the model takes {width} columns, not {frame.shape[1]}"])
        return frame
    if is_nameless(frame):
        if frame.shape[1] != len(loaded.columns):
            wanted = ", ".join(one.name for one in loaded.columns)
            raise BadRequestError([f"the model takes {len(loaded.columns)} columns ({wanted}), not {frame.shape[1]}"])
        frame = frame.set_axis([one.name for one in loaded.columns], axis=1)
    present = set(frame.columns)
    missing = [one.name for one in loaded.columns if one.name not in present and one.is_required]
    if missing:
        has = ", ".join(map(str, frame.columns)) or "none"
        raise BadRequestError([f"the column {name!r} is missing" for name in missing] + [f"there are: {has}"])
    taken = [one for one in loaded.columns if one.name in present]
    problems: list[str] = []
    made = {one.name: _converted(frame[one.name], one, problems) for one in taken}
    if problems:
        raise BadRequestError(problems[:MOST_PROBLEMS])
    return pd.DataFrame(made)


def is_nameless(frame: Any) -> bool:
    """Rows were lists, without `columns`."""
    return isinstance(frame.columns, pd.RangeIndex)


def _converted(values: Any, column: Column, problems: list[str]) -> Any:
    if column.kind in ("any", "text"):
        if column.kind == "text":
            _refuse(values, [not (isinstance(one, str) or one is None) for one in values], column, problems)
        return values
    if column.kind == "boolean":
        if _refuse(values, [not isinstance(one, (bool, np.bool_)) for one in values], column, problems):
            return values
        return values.astype(bool)
    if _refuse(values, [not _may_be(one, column) for one in values], column, problems):
        return values
    read = (pd.to_datetime if column.kind == "datetime" else pd.to_numeric)(values, errors="coerce")
    bad = read.isna() & values.notna()
    if column.kind == "integer":
        bad |= read.isna() | (read % 1 != 0)
    if _refuse(values, list(bad), column, problems) or not column.dtype:
        return read
    return read.astype(column.dtype)


def _may_be(one: Any, column: Column) -> bool:
    """A text is no number here, even where one could be read from it."""
    return one is None or isinstance(one, str if column.kind == "datetime" else (int, float))


def _refuse(values: Any, bad: Sequence[Any], column: Column, problems: list[str]) -> bool:
    found = [index for index, is_bad in enumerate(bad) if is_bad]
    if found:
        first = found[0]
        more = f" (and {len(found) - 1} more rows)" if len(found) > 1 else ""
        problems.append(
            f"column {column.name!r} is {column.kind}: row {first} has {_plain(values.iloc[first])!r}{more}"
        )
    return bool(found)


def suspects(frame: Any, columns: Sequence[Column] = ()) -> list[str]:
    """What a model may have refused, with an example: columns of texts that are not known to be, and those with
    values missing."""
    texts = {one.name for one in columns if one.kind == "text"}
    found: list[str] = []
    for name in frame.columns:
        for index, value in enumerate(frame[name]):
            if isinstance(value, (str, list, dict)) and name not in texts:
                found.append(f"column {name!r} is no number: row {index} has {value!r:.100}")
                break
            if value is None or value != value:
                found.append(f"column {name!r} has no value in row {index}")
                break
    return found[:MOST_PROBLEMS]


def plain(values: Any) -> list[Any]:
    """Predictions as JSON has them: what is no number is null."""
    listed: Any = cast("Any", values) if isinstance(values, (list, tuple)) else np.asarray(values).tolist()
    return [_plain(one) for one in listed]


def _plain(given: Any) -> Any:
    one: Any = given.item() if hasattr(given, "dtype") and not getattr(given, "shape", ()) else given
    if isinstance(one, float) and not math.isfinite(one):
        return None
    return [_plain(each) for each in cast("list[Any]", one)] if isinstance(one, list) else one
