"""A spec goes to other processes, which decode it strictly: what could not get there is refused where the DAG is
compiled, with the DAG's place, instead of ending the process that sends it."""

from __future__ import annotations

from typing import Any, cast

import msgspec

from tradewind.model.errors import DagFileError, SourceLocation
from tradewind.model.spec import DagSpec

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(DagSpec)
CANNOT = (TypeError, OverflowError, UnicodeError, RecursionError)


def check_crosses(spec: DagSpec, location: SourceLocation | None) -> None:
    """Raises DagFileError naming the part of the spec."""
    try:
        _decoder.decode(_encoder.encode(spec))
    except CANNOT as error:
        raise _refusal(spec, f"{_place(spec)[1:]}: {error}", location) from error
    except msgspec.ValidationError as error:
        raise _refusal(spec, str(error), location) from error


def _refusal(spec: DagSpec, why: str, location: SourceLocation | None) -> DagFileError:
    return DagFileError(
        f"DAG {spec.dag_id!r}: an argument is not of the kind that is wanted: {why}",
        location=location,
        hint="give numbers, texts, dates, lists and dicts of these; whole numbers have 64 bits",
    )


def _place(value: Any) -> str:
    """The way to what cannot be encoded: `tasks[2].pool_slots`."""
    if isinstance(value, msgspec.Struct):
        parts = [(f".{name}", getattr(value, name)) for name in value.__struct_fields__]
    elif isinstance(value, dict):
        parts = [(f"[{key!r}]", part) for key, part in cast("dict[Any, Any]", value).items()]
    elif isinstance(value, list | tuple):
        parts = [(f"[{place}]", part) for place, part in enumerate(cast("list[Any]", value))]
    else:
        return ""
    return next((f"{name}{_place(part)}" for name, part in parts if not _is_plain(part)), "")


def _is_plain(value: Any) -> bool:
    try:
        _encoder.encode(value)
    except CANNOT:
        return False
    return True
