"""What a value looks like, by its codec. Only formats of plain data are read: JSON and its like, text, Arrow, .npy,
safetensors and PNG. Pickles of any kind (models, figures, objects) are never loaded: of them there is what their
producer said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tradewind.api.ours import array_preview, table_preview, typed_preview
from tradewind.api.ours.bodies.values import ValueInfo, ValuePreview
from tradewind.api.ours.masking import masked, masked_text
from tradewind.api.ours.plain import Mask, as_it_is, plain
from tradewind.api.ours.value_url import value_url
from tradewind.model.values import Value

MOST_ROWS = 1_000
MOST_JSON_BYTES = 4 * 1024 * 1024
MOST_TEXT_BYTES = 256 * 1024
LONGEST_SECRET = 4_096
MOST_FILE_BYTES = 8 * 1024 * 1024 * 1024
_KINDS = {
    "json": "json",
    "typed": "json",
    "tree": "json",
    "text": "text",
    "arrow": "table",
    "npy": "array",
    "safetensors": "array",
    "png": "image",
    "figure": "plot",
    "joblib": "model",
    "bytes": "file",
    "file": "file",
}
_MEDIA = {"json": "application/json", "text": "text/plain; charset=utf-8", "png": "image/png"}
_SUFFIXES = {"json": "json", "text": "txt", "arrow": "arrow", "npy": "npy", "safetensors": "safetensors", "png": "png"}
_SHOWN = frozenset({"png"})
"""What a browser may show by itself. No SVG and no HTML: they can hold scripts."""


def kind_of(value: Value) -> str:
    return _KINDS.get(value.codec, "opaque")


def visible_part(value: Value) -> Value:
    """Of a figure the picture beside it; any other value is seen itself."""
    if value.codec == "figure":
        return next((part for part in value.parts if part.codec == "png"), value)
    return value


def media_type(value: Value) -> tuple[str, bool]:
    """(type, whether a browser may show it): never what the bytes, or a user, say that they are."""
    return _MEDIA.get(value.codec, "application/octet-stream"), value.codec in _SHOWN


def suffix(value: Value) -> str:
    return _SUFFIXES.get(value.codec, "bin")


def can_read(value: Value) -> bool:
    return value.codec in _READERS and value.size_bytes <= MOST_FILE_BYTES


def described(info: ValueInfo, value: Value, *, why_not: str = "") -> ValuePreview:
    """Without its bytes."""
    return ValuePreview(
        info=info,
        text=info.preview,
        model=_model(info) if info.kind == "model" else None,
        why_not=why_not or _why_not(value),
    )


class Part(Struct, frozen=True):
    """What is to be shown of a value."""

    rows: int
    offset: int = 0
    mask: Mask = as_it_is


def read(info: ValueInfo, value: Value, source: Path | bytes, part: Part) -> ValuePreview:
    """`source`: its bytes, or the file that has them. Raises OSError."""
    preview = ValuePreview(info=info)
    try:
        return _READERS[value.codec](preview, value, source, part)
    except (ValueError, TypeError, KeyError, IndexError, ArithmeticError, MemoryError, ImportError) as error:
        return described(info, value, why_not=f"it cannot be shown: {error}")


# ------------------------------------------------------------------------------------------ by codec


def _json(preview: ValuePreview, value: Value, source: Path | bytes, part: Part) -> ValuePreview:
    if value.size_bytes > MOST_JSON_BYTES:
        return replace(
            preview, text=preview.info.preview, is_cut=True, why_not=f"larger than {MOST_JSON_BYTES:,} bytes"
        )
    found: Any = msgspec.json.decode(_bytes(source, MOST_JSON_BYTES))
    return replace(preview, json=masked(plain(found, mask=part.mask)))


def _typed(preview: ValuePreview, value: Value, source: Path | bytes, part: Part) -> ValuePreview:
    if value.size_bytes - sum(part.size_bytes for part in value.parts) > MOST_JSON_BYTES:
        return replace(
            preview, text=preview.info.preview, is_cut=True, why_not=f"larger than {MOST_JSON_BYTES:,} bytes"
        )
    return replace(
        preview, json=masked(plain(typed_preview.read(_bytes(source, MOST_JSON_BYTES), value.parts), mask=part.mask))
    )


def _text(preview: ValuePreview, value: Value, source: Path | bytes, part: Part) -> ValuePreview:
    text = _bytes(source, MOST_TEXT_BYTES).decode("utf-8", "replace")
    is_cut = value.size_bytes > MOST_TEXT_BYTES
    if is_cut:  # at the end of a line: half a secret is found by nobody
        text = text[: text.rfind("\n") + 1] or text[:-LONGEST_SECRET]
    return replace(preview, text=masked_text(text), is_cut=is_cut)


def _arrow(preview: ValuePreview, value: Value, source: Path | bytes, part: Part) -> ValuePreview:
    booleans = {name for name, kind in (preview.info.schema or {}).items() if kind == "bool"}
    table = table_preview.read(source, rows=part.rows, offset=part.offset, booleans=booleans, mask=part.mask)
    return replace(preview, table=table, text=preview.info.preview)


def _npy(preview: ValuePreview, value: Value, source: Path | bytes, part: Part) -> ValuePreview:
    return replace(preview, array=array_preview.read(source), text=preview.info.preview)


def _safetensors(preview: ValuePreview, value: Value, source: Path | bytes, part: Part) -> ValuePreview:
    if (alone := array_preview.single(source)) is not None:
        return replace(preview, array=alone, text=preview.info.preview)
    return replace(
        preview, table=array_preview.tensors(source, rows=part.rows, offset=part.offset), text=preview.info.preview
    )


def _png(preview: ValuePreview, value: Value, source: Path | bytes, part: Part) -> ValuePreview:
    return replace(preview, image_url=value_url(preview.info))


_READERS = {
    "json": _json,
    "typed": _typed,
    "tree": _typed,
    "text": _text,
    "arrow": _arrow,
    "npy": _npy,
    "safetensors": _safetensors,
    "png": _png,
}


def _bytes(source: Path | bytes, most: int) -> bytes:
    if isinstance(source, bytes):
        return source[:most]
    with source.open("rb") as stream:
        return stream.read(most)


def _model(info: ValueInfo) -> dict[str, Any]:
    library, _, name = info.type.rpartition(".")
    return {"class": name, "library": library.partition(".")[0], "parameters": info.preview, "bytes": info.size_bytes}


def _why_not(value: Value) -> str:
    if value.codec in _READERS:
        return f"larger than {MOST_FILE_BYTES:,} bytes"
    if value.codec in ("bytes", "file"):
        return "bytes are not shown; download them"
    return "to load it would run code, which the server never does: this is what its task said of it"
