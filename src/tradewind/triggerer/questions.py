"""Variables, connections, values and states that triggers ask for, answered by the store side over a socket."""

from __future__ import annotations

import os
import socket
import threading
from typing import Any

from tradewind.authoring.exceptions import AirflowRuntimeError
from tradewind.model import frames
from tradewind.model.messages import Notice, Reply, Request


class Questions:
    """A `ports.Supervisor`. A question blocks until it is answered, some tenths of a millisecond; triggers that ask
    much do so in a thread (`asyncio.to_thread`, `sync_to_async`), as in Airflow."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._reader: frames.FrameReader[Reply] = frames.FrameReader(Reply)
        self._lock = threading.Lock()

    def ask(self, request: Request) -> Any:
        with self._lock:
            try:
                self._socket.sendall(frames.encode(request))
                replies = frames.receive(self._socket, self._reader)
            except OSError:
                replies = None
        if replies is None:
            os._exit(0)  # the store side has gone, and with it everybody we wait for
        if replies[0].error is not None:
            raise AirflowRuntimeError(replies[0].error)
        return replies[0].result

    def tell(self, notice: Notice) -> None:
        """A trigger has no try of its own to tell of."""
