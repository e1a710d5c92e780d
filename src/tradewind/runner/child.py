"""The process of a try: what is done to a forked child (or a fresh interpreter) around `run_try`.

Order matters in `become_child`: first everything that makes the process end with its family, then its own group, then
output. Nothing is imported here after the fork.
"""

from __future__ import annotations

import atexit
import contextlib
import logging
import os
import resource
import select
import signal
import socket
import sys
import traceback
import weakref
from typing import Any, NoReturn

import msgspec

from tradewind.authoring import ports, secrets
from tradewind.dagfiles.load import LoadedFile
from tradewind.model import frames
from tradewind.model.messages import RunTry
from tradewind.model.outcomes import Failed, TryReport
from tradewind.model.seeds import try_seed
from tradewind.model.warm import ReadyForMore
from tradewind.runner import capture, process
from tradewind.runner.interrupts import INTERRUPTS
from tradewind.runner.log_formats import stamp_of
from tradewind.runner.lookup import may_be_skipped
from tradewind.runner.meter import Meter
from tradewind.runner.raw_output import AddressCard
from tradewind.runner.rehearsal import rehearse
from tradewind.runner.reuse import CleanSlate
from tradewind.runner.seeds import Seeds
from tradewind.runner.supervisor import SocketSupervisor
from tradewind.runner.threads import limit_threads
from tradewind.runner.try_runner import run_try

READY = frames.encode(ReadyForMore())
READY_UNUSED = frames.encode(ReadyForMore(is_unused=True))
MOST_UNUSED_TRIES = 1000
"""So many may be found in the cache by one process."""
RSS_UNIT_BYTES = 1 if sys.platform == "darwin" else 1024
"""What getrusage counts ru_maxrss in."""


def become_child(parent_pid: int, out_write: int, err_write: int) -> None:
    """Cut the ties to the warm parent that this process was forked from, or started by."""
    process.end_with_parent(parent_pid)
    with contextlib.suppress(PermissionError):  # already the leader of a session
        os.setsid()
    process.adopt_orphans()
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD, signal.SIGHUP, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    os.dup2(out_write, 1)
    os.dup2(err_write, 2)
    capture.OUTPUT.raw_pipes = (out_write, err_write)


def forget_exit_handlers() -> None:
    """Handlers that the DAG file's import has registered belong to the warm parent: a `TemporaryDirectory` at the
    top of a file must not be deleted by its first task. Those that a task registers do run."""
    atexit._clear()  # pyright: ignore[reportPrivateUsage]  # the documented `unregister` needs the functions
    finalize: Any = weakref.finalize
    for info in finalize._registry.values():
        info.atexit = False
    finalize._registered_with_atexit = False


def serve(
    sock: socket.socket, loaded: LoadedFile, card: AddressCard, seeds: Seeds, *, rehearses: bool = True
) -> NoReturn:
    """Wait for a try, run it, report; again where reuse allows. Ends the process. `rehearses`: while it waits."""
    forget_exit_handlers()
    seeds.renew()
    secrets.masker().on_secret = card.add_secret
    capture.OUTPUT.on_unfinished = card.set_unfinished
    if rehearses and not select.select([sock], [], [], 0)[0]:
        # Nobody waits yet: take the page faults of a first try now, so that the real one does not.
        rehearse(1)
    connection = SocketSupervisor(sock)
    ports.install(connection)
    slate: CleanSlate | None = None
    served, is_unused = 0, True
    while (message := connection.receive_try()) is not None:
        if slate is None and (message.reuse_tries > 1 or may_be_skipped(message, loaded)):
            slate = CleanSlate()
        served += 1
        card.set_log(message.log_path, stamp_of(message))
        seeds.begin(try_seed(message.task, message.try_number))
        report = _run(message, loaded, connection, sock)
        is_unused = is_unused and report.ran_nothing
        most = MOST_UNUSED_TRIES if is_unused else message.reuse_tries
        is_last = slate is None or served >= most or bool(slate.why_not(report))
        ready = READY_UNUSED if is_unused else READY
        _send(sock, (b"" if report.callbacks else _frame_of(report)) + (b"" if is_last else ready))
        if is_last or slate is None:
            break
        slate.restore_environment()
    _leave()


def _run(message: RunTry, loaded: LoadedFile, connection: SocketSupervisor, sock: socket.socket) -> TryReport:
    """One try, with its log open. A report with `callbacks` has been sent."""
    os.environ.update(message.environment)
    capture.open_log(message.log_path, stamp_of(message))
    sent: list[TryReport] = []

    meter = Meter(always=bool(message.environment))

    def report_first(report: TryReport) -> None:
        sent.append(report)
        _send(sock, _frame_of(_with_memory(report, meter)))

    try:
        limit_threads(message.environment)
        report = run_try(message, loaded, connection, report_first)
    except BaseException as error:  # a fault of ours, or a signal at an odd moment: the try still gets an end
        text = secrets.redact("".join(traceback.format_exception(error)))
        logging.getLogger(__name__).error("the runner failed:\n%s", text)
        failed = TryReport(message.try_id, Failed(type(error).__name__, secrets.redact(str(error)), text))
        report = sent[0] if sent else failed
    finally:
        capture.close_log()
    return _with_memory(report, meter)


def _with_memory(report: TryReport, meter: Meter) -> TryReport:
    if report.max_rss_bytes is not None:
        return report
    return msgspec.structs.replace(report, max_rss_bytes=max_rss_bytes(), used=meter.used())


def max_rss_bytes() -> int:
    """The most memory this process has had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * RSS_UNIT_BYTES


def _frame_of(report: TryReport) -> bytes:
    """The report as a frame. What is only for show must not cost a try its result."""
    try:
        return frames.encode(report)
    except (TypeError, ValueError, OverflowError):
        return frames.encode(msgspec.structs.replace(report, rendered=None))


def _send(sock: socket.socket, frame: bytes) -> None:
    with INTERRUPTS.shielded(), contextlib.suppress(BrokenPipeError, ConnectionResetError):
        sock.sendall(frame)


def _leave() -> NoReturn:
    """Exit handlers of the task run (it may flush metrics in one); the interpreter's teardown, which takes longer than
    a small task, does not."""
    with contextlib.suppress(BaseException):
        atexit._run_exitfuncs()  # pyright: ignore[reportPrivateUsage]  # no public way without the teardown
    for stream in capture.STREAMS:
        stream.flush()
    os._exit(0)
