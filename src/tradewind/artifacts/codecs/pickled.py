"""Anything else that can be pickled, with the memory of arrays beside the pickle instead of in it. The standard
library's pickle is tried first (in C, nothing to import), cloudpickle for what it refuses: lambdas, local classes.

File: the pickle; each buffer, aligned; a msgpack table of (offset, length), the pickle's first; the table's length.
Buffers are mapped when read, so an object that holds a gigabyte of arrays is there at once.
"""

from __future__ import annotations

import pickle
import struct
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from tradewind.artifacts.refusals import cannot_pickle, load_cloudpickle
from tradewind.artifacts.sink import Sink
from tradewind.artifacts.source import Source
from tradewind.model.errors import TradewindError

ALIGNMENT_BYTES = 64
SMALL_BUFFER_BYTES = 1024
"""Smaller buffers stay inside the pickle."""
_LENGTH = struct.Struct("<Q")


class PickleCodec:
    name = "cloudpickle"
    suffix = "pickle"

    def takes(self, value: Any) -> bool:
        return True

    def write(self, value: Any, sink: Sink) -> Sequence[Any]:
        write_pickle(value, sink)
        return ()

    def read(self, source: Source, parts: Sequence[Callable[[], Any]]) -> Any:
        return read_pickle(source.memory)


def write_pickle(value: Any, sink: Sink) -> None:
    """Raises ValueStoreError naming the type, and for containers the place, of what cannot be pickled."""
    try:
        buffers = _write_pickled(value, sink, pickle.dump)
    except Exception:
        sink.discard()
        try:
            buffers = _write_pickled(value, sink, load_cloudpickle().dump)
        except TradewindError:
            raise
        except Exception as error:
            raise cannot_pickle(value, error) from error
    table = [(0, sink.tell())]
    for memory in buffers:
        sink.align(ALIGNMENT_BYTES)
        table.append((sink.tell(), memory.nbytes))
        sink.write(memory)
    footer = msgspec.msgpack.encode(table)
    sink.write(footer)
    sink.write(_LENGTH.pack(len(footer)))


def read_pickle(memory: memoryview) -> Any:
    (length,) = _LENGTH.unpack(memory[-_LENGTH.size :])
    footer = memory[-_LENGTH.size - length : -_LENGTH.size]
    places = msgspec.msgpack.decode(footer, type=list[tuple[int, int]])
    pickled, *buffers = (memory[start : start + size] for start, size in places)
    return pickle.loads(pickled, buffers=buffers)  # noqa: S301  # only in runner processes, which run the user's code


def _write_pickled(value: Any, sink: Sink, dump: Callable[..., None]) -> list[memoryview]:
    buffers: list[memoryview] = []

    def keep_beside(buffer: pickle.PickleBuffer) -> bool:
        memory = buffer.raw()
        if memory.nbytes < SMALL_BUFFER_BYTES:
            return True
        buffers.append(memory)
        return False

    dump(value, sink, protocol=5, buffer_callback=keep_beside)
    return buffers
