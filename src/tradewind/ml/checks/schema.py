"""Schemas of pandera: which library they are for, the data in the form they need, whether they know any of its columns.

pandera is imported by whoever wrote the schema; nothing here imports it first.
"""

from __future__ import annotations

import importlib
import re
from typing import Any, Literal, TypeAlias

from tradewind.ml.checks.errors import SchemaError, SchemaMatchesNothingError
from tradewind.ml.profiling.frames import as_frame, column_names, frame_kind

Backend: TypeAlias = Literal["pandas", "polars"]
SHOWN = 12


def container_of(schema: Any) -> Any:
    """The schema itself; of a model class what it becomes. Raises SchemaError."""
    if isinstance(schema, type) and hasattr(schema, "to_schema"):
        return schema.to_schema()  # type: ignore[attr-defined]
    if _module(schema).startswith("pandera.") and hasattr(schema, "columns"):
        return schema
    raise SchemaError(
        f"a check needs a schema of pandera, not {type(schema).__module__}.{type(schema).__qualname__}",
        hint="write pandera.pandas.DataFrameSchema({…}) or a DataFrameModel; "
        "pandera comes with pip install 'tradewind[checks]'",
    )


def name_of_schema(schema: Any) -> str:
    """Its own name, else that of the model class, else "schema"."""
    given = getattr(schema, "name", None)
    if isinstance(given, str) and given:
        return given
    return schema.__name__ if isinstance(schema, type) else "schema"


def backend_of(container: Any) -> Backend:
    """Raises SchemaError for schemas of libraries other than pandas and polars."""
    module = _module(container)
    for backend in ("polars", "pandas"):
        if f".{backend}." in module:
            return backend
    raise SchemaError(f"a schema of {module} cannot be used here", hint="use pandera.pandas or pandera.polars for it")


def data_for(container: Any, data: Any) -> Any:
    """The data as a frame that the schema can look at. Raises SchemaError, NotAFrameError."""
    frame, backend = as_frame(data, "a check"), backend_of(container)
    kind = frame_kind(frame)
    if kind == backend:
        return frame
    if kind == "arrow":
        if backend == "pandas":
            return frame.to_pandas()
        polars: Any = importlib.import_module("polars")  # the schema is of it, so it is there
        return polars.from_arrow(frame)
    raise SchemaError(
        f"the schema is for {backend}, but the data is a frame of {kind}",
        hint=f"write the schema with pandera.{kind}, or convert the data",
    )


def refuse_a_schema_that_matches_nothing(container: Any, frame: Any, name: str) -> None:
    """Such a check would pass, or fail for everything, and in neither case say anything of the data."""
    known = [_pattern(key, column) for key, column in container.columns.items()]
    there = column_names(frame)
    if not known or any(pattern.fullmatch(column) for pattern in known for column in there):
        return
    expected = _listed([str(key) for key in container.columns])
    raise SchemaMatchesNothingError(
        f"the schema {name!r} matches no column of the data: it is about {expected}; the data has {_listed(there)}",
        hint="is it the schema of other data, or are names written otherwise (case, spaces, a prefix)?",
    )


def _pattern(key: Any, column: Any) -> re.Pattern[str]:
    text = str(key)
    return re.compile(text if getattr(column, "regex", False) else re.escape(text))


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return (", ".join(names[:SHOWN]) + more) or "no columns"


def _module(schema: Any) -> str:
    """Of the class that pandera defines: authors may have subclassed it."""
    return next((base.__module__ for base in type(schema).__mro__ if base.__module__.startswith("pandera.")), "")
