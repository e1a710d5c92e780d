"""A warm parent: imports one DAG file, sends its specs, then forks children that run its tries, and reaps them.

Single-threaded and thin: a fork copies page tables, so whatever this process imports or holds makes each try slower.
Started by the local executor as `python -c "from tradewind.runner.warm_parent import main; main()" CONTROL LIFE`, two
descriptors: the control socket, and a pipe that closes when the executor's process ends.
"""

from __future__ import annotations

import faulthandler
import fcntl
import gc
import importlib
import os
import signal
import socket
import sys
from typing import Any, NoReturn

from tradewind.model import frames
from tradewind.model.messages import Notice, Reply, Request
from tradewind.model.warm import FileLoaded, FromWarmParent, LoadFile, ToWarmParent
from tradewind.runner import process


class ControlLine:
    """The socket to the executor. While the file is imported it answers `Variable.get` and such (`authoring.ports`)."""

    def __init__(self, sock: socket.socket) -> None:
        self.socket = sock
        self._reader: frames.FrameReader[ToWarmParent] = frames.FrameReader(ToWarmParent)
        self._held: list[ToWarmParent] = []

    def receive(self) -> list[ToWarmParent] | None:
        """Block for messages; None where the executor has gone."""
        if self._held:
            held, self._held = self._held, []
            return held
        try:
            return frames.receive(self.socket, self._reader)
        except ConnectionResetError:
            return None

    def send(self, message: FromWarmParent, *descriptors: int) -> None:
        frame = frames.encode(message)
        if not descriptors:
            self.socket.sendall(frame)
            return
        sent = socket.send_fds(self.socket, [frame], list(descriptors))
        self.socket.sendall(frame[sent:])

    def ask(self, request: Request) -> Any:
        from tradewind.authoring.exceptions import AirflowRuntimeError  # only a file that asks pays for it

        self.send(request)
        while (messages := self.receive()) is not None:
            replies = [message for message in messages if isinstance(message, Reply)]
            self._held += [message for message in messages if not isinstance(message, Reply)]
            if replies:
                if replies[0].error is not None:
                    raise AirflowRuntimeError(replies[0].error)
                return replies[0].result
        os._exit(1)  # nobody wants the file any more

    def tell(self, notice: Notice) -> None:
        """An import has nobody to notify."""


def main() -> NoReturn:
    life = int(sys.argv[2])
    os.set_inheritable(life, False)
    serve(socket.socket(fileno=int(sys.argv[1])), life)


def serve(control: socket.socket, life: int) -> NoReturn:
    """The whole life of a warm parent, from its two descriptors on."""
    control.set_inheritable(False)
    line = ControlLine(control)
    process.adopt_orphans()
    end_when_executor_ends(life)
    _import_ahead()
    messages = line.receive()
    if messages is None:
        os._exit(0)
    load = messages[0]
    assert isinstance(load, LoadFile), f"expected a LoadFile, got {load!r}"
    _serve_file(line, life, load)


def _serve_file(line: ControlLine, life: int, load: LoadFile) -> NoReturn:
    # Imported by `_import_ahead`; named here so that `main` stays as light as it is.
    from tradewind.authoring import ports, preloading
    from tradewind.runner import importing, threads

    ports.install(line)
    faulthandler.enable(file=2)
    imported = importing.import_file(load)
    preloading.preload_for_aids(imported.file.dags.values())
    ports.install(None)
    fork_unsafe = threads.why_fork_is_unsafe()
    file = imported.file
    line.send(FileLoaded(file.specs, file.problems, fork_unsafe, file.seconds, file.output))
    # What children need besides is imported while the executor works on the specs.
    from tradewind.runner import capture, rehearsal
    from tradewind.runner.nursery import Nursery

    threads.prepare_thread_limits()
    capture.take_logging(importing.log_level())
    if not fork_unsafe and not rehearsal.is_done():
        rehearsal.rehearse()
    nursery = Nursery(line, load, imported, spawn_instead_of_fork=bool(fork_unsafe))
    gc.freeze()  # so that no garbage collection of a child writes to, and thereby copies, the pages it shares with us
    fcntl.fcntl(life, fcntl.F_SETFL, os.O_NONBLOCK)  # from here on the control socket tells
    nursery.run()


def _import_ahead() -> None:
    """An executor starts a warm parent before it knows the file: importing what every file needs takes longest."""
    importlib.import_module("tradewind.runner.importing")


def end_when_executor_ends(life: int) -> None:
    """While a file is being imported nobody reads the control socket. The kernel then tells us by SIGIO, whose default
    action ends the process even inside C code. (Linux; on macOS the import's time limit has to do.)"""
    if sys.platform == "linux":
        signal.signal(signal.SIGIO, signal.SIG_DFL)
        fcntl.fcntl(life, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(life, fcntl.F_SETFL, os.O_NONBLOCK | os.O_ASYNC)
