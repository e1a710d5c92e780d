"""The processes of a gang: forked from the try's own, which watches over them and runs none of the author's code.

It stays outside because a rank that waits in a collective operation cannot be told anything: when another one has
died, it can only be ended. Each rank leads a process group of its own, so what it has started ends with it.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, NoReturn

from msgspec import Struct

from tradewind.authoring import metrics
from tradewind.authoring.exceptions import AirflowException
from tradewind.authoring.tracebacks import cut_traceback
from tradewind.ml.gang.relay import Relay, pass_on, unpickled

_log = logging.getLogger("tradewind.task")
LOOK_SECONDS = 0.2
"""Ends are heard of at once where the system tells of them (Linux), else so often."""
GATHER_SECONDS = 0.3
"""After the first end that is a failure: others that failed for it are heard, so that the first cause can be told."""
GRACE_SECONDS = 3.0
PIPE_BYTES = 65536


class RankFailed(AirflowException):
    """A process of the gang failed, and all others were stopped."""


class RankOutOfMemory(RankFailed, MemoryError):
    """A process of the gang was killed by the kernel, which had no memory left."""


class Rank(Struct, eq=False):
    number: int
    pid: int
    pipe: Connection
    output: int
    ended_fd: int
    """Readable once the process has ended; -1 where the system has no such thing."""
    text: bytes = b""
    """The beginning of a line."""
    said: tuple[Any, ...] | None = None
    """Its last word: result, exception, traceback, when."""
    code: int | None = None
    """Exit code, or minus the signal's number."""

    @property
    def has_failed(self) -> bool:
        return self.code is not None and (self.code != 0 or self.said is None or bool(self.said[2]))


def run_gang(count: int, work: Callable[[], object], environment: Callable[[int], Mapping[str, str]]) -> Any:
    """Run `work` in `count` processes at once; what it returns in the first. Raises what it raised in the one that
    failed first, else RankFailed; whatever happens, no rank is left."""
    metrics.flush()
    sys.stdout.flush()
    sys.stderr.flush()
    ranks: list[Rank] = []
    killed_before = kernel_kills()
    try:
        for number in range(count):
            ranks.append(_start(number, work, environment(number)))
        _watch(ranks)
        if any(rank.has_failed for rank in ranks):
            _gather(ranks)
            raise _why(ranks, is_out_of_memory=kernel_kills() > killed_before)
        return unpickled(ranks[0].said[0]) if ranks[0].said else None
    finally:
        _end_all(ranks)


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


# ------------------------------------------------------------------------------------ in the try's process


def _start(number: int, work: Callable[[], object], environment: Mapping[str, str]) -> Rank:
    ours, theirs = Pipe()
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        ours.close()
        os.close(read)
        _be_rank(number, theirs, write, work, environment)
    theirs.close()
    os.close(write)
    with contextlib.suppress(OSError):  # it may have done so itself, and may have ended
        os.setpgid(pid, pid)
    ended_fd = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else -1
    return Rank(number, pid, ours, read, ended_fd)


def _watch(ranks: list[Rank], until: float | None = None) -> None:
    """Until all have ended or one has failed; with `until` (monotonic) until then."""
    while not all(rank.code is not None for rank in ranks):
        if until is None and any(rank.has_failed for rank in ranks):
            return
        left = LOOK_SECONDS if until is None else min(LOOK_SECONDS, until - time.monotonic())
        if left <= 0:
            return
        _look(ranks, left)


def _look(ranks: list[Rank], seconds: float) -> None:
    running = [rank for rank in ranks if rank.code is None]
    watched: list[Any] = [rank.pipe for rank in running if not rank.pipe.closed]
    watched += [rank.output for rank in running] + [rank.ended_fd for rank in running if rank.ended_fd >= 0]
    wait(watched, seconds)
    for rank in running:
        _hear(rank)
        _read_output(rank)
        _reap(rank)


def _hear(rank: Rank) -> None:
    try:
        while not rank.pipe.closed and rank.pipe.poll():
            message = rank.pipe.recv()
            if message[0] == "end":
                rank.said = message[1:]
            else:
                pass_on(rank.pipe, message)
    except (EOFError, OSError):
        rank.pipe.close()


def _read_output(rank: Rank) -> None:
    while select.select([rank.output], [], [], 0)[0]:
        data = os.read(rank.output, PIPE_BYTES)
        if not data:
            return
        *lines, rank.text = (rank.text + data).split(b"\n")
        for line in lines:
            _log.info("[rank %d] %s", rank.number, line.decode("utf-8", "replace"))
        if len(data) < PIPE_BYTES:
            return


def _reap(rank: Rank) -> None:
    try:
        pid, status = os.waitpid(rank.pid, os.WNOHANG)
    except ChildProcessError:
        pid, status = rank.pid, 0  # somebody else has: its last word says how it ended
    if not pid:
        return
    _hear(rank)
    _read_output(rank)
    if rank.text:
        _log.info("[rank %d] %s", rank.number, rank.text.decode("utf-8", "replace"))
        rank.text = b""
    rank.code = os.waitstatus_to_exitcode(status)


def _gather(ranks: list[Rank]) -> None:
    _watch(ranks, time.monotonic() + GATHER_SECONDS)


def _why(ranks: list[Rank], *, is_out_of_memory: bool) -> BaseException:
    """The first cause: a process that was killed, else what was raised first."""
    failed = [rank for rank in ranks if rank.has_failed]
    first = min(failed, key=lambda rank: (rank.said is not None, rank.said[3] if rank.said else 0.0, rank.number))
    whose = f"rank {first.number} of {len(ranks)}"
    others = "" if len(ranks) == 1 else "; the others were stopped"
    if first.said is None or not first.said[2]:
        assert first.code is not None, "it has failed"
        if is_out_of_memory and first.code == -signal.SIGKILL:
            why = f"{whose} was killed because memory ran out{others}"
            return RankOutOfMemory(why, hint="smaller batches, fewer processes, or resources=dict(memory=…)")
        return RankFailed(f"{whose} {_ended(first.code)}{others}", hint="its last lines are in the log of this try")
    error = unpickled(first.said[1])
    if isinstance(error, BaseException):
        error.add_note(f"in {whose}{others}")
        error.add_note(first.said[2])  # where it was raised: that does not travel with it
        return error
    _log.error("[rank %d] %s", first.number, first.said[2])
    return RankFailed(f"{whose} failed: {first.said[2].strip().splitlines()[-1]}{others}")


def _ended(code: int) -> str:
    if code >= 0:
        return f"ended with exit code {code} and without a result"
    name = signal.Signals(-code).name if -code in {one.value for one in signal.Signals} else "a signal"
    return f"was ended by {name} ({-code})"


def kernel_kills(group: Path = Path("/sys/fs/cgroup"), vmstat: Path = Path("/proc/vmstat")) -> int:
    """How many processes the kernel has killed for want of memory, of our control group where it has one; 0 where it
    does not tell."""
    for file in (group / "memory.events", vmstat):
        with contextlib.suppress(OSError, ValueError):
            for line in file.read_text().splitlines():
                name, _, number = line.partition(" ")
                if name == "oom_kill":
                    return int(number)
    return 0


def _end_all(ranks: list[Rank]) -> None:
    """Gently, then by force: with all that they have started."""
    _signal(ranks, signal.SIGTERM)
    with contextlib.suppress(BaseException):  # a second interrupt shortens the grace
        _watch(ranks, time.monotonic() + GRACE_SECONDS)
    for rank in ranks:
        with contextlib.suppress(OSError):
            os.killpg(rank.pid, signal.SIGKILL)
        if rank.code is None:
            with contextlib.suppress(OSError):
                os.waitpid(rank.pid, 0)
        rank.pipe.close()
        for descriptor in (rank.output, rank.ended_fd):
            if descriptor >= 0:
                os.close(descriptor)


def _signal(ranks: list[Rank], number: int) -> None:
    for rank in ranks:
        if rank.code is None:
            with contextlib.suppress(OSError):
                os.killpg(rank.pid, number)


# ------------------------------------------------------------------------------------ in a rank


def _be_rank(
    number: int, pipe: Connection, output: int, work: Callable[[], object], environment: Mapping[str, str]
) -> NoReturn:
    code = 1
    try:
        _settle_in(number, pipe, output, environment)
        relay = Relay(pipe, number)
        relay.install()
        code = _work(relay, work, is_first=number == 0)
    finally:
        with contextlib.suppress(BaseException):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _settle_in(number: int, pipe: Connection, output: int, environment: Mapping[str, str]) -> None:
    os.setpgid(0, 0)
    for one in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
        signal.signal(one, signal.SIG_DFL)
    os.dup2(output, 1)
    os.dup2(output, 2)
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), "utf-8", "replace", write_through=True)
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), "utf-8", "replace", write_through=True)
    logging.getLogger().handlers[:] = [logging.StreamHandler(sys.stderr)]
    logging.getLogger("tradewind.task").handlers[:] = []
    os.environ.update(environment)
    torch: Any = sys.modules.get("torch")
    if torch is not None and "OMP_NUM_THREADS" in environment:
        torch.set_num_threads(int(environment["OMP_NUM_THREADS"]))


def _work(relay: Relay, work: Callable[[], object], *, is_first: bool) -> int:
    result, failure, text = None, None, ""
    try:
        result = work() if is_first else (work(), None)[1]
    except SystemExit as error:
        if error.code not in (None, 0):
            failure, text = error, f"SystemExit: {error.code}"
    except BaseException as error:
        failure, text = error, cut_traceback(error)
    metrics.flush()
    relay.end(result, failure, text, time.time())
    return 1 if text else 0
