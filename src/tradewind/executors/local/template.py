"""The process that warm parents are forked from (`runner/template.py`), seen from the executor, and processes that
were forked elsewhere and are ours all the same."""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Mapping
from typing import Any

from tradewind.model import frames
from tradewind.model.warm import (
    MARK_VARIABLE,
    PINNED_AT_MOST,
    ForkFailed,
    ForkWarmParent,
    FromTemplate,
    PinSnapshot,
    Snapshot,
    TemplateReady,
    ToTemplate,
    WarmParentForked,
)

ENTRY = "from tradewind.runner.template import main; main()"
ANSWER_SECONDS = 5.0
PR_SET_CHILD_SUBREAPER = 36


class AdoptedProcess:
    """As much of `subprocess.Popen` as the executor uses, for a process that the template was told to make, and that is
    a child of this one. Which process it is comes with the template's answer: it is waited for where it is needed."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._pid = 0
        self._descriptor = -1
        self.returncode: int | None = None
        self.why_not = ""
        """Why there is no such process."""

    @property
    def pid(self) -> int:
        """Raises ProcessLookupError where none was made."""
        if not self._pid and not self.why_not:
            self._template.settle(self)
        if self.why_not:
            raise ProcessLookupError(self.why_not)
        return self._pid

    def was_made(self, pid: int) -> None:
        self._pid = pid
        self._descriptor = os.pidfd_open(pid)

    def was_not_made(self, why: str) -> None:
        self.why_not = why
        self.returncode = os.EX_OSERR

    def poll(self) -> int | None:
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._reap(self.pid)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, negative for a signal. Raises subprocess.TimeoutExpired."""
        if self.poll() is None:
            waiting = select.poll()
            waiting.register(self._descriptor, select.POLLIN)
            waiting.poll(None if timeout is None else max(0.0, timeout) * 1000)
        code = self.poll()
        if code is None:
            raise subprocess.TimeoutExpired(f"process {self._pid}", timeout or 0.0)
        return code

    def kill(self) -> None:
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._descriptor, signal.SIGKILL)

    def _reap(self, pid: int) -> None:
        try:
            ended, status = os.waitpid(pid, os.WNOHANG)
        except ChildProcessError:  # somebody else has reaped it: what it ended with is not known
            ended, status = pid, 0
        if ended:
            self.returncode = os.waitstatus_to_exitcode(status)
            os.close(self._descriptor)


class Template:
    """Use `can_fork` before `fork`: until the process has come up, a new interpreter is quicker."""

    def __init__(self, process: subprocess.Popen[bytes], sock: socket.socket, life: int) -> None:
        self._process = process
        self._socket = sock
        self._life = life
        self._reader: frames.FrameReader[FromTemplate] = frames.FrameReader(FromTemplate)
        self._is_ready = False
        self._asked: deque[AdoptedProcess] = deque()
        """Those it has not answered for, in its order."""
        self._pinned: deque[str] = deque(maxlen=PINNED_AT_MOST)
        self.is_closed = False

    @property
    def can_fork(self) -> bool:
        self._hear_what_is_there()
        return self._is_ready and not self.is_closed

    def pin(self, snapshot: Snapshot, blobs: str) -> None:
        """What is forked from now on has the snapshot's files looked through. Raises OSError."""
        if snapshot.id not in self._pinned:
            self._send(PinSnapshot(snapshot, blobs))
            self._pinned.append(snapshot.id)

    def fork(self, mark: str, control: int, life: int, output: int) -> AdoptedProcess:
        """A warm parent with these descriptors; nobody waits for it to be there. Raises OSError where the template has
        gone."""
        self._send(ForkWarmParent(mark), control, life, output)
        made = AdoptedProcess(self)
        self._asked.append(made)
        return made

    def settle(self, wanted: AdoptedProcess | None = None) -> None:
        """Wait for the answer about this process, or for all that are owed."""
        while self._asked and (wanted is None or wanted in self._asked):
            self._hear()

    def close(self) -> None:
        if self.is_closed:
            return
        self.is_closed = True
        self._socket.close()
        os.close(self._life)
        self._process.kill()
        self._process.wait()
        while self._asked:
            self._asked.popleft().was_not_made("the process that it was to be forked from has ended")

    def _send(self, message: ToTemplate, *descriptors: int) -> None:
        frame = frames.encode(message)
        try:
            sent = socket.send_fds(self._socket, [frame], list(descriptors)) if descriptors else 0
            self._socket.sendall(memoryview(frame)[sent:])
        except OSError:
            self.close()
            raise

    def _hear_what_is_there(self) -> None:
        while not self.is_closed and select.select([self._socket], [], [], 0)[0]:
            self._hear()

    def _hear(self) -> None:
        """Its next messages, which are waited for; it is closed where they do not come."""
        try:
            found = frames.receive(self._socket, self._reader)
        except OSError:  # TimeoutError is one
            found = None
        if found is None:
            self.close()
            return
        for message in found:
            match message:
                case TemplateReady():
                    self._is_ready = True
                case WarmParentForked(pid=pid):
                    self._asked.popleft().was_made(pid)
                case ForkFailed(why=why):
                    self._asked.popleft().was_not_made(why)


def start_template(python: str, environment: Mapping[str, str], mark: str) -> Template | None:
    """None where this system has not what it takes (macOS), or refuses."""
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        return None
    prctl: Any = ctypes.CDLL(None).prctl
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)  # what it forks becomes a child of ours
    ours, theirs = socket.socketpair()
    life_read, life_write = os.pipe()
    try:
        process = subprocess.Popen(
            [python, "-P", "-c", ENTRY, str(theirs.fileno()), str(life_read)],
            pass_fds=(theirs.fileno(), life_read),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**environment, MARK_VARIABLE: mark},
            start_new_session=True,
        )
    except OSError:
        ours.close()
        os.close(life_write)
        return None
    finally:
        theirs.close()
        os.close(life_read)
    ours.settimeout(ANSWER_SECONDS)
    return Template(process, ours, life_write)
