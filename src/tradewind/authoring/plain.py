"""Objects of a DAG file as plain data for a spec: always the same for the same source, never an address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any, cast

from tradewind.authoring.assets import AssetCondition
from tradewind.authoring.call import name_of

_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


def plain(value: Any) -> Any:
    """JSON-like data. Sets are sorted, functions are their names, what else there is its repr without the address."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in cast("Mapping[Any, Any]", value).items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in cast("Iterable[Any]", value)]
    if isinstance(value, (set, frozenset)):
        return sorted((plain(item) for item in cast("Iterable[Any]", value)), key=repr)
    return _other(value)


def _other(value: Any) -> Any:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, AssetCondition):
        return value.as_plain()
    if callable(value):
        return name_of(value)
    return _ADDRESS.sub("", repr(value))
