"""Bytes, and texts too long to be worth quoting as JSON: the file is the value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tradewind.artifacts.codecs.base import CannotCarryError
from tradewind.artifacts.sink import Sink
from tradewind.artifacts.source import Source

LONG_TEXT = 65_536


class BytesCodec:
    name = "bytes"
    suffix = "bin"

    def takes(self, value: Any) -> bool:
        return type(value) is bytes

    def write(self, value: Any, sink: Sink) -> Sequence[Any]:
        sink.write(value)
        return ()

    def read(self, source: Source, parts: Sequence[Callable[[], Any]]) -> Any:
        return bytes(source.memory)


class TextCodec:
    name = "text"
    suffix = "txt"

    def takes(self, value: Any) -> bool:
        return type(value) is str and len(value) > LONG_TEXT

    def write(self, value: Any, sink: Sink) -> Sequence[Any]:
        try:
            sink.write(value.encode("utf-8"))
        except UnicodeEncodeError as error:  # lone surrogates, from file names that are not UTF-8
            raise CannotCarryError from error
        return ()

    def read(self, source: Source, parts: Sequence[Callable[[], Any]]) -> Any:
        return str(source.memory, "utf-8")
