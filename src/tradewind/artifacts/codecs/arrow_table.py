"""pyarrow tables and record batches."""

from __future__ import annotations

import importlib
from typing import Any

from tradewind.artifacts.codecs.base import class_name
from tradewind.artifacts.sink import Sink
from tradewind.artifacts.source import Source

CLASSES = frozenset({"Table", "RecordBatch"})


def write(value: Any, sink: Sink) -> None:
    write_ipc(value.schema, [value] if class_name(value) == "RecordBatch" else value.to_batches(), sink)


def read(source: Source) -> Any:
    reader = open_ipc(source.memory)
    if source.type.endswith("RecordBatch"):
        return reader.get_batch(0)
    return reader.read_all()


def write_ipc(schema: Any, batches: list[Any], sink: Sink) -> None:
    pyarrow = load_pyarrow()
    with pyarrow.PythonFile(sink, mode="w") as file, pyarrow.ipc.new_file(file, schema) as writer:
        for batch in batches:
            writer.write_batch(batch)


def open_ipc(memory: memoryview) -> Any:
    pyarrow = load_pyarrow()
    return pyarrow.ipc.open_file(pyarrow.BufferReader(pyarrow.py_buffer(memory)))


def load_pyarrow() -> Any:
    importlib.import_module("pyarrow.ipc")
    return importlib.import_module("pyarrow")  # 165 MB and an optional extra: only for frames
