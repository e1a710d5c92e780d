"""What the others may know of a value without decoding it: length, keys, shape, columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from msgspec import Struct

from tradewind.artifacts.codecs.base import class_name, is_from

MAX_NAMES = 1_000
"""Keys and columns beyond this many are not listed."""


class Description(Struct, frozen=True):
    length: int | None = None
    keys: tuple[str, ...] | None = None
    shape: tuple[int, ...] | None = None
    schema: dict[str, str] | None = None


def type_name(value: object) -> str:
    kind = type(value)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def describe(value: Any) -> Description:
    """Never fails: a value that cannot say what it is has no description."""
    try:
        return _describe(value)
    except Exception:  # a user's or a library's object whose attributes raise
        return Description()


def _describe(value: Any) -> Description:
    if isinstance(value, dict):
        found = cast("dict[Any, Any]", value)
        is_named = len(found) <= MAX_NAMES and all(isinstance(key, str) for key in found)
        return Description(length=len(found), keys=tuple(map(str, found)) if is_named else None)
    if isinstance(value, list | tuple):
        return Description(length=len(cast("list[Any]", value)))
    if class_name(value) == "LazyFrame":
        return Description()
    shape = getattr(value, "shape", None)
    if shape is None or not any(map(is_from, [value] * 5, ("numpy", "pandas", "polars", "pyarrow", "torch"))):
        return Description()
    return Description(shape=tuple(int(size) for size in shape), schema=_schema(value))


def _schema(value: Any) -> dict[str, str] | None:
    if is_from(value, "pandas") and hasattr(value, "dtypes") and hasattr(value, "columns"):
        return _first(zip(value.columns, value.dtypes, strict=True))
    if is_from(value, "polars") and hasattr(value, "schema"):
        return _first(value.schema.items())
    if is_from(value, "pyarrow") and hasattr(value, "schema"):
        return _first((field.name, field.type) for field in value.schema)
    dtype = getattr(value, "dtype", None)
    return None if dtype is None else {"": str(dtype)}


def _first(columns: Iterable[tuple[Any, Any]]) -> dict[str, str]:
    return {str(name): str(dtype) for (name, dtype), _ in zip(columns, range(MAX_NAMES), strict=False)}
