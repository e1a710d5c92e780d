"""polars frames and series, written and mapped by polars itself. A LazyFrame is collected: data travels, no plan."""

from __future__ import annotations

import importlib
import io
from typing import Any

from tradewind.artifacts.codecs.base import class_name
from tradewind.artifacts.sink import Sink
from tradewind.artifacts.source import Source

CLASSES = frozenset({"DataFrame", "Series", "LazyFrame"})
SMALL_FRAME_BYTES = 1 << 18


def write(value: Any, sink: Sink) -> None:
    match class_name(value):
        case "LazyFrame":
            frame = value.collect()
        case "Series":
            frame = value.to_frame()
        case _:
            frame = value
    if frame.estimated_size() <= SMALL_FRAME_BYTES:
        encoded = io.BytesIO()
        frame.write_ipc(encoded, compression="uncompressed")
        sink.write(encoded.getbuffer())
    else:
        frame.write_ipc(str(sink.path_to_fill()), compression="uncompressed")


def read(source: Source) -> Any:
    polars = importlib.import_module("polars")
    if source.path is None:
        frame = polars.read_ipc(io.BytesIO(source.memory))
    else:
        frame = polars.read_ipc(str(source.path))
    match source.type.rpartition(".")[2]:
        case "LazyFrame":
            return frame.lazy()
        case "Series":
            return frame.to_series()
        case _:
            return frame
