"""JSON-like values with what JSON lacks: tuples, sets, dates, NaN, Decimal, UUID, paths, NumPy scalars, any key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tradewind.artifacts.codecs.base import CannotCarryError
from tradewind.artifacts.codecs.nested import pack, unpack
from tradewind.artifacts.sink import Sink
from tradewind.artifacts.source import Source


class TypedCodec:
    name = "typed"
    suffix = "msgpack"

    def takes(self, value: Any) -> bool:
        """Whether it fits shows in writing: a leaf of another kind ends it."""
        return True

    def write(self, value: Any, sink: Sink) -> Sequence[Any]:
        sink.write(pack(value, _refuse))
        return ()

    def read(self, source: Source, parts: Sequence[Callable[[], Any]]) -> Any:
        return unpack(source.memory, _no_part)


def _refuse(value: Any) -> Any:
    raise CannotCarryError(type(value).__name__)


def _no_part(index: int) -> Any:
    raise ValueError(f"a typed value has no part {index}")
