"""Arguments of triggers, and the payloads of their events, as plain data for the store, and back.

JSON-like values stay as they are; what JSON lacks is a mapping with the key `$`, e.g. `{"$": "datetime", "of": "…"}`.
Nothing is unpickled, and no name is imported, to read it.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path, PurePath
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from tradewind.model.errors import TradewindError

KIND = "$"
OF = "of"
MOST_LEVELS = 64


class UnwritableArgumentError(TradewindError, TypeError):
    """An argument of a trigger (or the payload of its event) is no plain data, so that no triggerer could read it."""


def write_arguments(arguments: Mapping[str, Any], of: str) -> dict[str, Any]:
    """`of` is whose they are, for the error. Raises UnwritableArgumentError naming it and the argument."""
    return {str(name): _written(value, f"argument {name!r} of {of}") for name, value in arguments.items()}


def write_value(value: Any, what: str) -> Any:
    """Raises UnwritableArgumentError naming `what`, and where in it."""
    return _written(value, what)


def read_arguments(written: Mapping[str, Any]) -> dict[str, Any]:
    return {name: read_value(value) for name, value in written.items()}


def read_value(written: Any) -> Any:
    if isinstance(written, dict):
        found = cast("dict[str, Any]", written)
        if KIND in found:
            return _READERS[found[KIND]](found[OF])
        return {key: read_value(value) for key, value in found.items()}
    if isinstance(written, (list, tuple)):
        return [read_value(value) for value in cast("list[Any]", written)]
    return written


def _written(value: Any, where: str, level: int = 0) -> Any:
    if level > MOST_LEVELS:
        raise UnwritableArgumentError(f"{where} is nested too deeply, or holds itself")
    if isinstance(value, Enum):
        return _written(value.value, where, level + 1)
    if value is None or isinstance(value, (bool, float)):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int):
        return int(value) if abs(value) < 2**63 else {KIND: "int", OF: str(value)}
    if isinstance(value, Mapping):
        return _written_mapping(cast("Mapping[Any, Any]", value), where, level)
    if isinstance(value, list):
        items = cast("list[Any]", value)
        return [_written(item, f"{where}[{index}]", level + 1) for index, item in enumerate(items)]
    for kinds, name, plain in _WRITERS:
        if isinstance(value, kinds):
            inner = plain(value)
            if isinstance(inner, list):
                inner = [_written(item, where, level + 1) for item in cast("list[Any]", inner)]
            return {KIND: name, OF: inner}
    kind = f"{type(value).__module__}.{type(value).__qualname__}"
    raise UnwritableArgumentError(
        f"{where} is a {kind}, which is no plain data",
        hint="a trigger runs in another process: give it texts, numbers, dates, lists and dicts, and let it make the "
        "rest from them",
    )


def _written_mapping(value: Mapping[Any, Any], where: str, level: int) -> Any:
    if all(isinstance(key, str) for key in value) and KIND not in value:
        return {str(key): _written(item, f"{where}[{key!r}]", level + 1) for key, item in value.items()}
    pairs = [
        [_written(key, f"a key of {where}", level + 1), _written(item, f"{where}[{key!r}]", level + 1)]
        for key, item in value.items()
    ]
    return {KIND: "dict", OF: pairs}


def _zone(name: str) -> Any:
    return ZoneInfo(name)


def _zone_name(value: Any) -> str:
    return str(getattr(value, "key", None) or getattr(value, "name", None) or value)


def _instant(value: datetime) -> list[Any]:
    """The offset says which instant; the zone, where it has a name, how to count days from there."""
    name = getattr(value.tzinfo, "key", None) or getattr(value.tzinfo, "name", None)
    return [datetime.isoformat(value), name if isinstance(name, str) else None]


def _read_instant(written: Any) -> datetime:
    text, zone = read_value(written)
    moment = datetime.fromisoformat(text)
    return moment.astimezone(ZoneInfo(zone)) if zone and moment.tzinfo is not None else moment


def _read_list(written: Any) -> list[Any]:
    return cast("list[Any]", read_value(written))


def _sorted(value: Any) -> list[Any]:
    """Equal sets are written equally."""
    return sorted(value, key=repr)


_WRITERS: tuple[tuple[Any, str, Callable[[Any], Any]], ...] = (
    (datetime, "datetime", _instant),
    (date, "date", date.isoformat),
    (time, "time", time.isoformat),
    (timedelta, "timedelta", lambda value: value // timedelta(microseconds=1)),
    (tuple, "tuple", list),
    (frozenset, "frozenset", _sorted),
    (set, "set", _sorted),
    ((bytes, bytearray), "bytes", lambda value: base64.b64encode(value).decode()),
    (PurePath, "path", str),
    (UUID, "uuid", str),
    (Decimal, "decimal", str),
    (ZoneInfo, "zone", _zone_name),
)
_READERS: dict[str, Callable[[Any], Any]] = {
    "datetime": _read_instant,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda written: timedelta(microseconds=written),
    "tuple": lambda written: tuple(_read_list(written)),
    "frozenset": lambda written: frozenset(_read_list(written)),
    "set": lambda written: set(_read_list(written)),
    "bytes": base64.b64decode,
    "path": Path,
    "uuid": UUID,
    "decimal": Decimal,
    "zone": _zone,
    "int": int,
    "dict": lambda written: {read_value(key): read_value(value) for key, value in written},
}
