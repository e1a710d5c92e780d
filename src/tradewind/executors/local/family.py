"""The executor's records of its processes: warm parents, their children, and the tries these serve."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from tradewind.executors.base import CodeRef, TryOrder
from tradewind.executors.local.channel import Channel
from tradewind.executors.local.packing import Grant
from tradewind.executors.local.template import AdoptedProcess, Template
from tradewind.executors.local.timers import Timer
from tradewind.model.messages import Request
from tradewind.model.warm import MARK_VARIABLE, ChildEnded, FileLoaded, FromChild, FromWarmParent, PinSnapshot

ENTRY = "from tradewind.runner.warm_parent import main; main()"
MAX_OUTPUT_BYTES = 16 * 1024


@dataclass(eq=False)
class LiveTry:
    """A try between `submit` and its one end."""

    order: TryOrder
    grant: Grant | None = None
    """None while it waits for resources."""
    parent: WarmParent | None = None
    child: Child | None = None
    had_to_load: bool = False
    """Its DAG file was not loaded when it was placed."""
    holds_grant: bool = True
    cancelled: bool = False
    over_limit: Literal["", "time", "memory"] = ""
    is_calling_back: bool = False
    """It has reported, and its process calls the author's callbacks."""
    killed_why: str = ""
    """Set where the executor itself has ended the process."""
    timers: list[Timer] = field(default_factory=list[Timer])

    @property
    def try_id(self) -> str:
        return self.order.message.try_id


@dataclass(eq=False)
class Child:
    """A process that serves tries. `serving` stays set after the report until the process has ended or is ready."""

    pid: int
    parent: WarmParent
    channel: Channel[FromChild]
    serving: LiveTry | None = None
    has_reported: bool = False
    served: int = 0
    last_timer: Timer | None = None


@dataclass(eq=False)
class WarmParent:
    process: subprocess.Popen[bytes] | AdoptedProcess
    channel: Channel[FromWarmParent]
    life: int
    """Write end of the pipe whose end tells the warm parent that we have gone."""
    output: io.BufferedRandom
    """What the process prints itself; read when it dies during the import."""
    mark: str
    has_files: bool = False
    """It was forked from a template that has looked through the snapshot of its code."""
    code: CodeRef | None = None
    """None: started ahead, its file is not known yet."""
    loaded: FileLoaded | None = None
    loaded_at: datetime | None = None
    children: dict[int, Child] = field(default_factory=dict[int, "Child"])
    idle: deque[Child] = field(default_factory=deque["Child"])
    """Forked ahead, never used."""
    reusable: deque[Child] = field(default_factory=deque["Child"])
    """Have served tries and may serve more."""
    waiting: deque[LiveTry] = field(default_factory=deque["LiveTry"])
    """Tries that have their resources and wait for a child."""
    forking: int = 0
    running: int = 0
    most_running: int = 0
    wants_spares: bool = True
    last_used: float = field(default_factory=time.monotonic)
    expected_until: float = 0.0
    """Until then a first try of it is waited for (monotonic clock)."""
    retiring: bool = False
    idle_timer: Timer | None = None

    def spares(self, at_most: int) -> int:
        """Children that it should have besides those that are waited for."""
        if self.retiring:
            return 0
        if self.expected_until:
            return 1
        return max(1, min(self.most_running, at_most)) if self.wants_spares else 0

    def printed(self) -> str:
        """The end of what the process has printed itself."""
        with contextlib.suppress(OSError, ValueError):
            size = os.fstat(self.output.fileno()).st_size
            start = max(0, size - MAX_OUTPUT_BYTES)
            return os.pread(self.output.fileno(), MAX_OUTPUT_BYTES, start).decode("utf-8", "replace")
        return ""

    def close(self) -> None:
        self.channel.close()
        with contextlib.suppress(OSError):
            os.close(self.life)
        self.life = -1
        self.output.close()


class Owner(Protocol):
    """What a household asks of its executor."""

    def poll(self, timeout_seconds: float | None) -> None:
        """One look at all sockets."""
        ...

    def hear(self, child: Child, ready: int) -> None:
        """The child's socket is ready."""
        ...

    def answer(self, channel: Channel[Any], request: Request) -> None:
        """The reply goes to the channel, now or when it is there."""
        ...

    def dispatch(self, live: LiveTry, child: Child) -> None: ...

    def not_started(self, live: LiveTry, why: str) -> None:
        """No process could be made for this try."""
        ...

    def child_ended(self, parent: WarmParent, ended: ChildEnded) -> None: ...

    def family_lost(self, parent: WarmParent, why: str) -> None:
        """The warm parent has ended, and its children with it."""
        ...


@dataclass(frozen=True)
class Spawned:
    process: subprocess.Popen[bytes] | AdoptedProcess
    socket: socket.socket
    life: int
    output: io.BufferedRandom
    mark: str
    has_files: bool


def spawn_warm_parent(
    python: str, environment: Mapping[str, str], mark: str, template: Template | None, pinned: PinSnapshot | None
) -> Spawned:
    """A process that waits for its LoadFile: forked from the template where there is one (which looks through the
    snapshot's files, once), else a new interpreter. Raises OSError where the system refuses."""
    ours, theirs = socket.socketpair()
    life_read, life_write = os.pipe()
    output = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the warm parent
    try:
        forked = _fork(template, pinned, mark, theirs.fileno(), life_read, output.fileno())
        process = forked or subprocess.Popen(
            [python, "-P", "-c", ENTRY, str(theirs.fileno()), str(life_read)],
            pass_fds=(theirs.fileno(), life_read),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={**environment, MARK_VARIABLE: mark},
            start_new_session=True,
        )
    except OSError:
        ours.close()
        os.close(life_write)
        output.close()
        raise
    finally:
        theirs.close()
        os.close(life_read)
    return Spawned(process, ours, life_write, output, mark, has_files=forked is not None and pinned is not None)


def _fork(
    template: Template | None, pinned: PinSnapshot | None, mark: str, control: int, life: int, output: int
) -> AdoptedProcess | None:
    if template is not None and template.can_fork:
        with contextlib.suppress(OSError):
            if pinned is not None:
                template.pin(pinned.snapshot, pinned.blobs)
            return template.fork(mark, control, life, output)
    return None


def kill_marked(mark: str) -> None:
    """SIGKILL for every process with this mark in its environment, until none is left. For a warm parent that died
    without ending its family; on macOS only its children's groups can be ended (see the caller)."""
    if sys.platform != "linux":
        return
    wanted = f"{MARK_VARIABLE}={mark}".encode()
    for _ in range(20):
        found = [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if _has_mark(pid, wanted)]
        if not found:
            return
        for pid in found:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.002)
        for pid in found:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)  # an orphan became a child of ours


def _has_mark(pid: int, wanted: bytes) -> bool:
    with contextlib.suppress(OSError), open(f"/proc/{pid}/environ", "rb") as file:
        return wanted in file.read().split(b"\0")
    return False
