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
from collections.abc import Mapping
from typing import Any

from tradewind.model import frames
from tradewind.model.warm import (
    MARK_VARIABLE,
    ForkFailed,
    ForkWarmParent,
    FromTemplate,
    TemplateReady,
    WarmParentForked,
)

ENTRY = "from tradewind.runner.template import main; main()"
ANSWER_SECONDS = 5.0
PR_SET_CHILD_SUBREAPER = 36


class AdoptedProcess:
    """As much of `subprocess.Popen` as the executor uses, for a child of this process that it has not started."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._descriptor = os.pidfd_open(pid)

    def poll(self) -> int | None:
        if self.returncode is None:
            self._reap()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, negative for a signal. Raises subprocess.TimeoutExpired."""
        if self.poll() is None:
            waiting = select.poll()
            waiting.register(self._descriptor, select.POLLIN)
            waiting.poll(None if timeout is None else max(0.0, timeout) * 1000)
        code = self.poll()
        if code is None:
            raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0.0)
        return code

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._descriptor, signal.SIGKILL)

    def _reap(self) -> None:
        try:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
        except ChildProcessError:  # somebody else has reaped it: what it ended with is not known
            pid, status = self.pid, 0
        if pid:
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
        self.is_closed = False

    @property
    def can_fork(self) -> bool:
        if not self._is_ready and not self.is_closed and select.select([self._socket], [], [], 0)[0]:
            self._is_ready = isinstance(self._receive(), TemplateReady)
        return self._is_ready and not self.is_closed

    def fork(self, mark: str, control: int, life: int, output: int) -> AdoptedProcess:
        """A warm parent with these descriptors. Raises OSError where none can be made."""
        try:
            socket.send_fds(self._socket, [frames.encode(ForkWarmParent(mark))], [control, life, output])
            answer = self._receive()
            if isinstance(answer, WarmParentForked):
                return AdoptedProcess(answer.pid)
        except OSError:
            self.close()
            raise
        if not isinstance(answer, ForkFailed):
            self.close()
        raise OSError(answer.why if isinstance(answer, ForkFailed) else "the template process has ended")

    def close(self) -> None:
        if self.is_closed:
            return
        self.is_closed = True
        self._socket.close()
        os.close(self._life)
        self._process.kill()
        self._process.wait()

    def _receive(self) -> FromTemplate | None:
        """Its next message; None where it has ended. Raises TimeoutError, an OSError."""
        found = frames.receive(self._socket, self._reader)
        if found is None:
            self.close()
            return None
        return found[0]


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
