"""Our end of the parse server: starts it (again, where it died), hands it files, as many at once as there are CPUs, and
ends those that take too long. Answers what files ask for while they are imported."""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import selectors
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeAlias

import msgspec

from tradewind.executors.base import Later
from tradewind.executors.local import loading
from tradewind.model import frames
from tradewind.model.messages import Reply, Request
from tradewind.model.parsing import (
    FileParsed,
    FromParseChild,
    FromParseServer,
    GetClock,
    GetQuestions,
    GetRunsByHand,
    ParseEnded,
    ParseFile,
    ParseStarted,
    SetUp,
    StopParse,
    ToParseServer,
    UseSnapshot,
)
from tradewind.model.warm import FileLoaded, Snapshot
from tradewind.scheduler.late_answers import LateAnswers

_log = logging.getLogger(__name__)
ENTRY = "from tradewind.parser.server import main; main()"
GRACE_SECONDS = 1.0
"""What a child has, past its own time limit, to say what took so long."""
SLOW_SECONDS = 3.0
"""A file that is imported for longer leaves its turn to another, up to SLOW_FACTOR times as many as otherwise: a few
that never end hold up no other, and many slow ones don't all run at once."""
SLOW_FACTOR = 4
DEATHS_AT_MOST = 2
"""A file whose parse server died this often is not tried again."""
RECEIVE_BYTES = 1 << 18

Done: TypeAlias = Callable[[FileParsed, str], None]
"""Called with what the file yielded and the id of the snapshot that it was parsed from."""
Answer: TypeAlias = Callable[[Request | GetClock | GetQuestions | GetRunsByHand], Reply | Later]


@dataclass
class _Job:
    order: ParseFile
    done: Done
    deadline: float = 0.0
    """On the monotonic clock; past it the child is killed."""
    slow_at: float = 0.0
    """On the same clock; past it another may run besides."""
    snapshot: str = ""
    line: socket.socket | None = None
    reader: frames.FrameReader[FromParseChild] = field(default_factory=lambda: frames.FrameReader(FromParseChild))
    result: FileParsed | None = None
    why: FileLoaded | None = None
    """What to say where we have ended it ourselves."""
    deaths: int = 0


class ParseClient:
    """For one thread, which also turns the selector: each registered file's data is a function to call when it is
    ready. `done` functions are called in turns of the selector, never within `parse`."""

    def __init__(
        self, selector: selectors.BaseSelector, answer: Answer, set_up: SetUp, *, at_once: int, python: str = ""
    ) -> None:
        self._selector = selector
        self._answer = answer
        self._set_up = set_up
        self._at_once = at_once
        self._python = python or sys.executable
        self._numbers = itertools.count(1)
        self._waiting: deque[_Job] = deque()
        self._running: dict[int, _Job] = {}
        self._snapshots: dict[str, Snapshot] = {}
        self._told: dict[str, str] = {}
        """Root → snapshot that the server has for it."""
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._reader: frames.FrameReader[FromParseServer] = frames.FrameReader(FromParseServer)
        self._late = LateAnswers()
        selector.register(self._late.fileno(), selectors.EVENT_READ, self._late.send_those_there)

    @property
    def unfinished(self) -> int:
        return len(self._waiting) + len(self._running)

    def start(self) -> None:
        """Start the server's process, so that it is up when it is needed. Raises OSError."""
        ours, theirs = socket.socketpair()
        try:
            self._process = subprocess.Popen(
                [self._python, "-P", "-c", ENTRY, str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        self._control = ours
        self._reader = frames.FrameReader(FromParseServer)
        self._selector.register(ours, selectors.EVENT_READ, self._receive)
        self._told = {}
        self._send(self._set_up)

    def use(self, snapshot: Snapshot) -> None:
        """Files of this snapshot's root are parsed as they are in it, from now on; also those that wait already."""
        self._snapshots[snapshot.root] = snapshot

    def parse(self, order: ParseFile, done: Done, *, first: bool = False) -> None:
        """`order.job` is ours to give; a snapshot of its root is in use. Files wait in order until it is their turn, or
        go `first`."""
        job = _Job(msgspec.structs.replace(order, job=next(self._numbers)), done)
        if first:
            self._waiting.appendleft(job)
        else:
            self._waiting.append(job)
        self._fill()

    def seconds_until_due(self) -> float | None:
        """When `attend` has something to do."""
        now = time.monotonic()
        dues = [job.deadline for job in self._running.values()]
        if self._waiting:
            dues += [job.slow_at for job in self._running.values() if job.slow_at > now]
        return max(0.0, min(dues) - now) if dues else None

    def attend(self) -> None:
        """Kill children that neither finished in time nor said why; begin others beside those that take long."""
        self._end_overdue()
        self._fill()

    def _end_overdue(self) -> None:
        now = time.monotonic()
        for number, job in self._running.items():
            if job.deadline <= now:
                job.why = job.why or loading.too_slow(job.order.file, job.order.timeout_seconds, "")
                job.deadline = now + GRACE_SECONDS  # killed again, should it have been missed
                self._send(StopParse(number))

    def stop(self) -> None:
        """End the server and all its children at once; what waits is forgotten."""
        self._waiting.clear()
        for job in self._running.values():
            self._hang_up(job)
        self._running.clear()
        self._selector.unregister(self._late.fileno())
        self._late.close()
        self._close_control()
        if self._process is not None:
            try:
                self._process.wait(5.0)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def _fill(self) -> None:
        while self._waiting and self._has_room():
            has_suspect = any(job.deaths for job in self._running.values())
            if has_suspect or (self._waiting[0].deaths and self._running):
                return  # a file that may have killed the server is tried alone, so that no other is taken for it
            if self._control is None:
                self.start()
            job = self._waiting.popleft()
            now = time.monotonic()
            job.deadline = now + job.order.timeout_seconds + GRACE_SECONDS
            job.slow_at = now + SLOW_SECONDS
            self._running[job.order.job] = job
            snapshot = self._snapshots[job.order.root]
            if self._told.get(snapshot.root) != snapshot.id:
                self._send(UseSnapshot(snapshot))
                self._told[snapshot.root] = snapshot.id
            job.snapshot = snapshot.id
            self._send(job.order)

    def _has_room(self) -> bool:
        now = time.monotonic()
        quick = sum(job.slow_at > now for job in self._running.values())
        return quick < self._at_once and len(self._running) < self._at_once * SLOW_FACTOR

    def _send(self, message: ToParseServer) -> None:
        if self._control is not None:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # its end is heard when reading
                self._control.sendall(frames.encode(message))

    # ------------------------------------------------------------------------------------ the server's words

    def _receive(self) -> None:
        assert self._control is not None, "only a connected server is listened to"
        try:
            data, descriptors, _, _ = socket.recv_fds(self._control, RECEIVE_BYTES, 64)
        except ConnectionResetError:
            data, descriptors = b"", []
        lines = iter(descriptors)
        for message in self._reader.feed(data):
            match message:
                case ParseStarted(job=number):
                    self._listen(number, socket.socket(fileno=next(lines)))
                case ParseEnded():
                    self._ended(message)
        for unused in lines:
            os.close(unused)
        if not data:
            self._server_died()

    def _listen(self, number: int, line: socket.socket) -> None:
        line.setblocking(False)
        job = self._running[number]
        job.line = line
        self._selector.register(line, selectors.EVENT_READ, lambda: self._hear(job))

    def _ended(self, ended: ParseEnded) -> None:
        job = self._running.pop(ended.job)
        if job.line is not None:
            self._hear(job)  # its last words may still be unread
        self._hang_up(job)
        if job.result is None:
            loaded = job.why or _refused(job.order.file, ended)
            if loaded.problems and not loaded.output and ended.output:
                loaded = msgspec.structs.replace(loaded, output=ended.output)
            self._give(job, FileParsed(loaded))
        self._fill()

    def _server_died(self) -> None:
        """Every file that it had in hand begins anew, unless that has been tried."""
        self._close_control()
        code = loading.end_of(self._process) if self._process is not None else None
        self._process = None
        _log.warning("the parse server ended (%s) and is started again", loading.describe_end(code))
        unfinished, self._running = list(self._running.values()), {}
        for job in unfinished:
            self._hang_up(job)
            if job.result is None:
                job.deaths += 1
                job.reader = frames.FrameReader(FromParseChild)
                if job.deaths < DEATHS_AT_MOST:
                    self._waiting.appendleft(job)
                else:
                    self._give(job, FileParsed(loading.died(job.order.file, code, "")))
        self._fill()

    def _close_control(self) -> None:
        if self._control is not None:
            self._selector.unregister(self._control)
            self._control.close()
            self._control = None

    # ------------------------------------------------------------------------------------ a child's words

    def _hear(self, job: _Job) -> None:
        try:
            while job.line is not None and (data := job.line.recv(RECEIVE_BYTES)):
                for message in job.reader.feed(data):
                    self._take(job, message)
        except BlockingIOError:
            return
        except ConnectionResetError:
            pass
        except (msgspec.MsgspecError, ValueError) as error:
            job.why = loading.refused(job.order.file, f"the file's process sent what cannot be read: {error}")
            self._send(StopParse(job.order.job))
        self._hang_up(job)

    def _take(self, job: _Job, message: FromParseChild) -> None:
        if isinstance(message, FileParsed):
            if job.result is None and job.why is None:
                job.result = message
                self._give(job, message)
            return
        self._late.give(self._answer(message), partial(self._reply, job))

    def _reply(self, job: _Job, reply: Reply) -> None:
        if job.line is None:  # it was ended while another system was asked
            return
        try:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # its end is heard when reading
                job.line.sendall(frames.encode(reply))
        except BlockingIOError:
            job.why = loading.refused(job.order.file, "the file asks without listening to the answers")
            self._send(StopParse(job.order.job))

    def _give(self, job: _Job, parsed: FileParsed) -> None:
        try:
            job.done(parsed, job.snapshot)
        except Exception:
            _log.exception("what %s yields could not be taken in", job.order.file)

    def _hang_up(self, job: _Job) -> None:
        if job.line is not None:
            self._selector.unregister(job.line)
            job.line.close()
            job.line = None


def cpu_count() -> int:
    """Those that this process may use; macOS tells of all alone."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def set_up_of(settings: dict[str, object], blobs: Path, cwd: Path) -> SetUp:
    return SetUp(settings, str(blobs), str(cwd))


def _refused(file: str, ended: ParseEnded) -> FileLoaded:
    if ended.exit_code is None:
        return loading.refused(file, f"no process could be started to import the file: {ended.output}")
    return loading.died(file, ended.exit_code, ended.output)
