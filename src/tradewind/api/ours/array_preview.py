"""A corner of an array and its statistics, from a .npy file that is mapped; names, types and shapes in a safetensors
file. Nothing of either can be code: object arrays are refused."""

from __future__ import annotations

import importlib
import io
import json
from pathlib import Path
from typing import Any, cast

from tradewind.api.ours.bodies.values import ArrayPreview, ColumnStats, TablePreview
from tradewind.api.ours.plain import plain

CORNER = 20
"""Elements of each of the last two dimensions."""
SAMPLE = 1_000_000
BINS = 20
PIXELS, MOST_POINTS = 64, 1_000
"""Of an overview: of each side of a picture, of a vector."""
MOST_HEADER_BYTES = 1 << 20
MOST_TENSORS_HEADER_BYTES = 16 << 20


def read(source: Path | bytes) -> ArrayPreview:
    """Raises ValueError where it is no .npy file, or one of Python objects; ImportError without numpy."""
    numpy: Any = importlib.import_module("numpy")  # heavy, and an optional extra: only where an array is looked at
    if isinstance(source, bytes):
        array: Any = numpy.load(io.BytesIO(source), allow_pickle=False, max_header_size=MOST_HEADER_BYTES)
    else:
        array = numpy.load(source, mmap_mode="r", allow_pickle=False, max_header_size=MOST_HEADER_BYTES)
    return _preview(array, numpy)


def single(source: Path | bytes) -> ArrayPreview | None:
    """The one tensor that a task returned; None where the file holds a dict of them, or of a type NumPy lacks."""
    raw = source if isinstance(source, bytes) else None
    header, begin = _header(source)
    about = header.get("tensor")
    kind = _DTYPES.get(about["dtype"]) if about is not None and len(header) == 1 else None
    if about is None or kind is None:
        return None
    numpy: Any = importlib.import_module("numpy")
    shape, offset = tuple(about["shape"]), begin + about["data_offsets"][0]
    if raw is None:
        count = (about["data_offsets"][1] - about["data_offsets"][0]) // numpy.dtype(kind).itemsize
        flat = numpy.memmap(source, dtype=kind, mode="r", offset=offset, shape=(count,)) if count else numpy.empty(0)
    else:
        flat = numpy.frombuffer(raw[: begin + about["data_offsets"][1]], dtype=kind, offset=offset)
    return _preview(flat.reshape(shape), numpy)


_DTYPES = {
    "F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "i1",
    "U64": "<u8", "U32": "<u4", "U16": "<u2", "U8": "u1", "BOOL": "?",
}  # fmt: skip


def _preview(array: Any, numpy: Any) -> ArrayPreview:
    corner = array
    for _ in range(max(0, array.ndim - 2)):
        corner = corner[0] if len(corner) else corner.reshape(0)
    corner = corner[tuple(slice(0, CORNER) for _ in range(corner.ndim))]
    values: Any = plain(corner.tolist())
    return ArrayPreview(
        tuple(int(size) for size in array.shape),
        str(array.dtype),
        cast("list[Any]", values) if isinstance(values, list) else [values],
        _stats(array, numpy),
        _overview(array, numpy),
    )


def _overview(array: Any, numpy: Any) -> list[Any]:
    """All of it in few pixels: elements that lie evenly through the last two dimensions, the others at their first.
    A pixel of a colour image is a list of its channels. Of a vector one row."""
    if array.dtype.kind not in "iufb" or not array.size or not array.ndim:
        return []
    is_colour = array.ndim >= 3 and array.shape[-1] in (3, 4) and array.dtype == numpy.uint8
    for _ in range(array.ndim - (3 if is_colour else 2)):
        array = array[0]
    if array.ndim == 1:
        array = array[None, :]
        most = (1, MOST_POINTS)
    else:
        most = (PIXELS, PIXELS)
    rows, columns = (slice(None, None, -(-size // bound)) for size, bound in zip(array.shape, most, strict=False))
    picked = array[rows, columns]
    found: Any = plain(numpy.asarray(picked[..., :3] if is_colour else picked).tolist())
    return found


def tensors(source: Path | bytes, *, rows: int, offset: int) -> TablePreview:
    """A row for each: name, type, shape, bytes. Raises ValueError."""
    header, _ = _header(source)
    found = [_tensor(name, about) for name, about in header.items()]
    names = ("name", "dtype", "shape", "bytes")
    columns = [ColumnStats(name=name, dtype="text", count=len(found), nulls=0, unique=None) for name in names]
    return TablePreview(columns, found[offset : offset + rows], len(found), is_sample=False)


def _header(source: Path | bytes) -> tuple[dict[str, Any], int]:
    """The tensors by name, and where their bytes begin."""
    if isinstance(source, bytes):
        raw = source
    else:
        with source.open("rb") as stream:
            length = min(int.from_bytes(stream.read(8), "little"), MOST_TENSORS_HEADER_BYTES)
            raw = length.to_bytes(8, "little") + stream.read(length)
    length = min(int.from_bytes(raw[:8], "little"), MOST_TENSORS_HEADER_BYTES)
    header: dict[str, Any] = json.loads(raw[8 : 8 + length])
    return {name: about for name, about in header.items() if name != "__metadata__"}, 8 + length


def _tensor(name: str, about: dict[str, Any]) -> list[Any]:
    begin, end = about["data_offsets"]
    return [name, str(about["dtype"]), " x ".join(map(str, about["shape"])), int(end) - int(begin)]


def _stats(array: Any, numpy: Any) -> ColumnStats | None:
    """Of numbers; of a large array those that lie evenly through it."""
    if array.dtype.kind not in "iufb" or not array.size:
        return None
    flat = array.reshape(-1) if array.flags.c_contiguous else array.flat
    step = max(1, array.size // SAMPLE)
    sample = numpy.asarray(flat[::step], dtype="float64")
    finite = sample[numpy.isfinite(sample)]
    counts: Any = numpy.histogram(finite, bins=BINS)[0] if len(finite) else None
    return ColumnStats(
        name="",
        dtype=str(array.dtype),
        count=int(array.size),
        nulls=int(len(sample) - len(finite)),
        unique=None,
        minimum=float(finite.min()) if len(finite) else None,
        maximum=float(finite.max()) if len(finite) else None,
        mean=float(finite.mean()) if len(finite) else None,
        std=float(finite.std()) if len(finite) else None,
        histogram=[int(one) for one in cast("list[int]", counts)] if counts is not None else [],
    )
