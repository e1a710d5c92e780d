"""Framing of messages on a stream socket: 4-byte big-endian length, then msgpack."""

from __future__ import annotations

import socket
import struct
from functools import cache
from typing import Any, Generic, TypeVar

import msgspec

from tradewind.model.messages import MAX_FRAME_BYTES

T = TypeVar("T")
HEADER = struct.Struct(">I")
_encoder = msgspec.msgpack.Encoder()


def encode(message: Any) -> bytes:
    """One message as a frame."""
    body = _encoder.encode(message)
    return HEADER.pack(len(body)) + body


class FrameReader(Generic[T]):
    """Collects bytes and yields whole messages of one type; strict: a frame of another shape raises ValidationError."""

    def __init__(self, kind: Any) -> None:
        self._decoder: msgspec.msgpack.Decoder[T] = _decoder(kind)
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[T]:
        """Messages completed by these bytes, in order."""
        buffer = self._buffer
        buffer += data
        messages: list[T] = []
        start = 0
        while len(buffer) - start >= HEADER.size:
            (length,) = HEADER.unpack_from(buffer, start)
            if length > MAX_FRAME_BYTES:
                raise ValueError(f"a frame of {length} bytes is over the limit of {MAX_FRAME_BYTES}")
            end = start + HEADER.size + length
            if len(buffer) < end:
                break
            messages.append(self._decoder.decode(memoryview(buffer)[start + HEADER.size : end]))
            start = end
        if start:
            del buffer[:start]
        return messages


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    """One for all readers of a kind: making one costs as much as a hundred messages."""
    return msgspec.msgpack.Decoder(kind)


def receive(sock: socket.socket, reader: FrameReader[T]) -> list[T] | None:
    """Block for at least one message; None where the other end has closed."""
    while True:
        data = sock.recv(1 << 18)
        if not data:
            return None
        if messages := reader.feed(data):
            return messages
