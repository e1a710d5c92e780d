"""Anything out of a file of data as JSON can carry it. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

MOST_CHARACTERS = 2_000
MOST_ITEMS = 1_000
DEEPEST = 50
_SAFE_INTEGER = 1 << 53


def plain(value: Any, depth: int = 0) -> Any:
    """Long texts and lists are cut; integers that JavaScript would round, and floats that JSON lacks, become texts."""
    match value:
        case None | bool():
            return value
        case int():
            return value if -_SAFE_INTEGER < value < _SAFE_INTEGER else str(value)
        case float():
            return value if math.isfinite(value) else str(value)
        case str():
            return value if len(value) <= MOST_CHARACTERS else f"{value[:MOST_CHARACTERS]}…"
        case bytes():
            return plain(repr(value[:MOST_CHARACTERS])[2:-1], depth)
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta() | Decimal() | UUID():
            return str(value)
        case dict():
            return _dict(cast("dict[Any, Any]", value), depth)
        case list() | tuple() | set() | frozenset():
            return _list(cast("Iterable[Any]", value), depth)
        case _:
            return plain(str(value), depth)


def _dict(value: dict[Any, Any], depth: int) -> Any:
    if depth >= DEEPEST:
        return "…"
    found = {str(key): plain(item, depth + 1) for key, item in list(value.items())[:MOST_ITEMS]}
    if len(value) > MOST_ITEMS:
        found["…"] = f"{len(value) - MOST_ITEMS:,} more"
    return found


def _list(value: Iterable[Any], depth: int) -> Any:
    if depth >= DEEPEST:
        return "…"
    items = list(value)
    found = [plain(item, depth + 1) for item in items[:MOST_ITEMS]]
    return [*found, f"… {len(items) - MOST_ITEMS:,} more"] if len(items) > MOST_ITEMS else found
