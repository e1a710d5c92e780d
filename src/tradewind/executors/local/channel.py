"""A stream socket that never blocks its owner: what cannot be sent at once waits in a buffer."""

from __future__ import annotations

import contextlib
import selectors
import socket
from collections import deque
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import msgspec

from tradewind.model import frames

T = TypeVar("T")
READ_BYTES = 1 << 16
MAX_DESCRIPTORS = 16


class BrokenChannelError(Exception):
    """The other end sent bytes that are no message."""


class Channel(Generic[T]):
    """`handler` is called (by the selector's owner) when the socket is readable or writable again."""

    def __init__(
        self, sock: socket.socket, kind: Any, selector: selectors.BaseSelector, handler: Callable[[int], None]
    ) -> None:
        sock.setblocking(False)
        self.socket = sock
        self._reader: frames.FrameReader[T] = frames.FrameReader(kind)
        self._selector = selector
        self._handler = handler
        self._unsent = bytearray()
        self.descriptors: deque[int] = deque()
        """Descriptors that came along, oldest first."""
        self.is_closed = False
        selector.register(sock, selectors.EVENT_READ, handler)

    def send(self, data: bytes) -> None:
        """Never raises: where the other end has gone, its end shows when reading."""
        if self.is_closed:
            return
        if self._unsent:
            self._unsent += data
            return
        sent = self._try_to_send(data)
        if sent < len(data):
            self._unsent += memoryview(data)[sent:]
            self._selector.modify(self.socket, selectors.EVENT_READ | selectors.EVENT_WRITE, self._handler)

    def send_more(self) -> None:
        """The socket is writable again."""
        del self._unsent[: self._try_to_send(self._unsent)]
        if not self._unsent and not self.is_closed:
            self._selector.modify(self.socket, selectors.EVENT_READ, self._handler)

    def receive(self) -> list[T] | None:
        """Messages that are complete now; None at the end. Raises BrokenChannelError."""
        try:
            data = self.socket.recv(READ_BYTES)
        except (BlockingIOError, InterruptedError):
            return []
        except OSError:
            return None
        return self._decode(data)

    def receive_with_descriptors(self) -> list[T] | None:
        """As `receive`, for a channel that passes descriptors on."""
        try:
            data, descriptors, _flags, _address = socket.recv_fds(self.socket, READ_BYTES, MAX_DESCRIPTORS)
        except (BlockingIOError, InterruptedError):
            return []
        except OSError:
            return None
        self.descriptors.extend(descriptors)
        return self._decode(data)

    def drain(self) -> list[T]:
        """Everything that is in the socket, for one whose other end has ended."""
        messages: list[T] = []
        while not self.is_closed:
            before = len(messages)
            found = self.receive()
            if found is None:
                break
            messages += found
            if len(messages) == before and not self._has_more():
                break
        return messages

    def close(self) -> None:
        if self.is_closed:
            return
        self.is_closed = True
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(self.socket)
        self.socket.close()

    def _decode(self, data: bytes) -> list[T] | None:
        if not data:
            return None
        try:
            return self._reader.feed(data)
        except (msgspec.DecodeError, ValueError) as error:
            raise BrokenChannelError(str(error)) from error

    def _has_more(self) -> bool:
        with contextlib.suppress(OSError):
            return bool(self.socket.recv(1, socket.MSG_PEEK))
        return False

    def _try_to_send(self, data: bytes | bytearray) -> int:
        try:
            return self.socket.send(data)
        except (BlockingIOError, InterruptedError):
            return 0
        except OSError:  # EPIPE, ECONNRESET: nobody will read it
            return len(data)
