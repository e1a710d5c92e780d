"""A `typed` or `tree` value as plain data: containers and what JSON lacks, without running a pickle's code. Small atoms
are kept as pickles: their opcodes are read, never carried out, and those of well-known classes are put in words."""

from __future__ import annotations

import pickletools
import struct
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

import msgspec

from tradewind.artifacts.codecs.nested import ATOM, FROZENSET, PAIRS, PART, SET, TUPLE
from tradewind.model.values import Value

MOST_ATOM_BYTES = 4096
_PLUMBING = frozenset({"PROTO", "FRAME", "BINGET", "LONG_BINGET"})
_NUMPY_FORMATS = {"f2": "e", "f4": "f", "f8": "d", "b1": "?"} | {
    f"{sign}{size}": letter if sign == "i" else letter.upper()
    for sign in "iu"
    for size, letter in ((1, "b"), (2, "h"), (4, "i"), (8, "q"))
}


def read(data: bytes, parts: Sequence[Value]) -> Any:
    """Raises ValueError where it is none of ours."""

    def rebuild(code: int, payload: memoryview) -> Any:
        if code == ATOM:
            return atom_text(bytes(payload[:MOST_ATOM_BYTES]))
        inner: Any = decoder.decode(payload)
        if code == PART:
            return _part_text(parts[int(inner)])
        if code == PAIRS:
            return {_key(key): item for key, item in inner}
        return list(inner) if code in (TUPLE, SET, FROZENSET) else f"<{code}>"

    decoder = msgspec.msgpack.Decoder(ext_hook=rebuild)
    try:
        return decoder.decode(data)
    except (msgspec.DecodeError, RecursionError, IndexError) as error:
        raise ValueError(str(error)) from error


def atom_text(pickled: bytes) -> Any:
    """A number, or what it is in words; `<Decimal>`, its class, where more cannot be told."""
    try:
        read_only = pickletools.genops(pickled)
        said: list[Any] = [one for code, one, _ in read_only if one is not None and code.name not in _PLUMBING]
    except (ValueError, IndexError):
        return "<unknown>"
    if said and isinstance(said[0], int):
        return str(said[0])  # an integer of more than 64 bits
    if len(said) < 2:
        return "<unknown>"
    module, name, *arguments = said
    try:
        found = _scalar(arguments) if name == "scalar" else _ATOMS.get(f"{module}.{name}", _nothing)(arguments)
    except (ValueError, TypeError, struct.error, IndexError, KeyError):
        found = None
    return f"<{name}>" if found is None else found


def _scalar(arguments: list[Any]) -> Any:
    """Of NumPy: `numpy`, `dtype`, `f8`, …, and last its bytes."""
    return struct.unpack(f"<{_NUMPY_FORMATS[arguments[2]]}", arguments[-1])[0]


def _nothing(arguments: list[Any]) -> None:
    return None


def _date(arguments: list[Any]) -> str:
    year = arguments[0][0] * 256 + arguments[0][1]
    return date(year, *arguments[0][2:4]).isoformat()


def _datetime(arguments: list[Any]) -> str:
    state: bytes = arguments[0]
    year, microsecond = int.from_bytes(state[:2]), int.from_bytes(state[7:10])
    text = datetime(year, *state[2:7], microsecond=microsecond, tzinfo=UTC).replace(tzinfo=None).isoformat(" ")
    zone = [one for one in arguments[1:] if isinstance(one, str)]
    return (
        f"{text} {'UTC' if zone == ['timezone', 'timedelta'] and not any(arguments[-3:]) else zone[-1]}"
        if zone
        else text
    )


_ATOMS: dict[str, Callable[[list[Any]], Any]] = {
    "datetime.date": _date,
    "datetime.datetime": _datetime,
    "datetime.timedelta": lambda arguments: str(timedelta(*arguments[:3])),
    "decimal.Decimal": lambda arguments: str(arguments[0]),
    "uuid.UUID": lambda arguments: str(UUID(int=arguments[1])),
    "pathlib.PosixPath": lambda arguments: str(PurePosixPath(*arguments)),
    "pathlib.PurePosixPath": lambda arguments: str(PurePosixPath(*arguments)),
    "builtins.complex": lambda arguments: str(complex(*arguments)),
    "builtins.range": lambda arguments: str(range(*arguments)),
}


def _key(key: Any) -> str:
    return key if isinstance(key, str) else str(key)


def _part_text(part: Value) -> str:
    size = " x ".join(map(str, part.shape)) if part.shape else "" if part.length is None else f"{part.length} items"
    return f"<{part.type}{' ' if size else ''}{size}>"
