"""The parse server: forks a child for each DAG file it is given, reaps it, and kills what it leaves behind.

Single-threaded, and it never executes a DAG file itself. Started by the dag-processor as
`python -c "from tradewind.parser.server import main; main()" CONTROL`, a descriptor of the control socket.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import selectors
import signal
import socket
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NoReturn

from tradewind.model import frames
from tradewind.model.parsing import (
    FromParseServer,
    ParseEnded,
    ParseFile,
    ParseStarted,
    SetUp,
    StopParse,
    ToParseServer,
    UseSnapshot,
)

AHEAD = (
    "tradewind.parser.child",
    "tradewind.operators.bash",
    "tradewind.operators.empty",
    "tradewind.operators.python",
    "pendulum",
)
"""What most DAG files need: imported once here instead of in each child."""
AIRFLOW_AHEAD = (
    "airflow.decorators",
    "airflow.models.dag",
    "airflow.operators.bash",
    "airflow.operators.empty",
    "airflow.operators.python",
    "airflow.sdk",
    "airflow.utils.dates",
)
ROOTS_AT_MOST = 64
OUTPUT_BYTES = 16 * 1024


def main() -> NoReturn:
    control = socket.socket(fileno=int(sys.argv[1]))
    control.set_inheritable(False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the dag-processor, whose end is ours
    for name in AHEAD:
        importlib.import_module(name)
    reader: frames.FrameReader[ToParseServer] = frames.FrameReader(ToParseServer)
    messages = frames.receive(control, reader)
    if messages is None:
        os._exit(0)
    set_up = messages[0]
    assert isinstance(set_up, SetUp), f"expected a SetUp, got {set_up!r}"
    server = ParseServer(control, reader, set_up)
    server.obey(messages[1:])
    server.serve()


@dataclass
class _Job:
    number: int
    pid: int
    output: IO[bytes]

    def printed(self) -> str:
        with contextlib.suppress(OSError):
            size = os.fstat(self.output.fileno()).st_size
            return os.pread(self.output.fileno(), OUTPUT_BYTES, max(0, size - OUTPUT_BYTES)).decode("utf-8", "replace")
        return ""


class ParseServer:
    def __init__(self, control: socket.socket, reader: frames.FrameReader[ToParseServer], set_up: SetUp) -> None:
        from tradewind.airflow_compat import hook  # imported ahead; named here so that the module itself stays light
        from tradewind.authoring import defaults
        from tradewind.dagfiles.pinned import PinnedFiles
        from tradewind.runner import process, tracking
        from tradewind.settings import from_plain

        os.chdir(set_up.cwd)
        settings = from_plain(set_up.settings)
        defaults.install(settings)
        hook.install()
        tracking.watch_mlflow(settings.told_to_tasks)
        for name in AIRFLOW_AHEAD:
            importlib.import_module(name)
        process.adopt_orphans()
        self._pin = PinnedFiles
        self._process = process
        self._control = control
        self._reader = reader
        self._blobs = Path(set_up.blobs)
        self._pinned: dict[str, PinnedFiles] = {}
        self._jobs: dict[int, _Job] = {}
        self._wakeups = _hear_of_ended_children()
        gc.freeze()  # so that no garbage collection of a child writes to, and thereby copies, the pages it shares

    def serve(self) -> NoReturn:
        with selectors.DefaultSelector() as selector:
            selector.register(self._control, selectors.EVENT_READ, self._receive)
            selector.register(self._wakeups, selectors.EVENT_READ, self._reap)
            while True:
                for key, _ in selector.select():
                    key.data()

    def obey(self, messages: list[ToParseServer]) -> None:
        for message in messages:
            match message:
                case UseSnapshot(snapshot=snapshot):
                    self._pinned.pop(snapshot.root, None)
                    while len(self._pinned) >= ROOTS_AT_MOST:
                        del self._pinned[next(iter(self._pinned))]
                    self._pinned[snapshot.root] = self._pin(snapshot, self._blobs)
                    gc.freeze()
                case ParseFile():
                    self._fork(message)
                case StopParse(job=number):
                    for job in self._jobs.values():
                        if job.number == number:
                            self._process.send_signal_to_group(job.pid, signal.SIGKILL)
                case SetUp():
                    raise AssertionError("a parse server is set up once")

    def _receive(self) -> None:
        try:
            messages = frames.receive(self._control, self._reader)
        except ConnectionResetError:
            messages = None
        if messages is None:
            self._end()
        self.obey(messages)

    def _end(self) -> NoReturn:
        for job in self._jobs.values():
            self._process.send_signal_to_group(job.pid, signal.SIGKILL)
        self._kill_strays()
        os._exit(0)

    def _fork(self, order: ParseFile) -> None:
        from tradewind.parser import child  # imported ahead

        try:
            output = tempfile.TemporaryFile()  # noqa: SIM115  # closed when the child has been reaped
            ours, theirs = socket.socketpair()
            own_pid, pid = os.getpid(), os.fork()
        except OSError as error:
            self._send(ParseEnded(order.job, None, str(error)))
            return
        if pid == 0:
            try:
                child.prepare_process(own_pid)
                self._control.close()
                ours.close()
            except BaseException:
                os._exit(70)
            child.load_and_report(order, self._pinned[order.root], theirs, output.fileno())
        theirs.close()
        self._jobs[pid] = _Job(order.job, pid, output)
        self._send(ParseStarted(order.job, pid), ours.fileno())
        ours.close()

    def _reap(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while os.read(self._wakeups, 4096):
                pass
        while (found := self._process.wait_for_one(self._before_reaping)) is not None:
            pid, status, _ = found
            if (job := self._jobs.pop(pid, None)) is not None:
                self._send(ParseEnded(job.number, os.waitstatus_to_exitcode(status), job.printed()))
                job.output.close()
                self._kill_strays()

    def _before_reaping(self, pid: int) -> None:
        if pid in self._jobs:
            self._process.send_signal_to_group(pid, signal.SIGKILL)

    def _kill_strays(self) -> None:
        """What a child had started and left behind became ours when it ended."""
        for pid in self._process.child_pids() - set(self._jobs):
            self._process.send_signal_to_group(pid, signal.SIGKILL)

    def _send(self, message: FromParseServer, *descriptors: int) -> None:
        frame = frames.encode(message)
        try:
            sent = socket.send_fds(self._control, [frame], list(descriptors)) if descriptors else 0
            self._control.sendall(frame[sent:])
        except (BrokenPipeError, ConnectionResetError):
            self._end()


def _hear_of_ended_children() -> int:
    """A descriptor that is readable once a child has ended."""
    read, write = os.pipe()
    for descriptor in (read, write):
        os.set_blocking(descriptor, False)
    signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    return read
