"""Between our types and what the columns hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

encode_json = msgspec.json.Encoder(enc_hook=str).encode
decode_json = msgspec.json.Decoder().decode


def to_micros(at: datetime | None) -> int | None:
    """Microseconds since 1970; the exact inverse of `from_micros`."""
    return None if at is None else (at - EPOCH) // _MICROSECOND


def from_micros(micros: int | None) -> datetime | None:
    return None if micros is None else EPOCH + timedelta(microseconds=micros)


def instant(micros: int) -> datetime:
    """As `from_micros`, for columns that are never null."""
    return EPOCH + timedelta(microseconds=micros)


def plain_object(data: bytes) -> dict[str, Any]:
    return decode_json(data)
