"""The warm parent's loop: makes children when asked, moves their raw output to their logs, and tells of their ends.

A child's processes end with it: what is left of its group is killed when it has ended, and so is what had left the
group, since it becomes a child of ours (`process.adopt_orphans`).
"""

from __future__ import annotations

import atexit
import contextlib
import os
import selectors
import signal
import socket
import tempfile
import time
from dataclasses import dataclass
from typing import NoReturn

import msgspec

from tradewind.model.messages import Reply
from tradewind.model.warm import ChildEnded, ChildForked, ForkChildren, ForkFailed, LoadFile, Retire, SignalChild
from tradewind.runner import child, fresh, importing, process
from tradewind.runner.importing import Imported
from tradewind.runner.raw_output import RawOutput
from tradewind.runner.warm_parent import ControlLine

LAST_PATIENCE_SECONDS = 5.0
WAITING = "tw-waiting"
"""What an interpreter calls itself that waits for the next task (`operators.warm_interpreter`)."""


@dataclass
class Born:
    """One living child."""

    pid: int
    output: RawOutput


class Nursery:
    def __init__(self, line: ControlLine, load: LoadFile, imported: Imported, *, spawn_instead_of_fork: bool) -> None:
        self._line = line
        self._imported = imported
        self._load = _write_down(importing.whole(load)) if spawn_instead_of_fork else None
        self._children: dict[int, Born] = {}
        self._not_ours = process.child_pids()
        self._is_ending = False
        """Processes that the file's import has started; they live as long as we do."""
        self._retiring = False
        self._selector = selectors.DefaultSelector()
        self._woken, wake = os.pipe()
        for descriptor in (self._woken, wake):
            os.set_blocking(descriptor, False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)  # a handler at all, so that set_wakeup_fd is used
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        self._own = [self._woken, wake, line.socket.fileno()]
        self._selector.register(line.socket, selectors.EVENT_READ, self._hear)
        self._selector.register(self._woken, selectors.EVENT_READ, self._reap)

    def run(self) -> NoReturn:
        while not (self._retiring and not self._children):
            for key, _events in self._selector.select():
                if key.data is None:
                    self._pump(key.fd)
                else:
                    key.data()
        self._not_ours = set[int]()
        self._is_ending = True
        self._kill_orphans()
        _leave()

    def _hear(self) -> None:
        messages = self._line.receive()
        if messages is None:
            self._end_all()
        for message in messages:
            match message:
                case ForkChildren(count=count, rehearse=rehearse):
                    for _ in range(count):
                        self._make_child(rehearse)
                case SignalChild(pid=pid, signal=number):
                    if pid in self._children:
                        process.send_signal_to_group(pid, number)
                case Retire():
                    self._retiring = True
                case LoadFile() | Reply():
                    raise AssertionError(f"unexpected {type(message).__name__}")

    # ---------------------------------------------------------------------------------------------- birth

    def _make_child(self, rehearse: bool) -> None:
        try:
            ours, theirs = socket.socketpair()
            output = RawOutput()
        except OSError as error:
            self._tell(ForkFailed(f"no descriptors are left: {error}"))
            return
        try:
            pid = self._start(theirs, ours, output, rehearse)
        except OSError as error:
            output.close_write_ends()
            output.finish()
            self._tell(ForkFailed(f"the system refused another process: {error}"))
            return
        finally:
            theirs.close()
        output.close_write_ends()
        self._children[pid] = Born(pid, output)
        for descriptor in output.descriptors:
            self._selector.register(descriptor, selectors.EVENT_READ, None)
        with ours:
            self._tell(ChildForked(pid), ours.fileno())

    def _start(self, theirs: socket.socket, ours: socket.socket, output: RawOutput, rehearse: bool) -> int:
        if self._load is not None:
            return fresh.start(theirs.fileno(), self._load, output.card.descriptor, output.out_write, output.err_write)
        me = os.getpid()
        pid = os.fork()
        if pid == 0:
            try:
                self._be_child(me, theirs, ours, output, rehearse)
            finally:
                os._exit(70)
        return pid

    def _be_child(
        self, parent: int, theirs: socket.socket, ours: socket.socket, output: RawOutput, rehearse: bool
    ) -> NoReturn:
        child.become_child(parent, output.out_write, output.err_write)
        ours.close()
        self._close_own(output)
        child.serve(theirs, self._imported.file, output.card, self._imported.seeds, rehearses=rehearse)

    def _close_own(self, output: RawOutput) -> None:
        """In a child: descriptors of ours alone. What the DAG file has opened at its top stays open."""
        self._selector.close()
        descriptors = [*self._own, *output.descriptors]
        for born in self._children.values():
            descriptors += [*born.output.descriptors, born.output.card.descriptor]
        for descriptor in descriptors:
            with contextlib.suppress(OSError):
                os.close(descriptor)

    # ---------------------------------------------------------------------------------------------- life and death

    def _pump(self, descriptor: int) -> None:
        for born in self._children.values():
            if descriptor in born.output.descriptors:
                if not born.output.pump(descriptor):
                    self._selector.unregister(descriptor)  # every writer has closed it
                return

    def _reap(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while os.read(self._woken, 512):
                pass
        while (ended := process.wait_for_one(self._end_family)) is not None:
            pid, status, usage = ended
            if (born := self._children.get(pid)) is not None:
                self._bury(born, status, usage.ru_maxrss * child.RSS_UNIT_BYTES)

    def _end_family(self, pid: int) -> None:
        """The leader of a group has ended; its group may still have members."""
        if pid in self._children:
            process.send_signal_to_group(pid, signal.SIGKILL)

    def _bury(self, born: Born, status: int, max_rss_bytes: int) -> None:
        del self._children[born.pid]
        self._kill_orphans()
        for descriptor in born.output.descriptors:
            with contextlib.suppress(KeyError):
                self._selector.unregister(descriptor)
        born.output.finish()
        code = os.waitstatus_to_exitcode(status)
        self._tell(
            ChildEnded(born.pid, code if code >= 0 else None, -code if code < 0 else None, max_rss_bytes=max_rss_bytes)
        )

    def _kill_orphans(self) -> None:
        """Descendants of ended children. Killing one may bring us its own children, so until none is left. Interpreters
        that wait for further tasks live as long as we do."""
        for _ in range(1_000):
            orphans = process.child_pids() - self._not_ours - self._children.keys()
            orphans = {pid for pid in orphans if self._is_ending or not process.is_named(pid, WAITING)}
            if not orphans:
                return
            for pid in orphans:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            for pid in orphans:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, 0)

    def _end_all(self) -> NoReturn:
        """The executor has ended or wants no more of us: nothing may be left running."""
        deadline = time.monotonic() + LAST_PATIENCE_SECONDS
        self._not_ours = set[int]()
        self._is_ending = True
        for pid in self._children:
            process.send_signal_to_group(pid, signal.SIGKILL)
        while self._children and time.monotonic() < deadline:
            self._reap()
            if self._children:
                time.sleep(0.001)
        self._kill_orphans()
        os._exit(0)

    def _tell(self, message: ChildForked | ChildEnded | ForkFailed, *descriptors: int) -> None:
        # An executor that has gone shows as the end of the control socket, with all that follows.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self._line.send(message, *descriptors)


def _write_down(load: LoadFile) -> int:
    file = tempfile.TemporaryFile()  # noqa: SIM115  # stays open as long as we live
    file.write(msgspec.msgpack.encode(load))
    file.flush()
    return os.dup(file.fileno())


def _leave() -> NoReturn:
    """Retired. The file's own exit handlers run; its threads are not waited for."""
    with contextlib.suppress(BaseException):
        atexit._run_exitfuncs()  # pyright: ignore[reportPrivateUsage]
    os._exit(0)
