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
MOST_HEADER_BYTES = 1 << 20
MOST_TENSORS_HEADER_BYTES = 16 << 20


def read(source: Path | bytes) -> ArrayPreview:
    """Raises ValueError where it is no .npy file, or one of Python objects; ImportError without numpy."""
    numpy: Any = importlib.import_module("numpy")  # heavy, and an optional extra: only where an array is looked at
    if isinstance(source, bytes):
        array: Any = numpy.load(io.BytesIO(source), allow_pickle=False, max_header_size=MOST_HEADER_BYTES)
    else:
        array = numpy.load(source, mmap_mode="r", allow_pickle=False, max_header_size=MOST_HEADER_BYTES)
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
    )


def tensors(source: Path | bytes, *, rows: int, offset: int) -> TablePreview:
    """A row for each: name, type, shape, bytes. Raises ValueError."""
    if isinstance(source, bytes):
        raw = source
    else:
        with source.open("rb") as stream:
            length = min(int.from_bytes(stream.read(8), "little"), MOST_TENSORS_HEADER_BYTES)
            raw = length.to_bytes(8, "little") + stream.read(length)
    length = int.from_bytes(raw[:8], "little")
    header: Any = json.loads(raw[8 : 8 + min(length, MOST_TENSORS_HEADER_BYTES)])
    found = [_tensor(name, about) for name, about in header.items() if name != "__metadata__"]
    names = ("name", "dtype", "shape", "bytes")
    columns = [ColumnStats(name=name, dtype="text", count=len(found), nulls=0, unique=None) for name in names]
    return TablePreview(columns, found[offset : offset + rows], len(found), is_sample=False)


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
