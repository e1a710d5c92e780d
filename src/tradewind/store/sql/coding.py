"""Between our types and what the columns hold."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import Any, cast, overload

import msgspec

from tradewind.model.ids import MapPath

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_BIG_INTEGER = 1
"""Code of our msgpack extension: an integer over 64 bits, as decimal text."""
_DIGITS = 8

encode_json = msgspec.json.Encoder(enc_hook=str).encode
decode_json = msgspec.json.Decoder().decode


# ------------------------------------------------------------------------------------------ instants


@overload
def to_micros(at: datetime) -> int: ...
@overload
def to_micros(at: datetime | None) -> int | None: ...
def to_micros(at: datetime | None) -> int | None:
    """Microseconds since 1970; the exact inverse of `from_micros`."""
    return None if at is None else (at - EPOCH) // _MICROSECOND


def from_micros(micros: int | None) -> datetime | None:
    return None if micros is None else EPOCH + timedelta(microseconds=micros)


def instant(micros: int) -> datetime:
    """As `from_micros`, for columns that are never null."""
    return EPOCH + timedelta(microseconds=micros)


# ------------------------------------------------------------------------------------------ map paths


def path_key(path: MapPath) -> str:
    """A map path as a text that sorts as the path does, which its usual form ("9" > "10") doesn't."""
    return "".join(f"{index:0{_DIGITS}x}" for index in path)


def below(path: MapPath) -> tuple[str, str]:
    """The keys of the path and of all below it are from the first to before the second."""
    key = path_key(path)
    return key, f"{key}g"


# ------------------------------------------------------------------------------------------ numbers


def to_real(value: float | None) -> float:
    """SQLite keeps infinities, but turns a NaN into NULL."""
    return math.nan if value is None else value


# ------------------------------------------------------------------------------------------ plain data


def encode_plain(data: Any) -> bytes:
    """JSON-like data as msgpack, which unlike JSON knows NaN, infinities, bytes and instants. What is of another type
    becomes its text."""
    try:
        return _encoder.encode(data)
    except OverflowError:
        return _encoder.encode(_with_big_integers(data))


def plain_object(data: bytes) -> dict[str, Any]:
    return _decoder.decode(data)


def plain_data(data: bytes | None) -> Any:
    """What `encode_plain` was given; None for a column that is null."""
    return None if data is None else _any_decoder.decode(data)


def _with_big_integers(data: Any) -> Any:
    if isinstance(data, int) and not -(1 << 63) <= data < 1 << 64:
        return msgspec.msgpack.Ext(_BIG_INTEGER, str(data).encode())
    if isinstance(data, dict):
        return {key: _with_big_integers(value) for key, value in cast("dict[Any, Any]", data).items()}
    if isinstance(data, list | tuple):
        return [_with_big_integers(value) for value in cast("list[Any]", data)]
    return data


def _decode_extension(code: int, data: memoryview) -> Any:
    return int(bytes(data)) if code == _BIG_INTEGER else msgspec.msgpack.Ext(code, bytes(data))


_encoder = msgspec.msgpack.Encoder(enc_hook=str)
_decoder = msgspec.msgpack.Decoder(dict[str, Any], ext_hook=_decode_extension)
_any_decoder = msgspec.msgpack.Decoder(Any, ext_hook=_decode_extension)
