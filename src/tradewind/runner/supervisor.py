"""The task's line to its supervisor: requests with one reply each, and notices, over one stream socket.

User threads may ask at the same time, so an exchange (frame out, reply in) is one critical section.
"""

from __future__ import annotations

import os
import socket
import threading
from typing import Any

from tradewind.authoring.exceptions import AirflowRuntimeError
from tradewind.model import frames
from tradewind.model.messages import Notice, Reply, Request, RunTry, SupervisorMessage
from tradewind.model.outcomes import TryReport
from tradewind.runner.interrupts import INTERRUPTS


class SocketSupervisor:
    """Implements `authoring.ports.Supervisor`. Owns the reading side of the socket: the `RunTry`s come through
    `receive_try`, since bytes after one may belong to the next frame."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._reader: frames.FrameReader[SupervisorMessage] = frames.FrameReader(SupervisorMessage)
        self._received: list[SupervisorMessage] = []
        self._lock = threading.Lock()
        self._process = os.getpid()

    def receive_try(self) -> RunTry | None:
        """Block for the next try; None where the supervisor has closed the line. Call it in the process that will run
        the try (after the fork): requests are answered in that process alone."""
        self._process = os.getpid()
        message = self._receive()
        assert message is None or isinstance(message, RunTry), f"expected a RunTry, got {message!r}"
        return message

    def ask(self, request: Request) -> Any:
        """The reply's result. Raises AirflowRuntimeError with the supervisor's words, where it has gone, and in a
        process that the task has forked: two readers on one socket would steal each other's replies."""
        if os.getpid() != self._process:
            raise AirflowRuntimeError(
                f"{type(request).__name__} was asked in a process forked by the task",
                hint="ask in the task itself and hand the result to the child process",
            )
        with INTERRUPTS.shielded(), self._lock:
            self._send(request)
            reply = self._receive()
        if reply is None:
            raise AirflowRuntimeError(
                "the supervisor of this try has gone", hint="the try is being stopped; see its log"
            )
        assert isinstance(reply, Reply), f"expected a Reply, got {reply!r}"
        if reply.error is not None:
            raise AirflowRuntimeError(reply.error)
        return reply.result

    def tell(self, notice: Notice | TryReport) -> None:
        """Send and go on. Notices from a process that the task has forked are dropped, as is what a supervisor that has
        gone would have read."""
        if os.getpid() != self._process:
            return
        with INTERRUPTS.shielded(), self._lock:
            self._send(notice)

    def _send(self, message: Request | Notice | TryReport) -> None:
        try:
            self._socket.sendall(frames.encode(message))
        except (BrokenPipeError, ConnectionResetError):
            # Its end shows in the next ask; a report nobody can read changes nothing.
            return

    def _receive(self) -> SupervisorMessage | None:
        while not self._received:
            try:
                messages = frames.receive(self._socket, self._reader)
            except ConnectionResetError:
                return None
            if messages is None:
                return None
            self._received.extend(messages)
        return self._received.pop(0)
