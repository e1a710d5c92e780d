"""A place in a list as an opaque text: the sort key of the row that it lies behind, or before."""

from __future__ import annotations

import base64
import binascii

import msgspec
from msgspec import Struct

from tradewind.store.browse.query import BadCursorError

MOST_LETTERS = 8192


class Cursor(Struct, frozen=True, array_like=True):
    listing: str
    order: tuple[str, ...]
    values: tuple[int | float | str | None, ...]
    is_backward: bool = False
    """What comes before the row is meant."""


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Cursor).decode


def to_text(cursor: Cursor) -> str:
    return base64.urlsafe_b64encode(_encode(cursor)).rstrip(b"=").decode()


def from_text(text: str, listing: str, order: tuple[str, ...]) -> Cursor:
    """Raises BadCursorError."""
    try:
        if len(text) > MOST_LETTERS:
            raise ValueError("too long")
        cursor = _decode(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, msgspec.MsgspecError) as error:
        raise BadCursorError("the cursor is damaged", hint="begin again without one") from error
    if (cursor.listing, cursor.order, len(cursor.values)) != (listing, order, len(order)):
        raise BadCursorError("the cursor is of another list or order", hint="keep the order, or begin without one")
    return cursor
