"""Containers and small exact types as msgpack with extension codes; what it does not know goes to `on_leaf`.

Shared by the codecs `typed` (no such leaf) and `tree` (leaves become parts). Types are compared exactly, so that what
comes back is of the same type.
"""

from __future__ import annotations

import datetime
import decimal
import fractions
import pathlib
import pickle
import uuid
import zoneinfo
from collections.abc import Callable, Iterable
from typing import Any, Final

import msgspec

from tradewind.artifacts.codecs.base import CannotCarryError, exact_type, is_from

TUPLE, SET, FROZENSET, PAIRS, ATOM, PART = 1, 2, 3, 4, 5, 6

_PLAIN: Final[frozenset[type]] = frozenset({type(None), bool, float, str, bytes})
_ATOMS: Final[frozenset[type]] = frozenset(
    {complex, range, slice, bytearray, decimal.Decimal, fractions.Fraction, uuid.UUID}
    | {datetime.datetime, datetime.date, datetime.time, datetime.timedelta, datetime.timezone, zoneinfo.ZoneInfo}
    | {pathlib.PosixPath, pathlib.WindowsPath, pathlib.PurePosixPath, pathlib.PureWindowsPath}
)
"""Small types of the standard library that pickle to a few bytes of their own, never to code."""
_INT64 = range(-(1 << 63), 1 << 64)
_encoder = msgspec.msgpack.Encoder()

OnLeaf = Callable[[Any], Any]


def pack(value: Any, on_leaf: OnLeaf) -> bytes:
    """Raises CannotCarryError for text that is no Unicode, too deep nesting, and whatever `on_leaf` refuses."""
    try:
        return _encoder.encode(_plain(value, on_leaf))
    except (RecursionError, UnicodeEncodeError, OverflowError) as error:
        raise CannotCarryError from error


def unpack(data: memoryview | bytes, part: Callable[[int], Any]) -> Any:
    def rebuild(code: int, payload: memoryview) -> Any:
        if code == ATOM:
            return pickle.loads(payload)  # noqa: S301  # only in runner processes, which execute the user's code anyway
        inner = decoder.decode(payload)
        return part(inner) if code == PART else _REBUILD[code](inner)

    decoder = msgspec.msgpack.Decoder(ext_hook=rebuild)
    return decoder.decode(data)


_REBUILD: Final[dict[int, Callable[[Any], Any]]] = {TUPLE: tuple, SET: set, FROZENSET: frozenset, PAIRS: dict}


def part_reference(index: int) -> msgspec.msgpack.Ext:
    return msgspec.msgpack.Ext(PART, _encoder.encode(index))


def _plain(value: Any, on_leaf: OnLeaf) -> Any:
    kind = exact_type(value)
    if kind in _PLAIN or (kind is int and value in _INT64):
        return value
    if kind is list:
        return _plain_items(value, on_leaf)
    if kind is dict:
        return _plain_dict(value, on_leaf)
    if kind is tuple:
        return msgspec.msgpack.Ext(TUPLE, _encoder.encode(_plain_items(value, on_leaf)))
    if kind is set or kind is frozenset:
        return msgspec.msgpack.Ext(SET if kind is set else FROZENSET, _sorted_items(value, on_leaf))
    if kind is int or kind in _ATOMS or _is_numpy_scalar(value) or is_from(value, "pendulum"):
        return msgspec.msgpack.Ext(ATOM, pickle.dumps(value, protocol=4))
    return on_leaf(value)


def _plain_items(items: Iterable[Any], on_leaf: OnLeaf) -> list[Any]:
    found = list(items)
    return found if set(map(type, found)) <= _PLAIN else [_plain(item, on_leaf) for item in found]


def _plain_dict(value: dict[Any, Any], on_leaf: OnLeaf) -> Any:
    if set(map(type, value)) <= {str}:
        return dict(zip(value, _plain_items(value.values(), on_leaf), strict=True))
    pairs = [[_plain(key, _refuse), _plain(item, on_leaf)] for key, item in value.items()]
    return msgspec.msgpack.Ext(PAIRS, _encoder.encode(pairs))


def _sorted_items(items: Iterable[Any], on_leaf: OnLeaf) -> bytes:
    """Sets have no order of their own: sort by their bytes, so that equal sets have equal hashes."""
    encoded = sorted(_encoder.encode(_plain(item, on_leaf)) for item in items)
    return _encoder.encode([msgspec.Raw(item) for item in encoded])


def _refuse(value: Any) -> Any:
    raise CannotCarryError(f"{type(value).__name__} is no key of ours")


def _is_numpy_scalar(value: Any) -> bool:
    """np.float64(1.5) and its like; an array has dimensions, a dtype has no dtype."""
    return is_from(value, "numpy") and getattr(value, "ndim", None) == 0 and type(value).__name__ != "ndarray"
