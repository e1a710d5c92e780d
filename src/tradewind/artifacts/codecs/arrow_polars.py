"""polars frames and series, as polars itself writes them. A LazyFrame is collected: its data travels, not its plan."""

from __future__ import annotations

import importlib
import io
from typing import Any

from tradewind.artifacts.codecs.arrow_table import open_ipc
from tradewind.artifacts.codecs.base import class_name
from tradewind.artifacts.sink import Sink
from tradewind.artifacts.source import Source

CLASSES = frozenset({"DataFrame", "Series", "LazyFrame"})


def write(value: Any, sink: Sink) -> None:
    match class_name(value):
        case "LazyFrame":
            frame = value.collect()
        case "Series":
            frame = value.to_frame()
        case _:
            frame = value
    frame.write_ipc(sink, compression="uncompressed")


def read(source: Source) -> Any:
    polars = importlib.import_module("polars")
    frame = _mapped(source, polars)
    if frame is None:
        frame = polars.read_ipc(str(source.path) if source.path else io.BytesIO(source.memory))
    match source.type.rpartition(".")[2]:
        case "LazyFrame":
            return frame.lazy()
        case "Series":
            return frame.to_series()
        case _:
            return frame


def _mapped(source: Source, polars: Any) -> Any:
    """Plain numbers and times in place, where pyarrow is installed: polars' own reader copies."""
    try:
        table = open_ipc(source.memory).read_all()
    except ImportError:
        return None
    types = importlib.import_module("pyarrow.types")
    return polars.from_arrow(table) if all(map(types.is_primitive, table.schema.types)) else None
