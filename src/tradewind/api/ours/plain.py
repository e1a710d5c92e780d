"""Anything out of a file of data as JSON can carry it. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

MOST_CHARACTERS = 2_000
MOST_ITEMS = 1_000
DEEPEST = 50
_SAFE_INTEGER = 1 << 53


Mask = Callable[[str], str]
"""Takes secrets out of a text."""


def as_it_is(text: str) -> str:
    return text


def plain(value: Any, depth: int = 0, mask: Mask = as_it_is) -> Any:
    """Long texts and lists are cut, texts once they are masked; integers that JavaScript would round, and floats that
    JSON lacks, become texts."""
    match value:
        case None | bool():
            return value
        case int():
            return value if -_SAFE_INTEGER < value < _SAFE_INTEGER else str(value)
        case float():
            return value if math.isfinite(value) else str(value)
        case str():
            text = mask(value)
            return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…"
        case bytes():
            return plain(repr(value[:MOST_CHARACTERS])[2:-1], depth, mask)
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta() | Decimal() | UUID():
            return str(value)
        case dict():
            return _dict(cast("dict[Any, Any]", value), depth, mask)
        case list() | tuple() | set() | frozenset():
            return _list(cast("Iterable[Any]", value), depth, mask)
        case _:
            return plain(str(value), depth, mask)


def _dict(value: dict[Any, Any], depth: int, mask: Mask) -> Any:
    if depth >= DEEPEST:
        return "…"
    found = {str(key): plain(item, depth + 1, mask) for key, item in list(value.items())[:MOST_ITEMS]}
    if len(value) > MOST_ITEMS:
        found["…"] = f"{len(value) - MOST_ITEMS:,} more"
    return found


def _list(value: Iterable[Any], depth: int, mask: Mask) -> Any:
    if depth >= DEEPEST:
        return "…"
    items = list(value)
    found = [plain(item, depth + 1, mask) for item in items[:MOST_ITEMS]]
    return [*found, f"… {len(items) - MOST_ITEMS:,} more"] if len(items) > MOST_ITEMS else found
